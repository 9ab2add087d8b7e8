import { useMemo, useState } from 'react';

/** What is chosen in every view alike: one link, or one task that others may be chosen with. */
export type Selected = { node: string } | { link: string } | undefined;

export interface Selection {
  /** The task or link that the inspector shows. */
  selected: Selected;
  /** Every chosen task, in the order they were chosen. */
  chosen: readonly string[];
  /** Chooses one thing alone, or nothing. */
  setSelected: (selected: Selected) => void;
  /** Chooses several tasks; the last one is shown in the inspector. */
  choose: (nodes: readonly string[]) => void;
  /** Adds a task to what is chosen, or takes it out. */
  toggle: (node: string) => void;
}

const nobody: readonly string[] = [];

/** The selection of the designer; nodes that are gone fall out of it. */
export function useSelection(nodes: Readonly<Record<string, unknown>>): Selection {
  const [state, setState] = useState<{ link?: string; nodes: readonly string[] }>({ nodes: nobody });
  return useMemo(() => {
    const chosen = state.nodes.every((node) => Object.hasOwn(nodes, node))
      ? state.nodes
      : state.nodes.filter((node) => Object.hasOwn(nodes, node));
    const last = chosen.at(-1);
    return {
      selected: state.link !== undefined ? { link: state.link } : last !== undefined ? { node: last } : undefined,
      chosen,
      setSelected: (selected) =>
        setState(
          selected === undefined
            ? { nodes: nobody }
            : 'link' in selected
              ? { link: selected.link, nodes: nobody }
              : { nodes: [selected.node] },
        ),
      choose: (wanted) => setState({ nodes: wanted }),
      toggle: (node) =>
        setState({ nodes: chosen.includes(node) ? chosen.filter((other) => other !== node) : [...chosen, node] }),
    };
  }, [state, nodes]);
}

/** What is chosen on a canvas: one card or link, and every card that is chosen with it. */
export interface Chosen {
  node: string | undefined;
  link: string | undefined;
  all: ReadonlySet<string>;
}

/** What a canvas is told to show as chosen; without a list of cards it is the selected one. */
export function useChosen(selected: Selected, cards: readonly string[] | undefined): Chosen {
  const node = selected && 'node' in selected ? selected.node : undefined;
  const link = selected && 'link' in selected ? selected.link : undefined;
  const all = useMemo(() => new Set(cards ?? (node === undefined ? [] : [node])), [cards, node]);
  return { node, link, all };
}
