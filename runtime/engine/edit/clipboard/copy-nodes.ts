import type { AnyDocument, Configuration, DocumentKind } from '../../../../schemas/configuration.ts';
import { CLIPBOARD_FORMAT, CLIPBOARD_MARK, isDocumentKind } from '../../../../schemas/kinds.ts';
import type { DraftContent } from '../command.ts';
import type { ClipboardBundle } from './bundle.ts';
import { type NamedPlace, namesIn } from './names.ts';

/** Documents that go along; forms, workflows and what hangs on them stay where they are. */
const travelling: readonly DocumentKind[] = ['task', 'ladder', 'template', 'calendar', 'team', 'agency', 'question'];

/** Nodes with the links among them and everything they name, ready for a clipboard. */
export function copyNodes(content: DraftContent, workflowKey: string, nodes: readonly string[]): ClipboardBundle {
  const workflow = content.configuration.workflow[workflowKey];
  if (!workflow) throw new Error(`expected a workflow ${workflowKey} to copy from`);
  const taken = new Set(nodes);
  const pick = <T>(entries: Readonly<Record<string, T>>, keep: (key: string, entry: T) => boolean) =>
    Object.fromEntries(Object.entries(entries).filter(([key, entry]) => keep(key, entry)));
  const bundleNodes = pick(workflow.nodes, (key) => taken.has(key));
  const names = Object.values(bundleNodes).flatMap(namesIn);
  const namesOf = (kind: NamedPlace['kind']) => new Set(names.filter((one) => one.kind === kind).map(({ key }) => key));
  const conditions = pick(workflow.namedConditions, (key) => namesOf('namedCondition').has(key));
  const documents = documentsFor(content.configuration, [...names, ...Object.values(conditions).flatMap(namesIn)]);
  return {
    lintel: CLIPBOARD_MARK,
    format: CLIPBOARD_FORMAT,
    from: { workflow: workflowKey, title: workflow.title },
    nodes: bundleNodes,
    links: pick(workflow.links, (_, link) => taken.has(link.from) && taken.has(link.to)),
    positions: pick(content.layouts[workflowKey]?.positions ?? {}, (key) => taken.has(key)),
    lanes: pick(workflow.lanes, (key) => namesOf('lane').has(key)),
    outcomes: pick(workflow.outcomes, (key) => namesOf('outcome').has(key)),
    namedConditions: conditions,
    documents,
  };
}

/** The bundle as text people can read. */
export function printBundle(bundle: ClipboardBundle): string {
  return `${JSON.stringify(bundle, undefined, 2)}\n`;
}

function documentsFor(configuration: Configuration, first: readonly NamedPlace[]): Record<string, AnyDocument> {
  const found: Record<string, AnyDocument> = {};
  const waiting = [...first];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { kind, key } = next;
    const name = `${kind}/${key}`;
    if (!isDocumentKind(kind) || !travelling.includes(kind) || Object.hasOwn(found, name)) continue;
    const documents = configuration[kind] as Readonly<Record<string, AnyDocument>>;
    const document = Object.hasOwn(documents, key) ? documents[key] : undefined;
    if (!document) continue;
    found[name] = document;
    waiting.push(...namesIn(document));
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}
