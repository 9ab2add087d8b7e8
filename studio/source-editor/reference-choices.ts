import type { AnyDocument, Configuration, DocumentKind } from '../../schemas/configuration.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import { referenceKindAt } from '../document/engine.ts';
import { type Place, placeAt, readPlaces, textAt } from './json-places.ts';

/** A key that may stand at a place, and what it is. */
export interface Choice {
  key: string;
  title: string;
}

export interface Choices {
  choices: Choice[];
  /** What a choice replaces. */
  start: number;
  end: number;
}

/** Keys that exist and may stand where the cursor is: documents, and nodes, lanes, branches, questions and options. */
export function choicesAt(
  text: string,
  offset: number,
  document: AnyDocument,
  configuration: Configuration,
): Choices | undefined {
  const places = readPlaces(text);
  const place = placeAt(places, offset);
  const isValue = place !== undefined && (text[place.valueStart] === '"' || place.valueStart === place.valueEnd);
  if (!place || place.path.length === 0 || !isValue) return undefined;
  const choices = choicesFor(text, places, place, document, configuration);
  return choices ? { choices, start: place.valueStart, end: place.valueEnd } : undefined;
}

function choicesFor(
  text: string,
  places: readonly Place[],
  { path }: Place,
  document: AnyDocument,
  configuration: Configuration,
): Choice[] | undefined {
  const name = path.at(-1) ?? '';
  const parent = path.slice(0, -1);
  if (name === 'question' && parent.at(-1) === 'of') return questionChoices(configuration);
  const holder = /^\d+$/.test(name) ? parent.slice(0, -1) : parent;
  const asked = textAt(text, places, [...holder, 'of', 'question']);
  if (asked !== undefined && (name === 'value' || path.at(-2) === 'values')) return optionChoices(configuration, asked);
  if (document.kind === 'workflow') {
    const from = textAt(text, places, [...parent, 'from']);
    const local = workflowChoices(document, path, from);
    if (local) return local;
  }
  const kind = referenceKindAt(path);
  return kind && titled(configuration, kind);
}

function titled(configuration: Configuration, kind: DocumentKind): Choice[] {
  return Object.values<AnyDocument>(configuration[kind]).map(({ key, title }) => ({ key, title: `${kind}: ${title}` }));
}

/** Names of things inside the workflow itself. */
function workflowChoices(
  workflow: WorkflowDocument,
  path: readonly string[],
  from: string | undefined,
): Choice[] | undefined {
  const [part, , field] = path;
  const name = path.at(-1) ?? '';
  const isNode =
    (part === 'links' && (field === 'from' || field === 'to')) ||
    name === 'taskOutcome' ||
    (name === 'node' && path.at(-2) === 'taskField') ||
    ['completionOf', 'mustContain'].includes(path.at(-2) ?? '');
  if (isNode) return Object.entries(workflow.nodes).map(([key, node]) => ({ key, title: node.title ?? node.type }));
  if (part === 'nodes' && field === 'lane') return labelled(workflow.lanes, (lane) => lane.title);
  if (part === 'nodes' && field === 'outcome') return labelled(workflow.outcomes, (outcome) => outcome.label);
  if (part === 'links' && field === 'branch') {
    const source = from === undefined ? undefined : workflow.nodes[from];
    if (source?.type !== 'decision') return [];
    const otherwise = source.otherwise ? [{ key: 'otherwise', title: source.otherwise.label }] : [];
    return [...labelled(source.branches, (branch) => branch.label), ...otherwise];
  }
  if (name === 'name' && path.at(-2) === 'when') return labelled(workflow.namedConditions, ({ title }) => title);
  return undefined;
}

function labelled<T>(entries: Readonly<Record<string, T>>, toTitle: (entry: T) => string): Choice[] {
  return Object.entries(entries).map(([key, entry]) => ({ key, title: toTitle(entry) }));
}

/** Questions of every form and of the library, each once. */
function questionChoices(configuration: Configuration): Choice[] {
  const found = new Map(Object.values(configuration.question).map(({ key, label }) => [key, label]));
  for (const form of Object.values(configuration.form)) {
    for (const [key, { label, library }] of Object.entries(form.questions)) {
      if (!found.has(key)) found.set(key, label ?? configuration.question[library ?? '']?.label ?? key);
    }
  }
  return [...found].map(([key, title]) => ({ key, title }));
}

function optionChoices(configuration: Configuration, question: string): Choice[] {
  const asked = Object.values(configuration.form).flatMap((form) => form.questions[question] ?? []);
  const known = asked.map((one) => ({ ...configuration.question[one.library ?? ''], ...one }));
  const all = [...known, ...(configuration.question[question] ? [configuration.question[question]] : [])];
  const yesNo = all.some(({ type }) => type === 'yes-no') ? { yes: { label: 'Yes' }, no: { label: 'No' } } : {};
  const options: Record<string, { label: string }> = Object.assign({}, yesNo, ...all.map((one) => one.options ?? {}));
  return labelled(options, ({ label }) => label);
}
