import { useMemo, useRef } from 'react';
import type { Position } from '../document/engine.ts';
import { isSame } from '../document/engine.ts';
import type { Card, CardNode, LineEdge } from './drawing.ts';

/** The same list with the very objects of before wherever nothing changed, and the very list when all is as it was: then only what changed is drawn anew. */
function useKept<T>(list: readonly T[], keyOf: (one: T) => string, isUnchanged: (before: T, now: T) => boolean): T[] {
  const before = useRef<{ list: T[]; byKey: ReadonlyMap<string, T> }>({ list: [], byKey: new Map() });
  return useMemo(() => {
    const { list: last, byKey } = before.current;
    const kept = list.map((one, at) => {
      const there = last[at];
      const old = there !== undefined && keyOf(there) === keyOf(one) ? there : byKey.get(keyOf(one));
      return old !== undefined && (old === one || isUnchanged(old, one)) ? old : one;
    });
    if (kept.length === last.length && kept.every((one, at) => one === last[at])) return last;
    before.current = { list: kept, byKey: new Map(kept.map((one) => [keyOf(one), one])) };
    return kept;
  }, [list, keyOf, isUnchanged]);
}

const keyOfCard = ({ key }: Card) => key;
const idOf = ({ id }: { id: string }) => id;
const isSamePlace = (a: Position, b: Position) => a.x === b.x && a.y === b.y;
/** A card shows of its plan how much it weighs; its days stand in `dates`, while they are shown. */
const isSameCard = ({ plan: planA, ...a }: Card, { plan: planB, ...b }: Card) =>
  planA?.critical === planB?.critical && planA?.float === planB?.float && isSame(a, b);
const isSameEdge = (a: LineEdge, b: LineEdge) =>
  a.source === b.source &&
  a.target === b.target &&
  a.selected === b.selected &&
  a.ariaLabel === b.ariaLabel &&
  a.data?.critical === b.data?.critical &&
  a.data?.label === b.data?.label &&
  a.data?.change === b.data?.change;
const isSameNode = (a: CardNode, b: CardNode) =>
  a.data === b.data && a.selected === b.selected && isSamePlace(a.position, b.position);

export const useKeptCards = (cards: readonly Card[]): Card[] => useKept(cards, keyOfCard, isSameCard);
export const useKeptNodes = (nodes: readonly CardNode[]): CardNode[] => useKept(nodes, idOf, isSameNode);
export const useKeptEdges = (edges: readonly LineEdge[]): LineEdge[] => useKept(edges, idOf, isSameEdge);
