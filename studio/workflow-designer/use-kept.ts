import { useMemo, useRef } from 'react';
import type { Position } from '../document/engine.ts';
import { isSame } from '../document/engine.ts';
import type { Card, CardNode, LineEdge } from './drawing.ts';

/** The same list with the very objects of before wherever nothing changed: then only what changed is drawn anew. */
function useKept<T>(list: readonly T[], keyOf: (one: T) => string, isUnchanged: (before: T, now: T) => boolean): T[] {
  const before = useRef<ReadonlyMap<string, T>>(new Map());
  return useMemo(() => {
    const kept = list.map((one) => {
      const old = before.current.get(keyOf(one));
      return old !== undefined && isUnchanged(old, one) ? old : one;
    });
    before.current = new Map(kept.map((one) => [keyOf(one), one]));
    return kept;
  }, [list, keyOf, isUnchanged]);
}

const keyOfCard = ({ key }: Card) => key;
const idOf = ({ id }: { id: string }) => id;
const isSamePlace = (a: Position, b: Position) => a.x === b.x && a.y === b.y;
const isSameNode = (a: CardNode, b: CardNode) =>
  a.data === b.data && a.selected === b.selected && isSamePlace(a.position, b.position);

export const useKeptCards = (cards: readonly Card[]): Card[] => useKept(cards, keyOfCard, isSame);
export const useKeptNodes = (nodes: readonly CardNode[]): CardNode[] => useKept(nodes, idOf, isSameNode);
export const useKeptEdges = (edges: readonly LineEdge[]): LineEdge[] => useKept(edges, idOf, isSame);
