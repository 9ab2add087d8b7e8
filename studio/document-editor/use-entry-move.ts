import { useEditor } from './editor.ts';
import { ordersAfterStep } from './entry-order.ts';

/** Moves an entry of a map one place up or down, as one step to undo; as a rule one field changes. */
export function useEntryMove<T extends { order: number }>(
  path: readonly string[],
  entries: Readonly<Record<string, T>>,
): (key: string, by: -1 | 1) => void {
  const { set } = useEditor();
  return (key, by) => {
    const orders = Object.entries(ordersAfterStep(entries, key, by));
    const [only] = orders;
    if (only && orders.length === 1) set([...path, only[0], 'order'], only[1]);
    else if (only)
      set(path, { ...entries, ...Object.fromEntries(orders.map(([of, order]) => [of, { ...entries[of], order }])) });
  };
}
