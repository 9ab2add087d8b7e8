import type { AnyDocument, Configuration } from '../../schemas/configuration.ts';
import { type ClipboardBundle, copyNodes } from '../document/engine.ts';

/** A workflow of a file whose tasks can come into another one. */
export interface TasksInFile {
  key: string;
  title: string;
  count: number;
  bundle: () => ClipboardBundle;
}

/** The workflows that documents of a file hold, each with its tasks, links and all they name, as if they had been copied. */
export function tasksInFile(documents: readonly AnyDocument[], configuration: Configuration): TasksInFile[] {
  const overlay: Record<string, Record<string, AnyDocument>> = {};
  for (const document of documents)
    overlay[document.kind] = {
      ...(overlay[document.kind] ?? configuration[document.kind]),
      [document.key]: document,
    };
  const whole = { ...configuration, ...overlay } as Configuration;
  return documents.flatMap((document) => {
    if (document.kind !== 'workflow') return [];
    const nodes = Object.keys(document.nodes);
    const bundle = () => copyNodes({ configuration: whole, layouts: {} }, document.key, nodes);
    return nodes.length > 0 ? [{ key: document.key, title: document.title, count: nodes.length, bundle }] : [];
  });
}
