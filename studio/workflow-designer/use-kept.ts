import { useMemo, useRef } from 'react';
import type { WorkflowNode } from '../../schemas/workflow.ts';
import { isSame, type Position } from '../document/engine.ts';
import {
  type Card,
  type CardFacts,
  type CardNode,
  type Drawing,
  isCriticalLink,
  type LineEdge,
  linksInOrder,
  nodesInOrder,
  toBareCard,
  toEdge,
  toFacts,
  toNode,
} from './drawing.ts';

// An edit of a drawing of a thousand tasks changes one: whatever is made of the others is not made anew, so that nothing that
// shows them is drawn again.

interface MadeCard {
  node: WorkflowNode;
  task: unknown;
  live: unknown;
  card: Card;
}

/** The cards of a drawing without what plan and rules say of them; the very ones of before wherever nothing changed. */
export function useKeptCards(drawing: Drawing): Card[] {
  const { workflow, configuration, live, marks } = drawing;
  const before = useRef<{ cards: Card[]; words: readonly unknown[]; made: Map<string, MadeCard> }>({
    cards: [],
    words: [],
    made: new Map(),
  });
  return useMemo(() => {
    const last = before.current;
    // Whatever else a card's words come from.
    const { workflow: _workflows, task: tasks, ...others } = configuration;
    const words = [workflow.outcomes, marks, ...Object.values(others)];
    const areWordsSame = isSameList(words, last.words);
    const made = new Map<string, MadeCard>();
    const cards = nodesInOrder(workflow.nodes).map(([key, node]) => {
      const task = node.type === 'task' ? tasks[node.task] : undefined;
      const known = last.made.get(key);
      const isSimple = node.type !== 'task' || typeof node.activation === 'string';
      const isKnown = known && areWordsSame && isSimple && known.node === node && known.task === task;
      if (isKnown && known.live === live?.[key]) {
        made.set(key, known);
        return known.card;
      }
      const now = toBareCard({ workflow, configuration, live, marks }, key, node);
      const card = known && isSame(known.card, now) ? known.card : now;
      made.set(key, { node, task, live: live?.[key], card });
      return card;
    });
    before.current = { cards: isSameList(cards, last.cards) ? last.cards : cards, words, made };
    return before.current.cards;
  }, [workflow, configuration, live, marks]);
}

/** Tells what plan and rules say of each card, the very same as before where they say the same. */
export interface KeptFacts {
  of(key: string): CardFacts;
}

export function useKeptFacts({ workflow, plan, targets, findings }: Drawing): KeptFacts {
  const before = useRef<ReadonlyMap<string, CardFacts>>(new Map());
  return useMemo(() => {
    const known = before.current;
    const tell = toFacts({ workflow, plan, targets, findings });
    const told = new Map<string, CardFacts>();
    before.current = told;
    return {
      of(key) {
        const asked = told.get(key);
        if (asked) return asked;
        const now = tell(key, workflow.nodes[key]);
        const last = known.get(key);
        const facts = last && isSameFacts(last, now) ? last : now;
        told.set(key, facts);
        return facts;
      },
    };
  }, [workflow, plan, targets, findings]);
}

/** A card shows of its plan how much it weighs; its days stand in `dates`, while they are shown. */
function isSameFacts({ plan: planA, ...a }: CardFacts, { plan: planB, ...b }: CardFacts): boolean {
  return planA?.critical === planB?.critical && planA?.float === planB?.float && isSame(a, b);
}

const corner = { x: 0, y: 0 };

export function useKeptNodes(
  cards: readonly Card[],
  positions: Readonly<Record<string, Position>>,
  chosen: ReadonlySet<string>,
): CardNode[] {
  const before = useRef<CardNode[]>([]);
  return useMemo(() => {
    const last = before.current;
    const byId = cards.length === last.length ? undefined : new Map(last.map((node) => [node.id, node]));
    const nodes = cards.map((card, at) => {
      const position = positions[card.key] ?? corner;
      const selected = chosen.has(card.key);
      const known = byId ? byId.get(card.key) : last[at];
      const isKnown = known?.data === card && known.selected === selected && isSamePlace(known.position, position);
      return isKnown ? known : toNode(card, position, selected);
    });
    before.current = isSameList(nodes, last) ? last : nodes;
    return before.current;
  }, [cards, positions, chosen]);
}

type KeyedLink = ReturnType<typeof linksInOrder>[number];

export function useKeptEdges({ workflow, plan, marks }: Drawing, selected: string | undefined): LineEdge[] {
  const before = useRef<{ edges: LineEdge[]; made: Map<string, { link: KeyedLink; edge: LineEdge }> }>({
    edges: [],
    made: new Map(),
  });
  return useMemo(() => {
    const last = before.current;
    const made: typeof last.made = new Map();
    const plain: LineEdge[] = [];
    const criticals: LineEdge[] = [];
    for (const link of linksInOrder(workflow.links)) {
      if (!workflow.nodes[link.from] || !workflow.nodes[link.to]) continue;
      const critical = isCriticalLink(plan, link);
      const how = {
        critical,
        selected: link.key === selected,
        change: marks ? (marks.links[link.key]?.change ?? 'same') : undefined,
      };
      const known = last.made.get(link.key);
      const edge = known && isSameEdge(known, link, how) ? known.edge : toEdge(link, how);
      made.set(link.key, { link, edge });
      (critical ? criticals : plain).push(edge);
    }
    // The critical links come last and so lie above the others, below the cards.
    const edges = [...plain, ...criticals];
    before.current = { edges: isSameList(edges, last.edges) ? last.edges : edges, made };
    return before.current.edges;
  }, [workflow.links, workflow.nodes, plan, marks, selected]);
}

function isSameEdge(
  { link, edge }: { link: KeyedLink; edge: LineEdge },
  now: KeyedLink,
  { critical, selected, change }: Parameters<typeof toEdge>[1],
): boolean {
  const { data } = edge;
  const isSameLine = data?.critical === critical && edge.selected === selected && data.change === change;
  return isSameLine && (link === now || isSame(link, now));
}

function isSamePlace(a: Position, b: Position): boolean {
  return a.x === b.x && a.y === b.y;
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, at) => one === b[at]);
}
