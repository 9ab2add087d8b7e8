import type { Draft } from 'immer';
import type { AnyDocument, Configuration } from '../../../schemas/configuration.ts';
import type { WorkflowDocument } from '../../../schemas/workflow.ts';
import type { DraftContent, EditCommand, EditRefusal } from './command.ts';

export type Mutable = Draft<DraftContent>;
export type CommandOf<T extends EditCommand['type']> = Extract<EditCommand, { type: T }>;

/** Ends an edit; the draft stays as it was. */
export class Refused extends Error {
  readonly refusal: EditRefusal;
  constructor(refusal: EditRefusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

export function findDocument(draft: Mutable, kind: keyof Configuration, key: string): object {
  const documents = draft.configuration[kind] as Record<string, AnyDocument>;
  const found = Object.hasOwn(documents, key) ? documents[key] : undefined;
  if (!found) throw missingDocument(kind, key);
  return found;
}

export function findWorkflow(draft: Mutable, key: string): Draft<WorkflowDocument> {
  return findDocument(draft, 'workflow', key) as Draft<WorkflowDocument>;
}

export function findNode(draft: Mutable, workflow: string, key: string): Draft<WorkflowDocument>['nodes'][string] {
  const { nodes } = findWorkflow(draft, workflow);
  const node = Object.hasOwn(nodes, key) ? nodes[key] : undefined;
  if (!node) return refuse('NODE_MISSING', `there is no task ${key} in ${workflow}`, { node: key });
  return node;
}

export function findLink(draft: Mutable, workflow: string, key: string): Draft<WorkflowDocument>['links'][string] {
  const { links } = findWorkflow(draft, workflow);
  const link = Object.hasOwn(links, key) ? links[key] : undefined;
  if (!link) return refuse('LINK_MISSING', `there is no link ${key} in ${workflow}`, { link: key });
  return link;
}

/** Absent, not undefined: the schemas are strict about the difference. */
export function setOptional<T extends object>(holder: T, field: keyof T & string, value: unknown): void {
  if (value === undefined) delete holder[field];
  else (holder as Record<string, unknown>)[field] = value;
}

export function nextOrder(entries: Readonly<Record<string, { order: number }>>): number {
  return Math.max(0, ...Object.values(entries).map((entry) => entry.order)) + 1;
}

export function freeKey(taken: Readonly<Record<string, unknown>>, wished: string): string {
  const base = wished.slice(0, 60);
  if (!Object.hasOwn(taken, base)) return base;
  for (let number = 2; ; number++) {
    if (!Object.hasOwn(taken, `${base}-${number}`)) return `${base}-${number}`;
  }
}

export function missingDocument(kind: string, key: string): Refused {
  return new Refused({ code: 'DOCUMENT_MISSING', message: `there is no ${kind} ${key}`, values: { kind, key } });
}

export function refuse(code: EditRefusal['code'], message: string, values: Record<string, unknown>): never {
  throw new Refused({ code, message, values });
}
