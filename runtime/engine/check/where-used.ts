import {
  type AnyDocument,
  type Configuration,
  type DocumentKind,
  documentKinds,
} from '../../../schemas/configuration.ts';
import type { Calculation } from '../../../schemas/form.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import { toPointer } from '../../../schemas/shape.ts';
import { conditionsIn, leavesOf } from './conditions.ts';
import { referencesOf } from './rules/references.ts';

/** A place that names a document. */
export interface Use {
  /** `kind/key` of the document that names it. */
  readonly document: string;
  readonly title: string;
  readonly pointer: string;
  /** What is written there, where it is a text that cites it. */
  readonly text?: string;
}

/** Every place that names a document by its key (R6): references, questions in conditions, agencies in texts, law in sources. */
export function whereUsed(configuration: Configuration, kind: DocumentKind, key: string): Use[] {
  return documentsIn(configuration).flatMap((document) => [
    ...referencesOf(document)
      .filter((one) => one.kind === kind && one.key === key)
      .map(({ path }) => toUse(document, path)),
    ...(kind === 'question' ? questionUses(document, key) : []),
    ...(kind === 'agency' ? agencyUses(document, key) : []),
    ...(kind === 'provision' ? citations(document).filter(({ text }) => cites(text ?? '', key)) : []),
  ]);
}

/** In how many places each document (`kind/key`) is named, by the same rules as `whereUsed`. */
export function countUses(configuration: Configuration): Map<string, number> {
  const counts = new Map<string, number>();
  const laws = Object.keys(configuration.provision);
  const note = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const document of documentsIn(configuration)) {
    for (const { kind, key } of referencesOf(document)) note(`${kind}/${key}`);
    for (const { condition } of conditionsIn(document).flatMap(leavesOf))
      if ('of' in condition && 'question' in condition.of) note(`question/${condition.of.question}`);
    if (document.kind === 'test') for (const key of Object.keys(document.answers ?? {})) note(`question/${key}`);
    if (document.kind === 'advice')
      for (const key of new Set(
        [...document.body.matchAll(/\{\{\s*agency:([A-Za-z0-9_-]+)\s*\}\}/g)].map(([, found]) => found),
      ))
        note(`agency/${key}`);
    for (const { text = '' } of laws.length === 0 ? [] : citations(document))
      for (const key of laws) if (cites(text, key)) note(`provision/${key}`);
  }
  return counts;
}

function questionUses(document: AnyDocument, key: string): Use[] {
  const inConditions = conditionsIn(document)
    .flatMap(leavesOf)
    .filter(({ condition }) => 'of' in condition && 'question' in condition.of && condition.of.question === key)
    .map(({ path }) => toUse(document, [...path, 'of', 'question']));
  const computed = inputPaths(document, key).map((path) => toUse(document, path));
  const answered = document.kind === 'test' && document.answers && Object.hasOwn(document.answers, key);
  return [...inConditions, ...computed, ...(answered ? [toUse(document, ['answers', key])] : [])];
}

/** Where calculations of a form or of a library question take a question in. */
function inputPaths(document: AnyDocument, key: string): (string | number)[][] {
  const inputs = (calculation: Calculation | undefined, path: readonly string[]): (string | number)[][] =>
    Object.entries(calculation ?? {}).flatMap(([name, value]) => {
      if (name === 'of') return [];
      if (Array.isArray(value)) return value.flatMap((term, at) => (term === key ? [[...path, name, at]] : []));
      return value === key ? [[...path, name]] : [];
    });
  if (document.kind === 'question') return inputs(document.calculation, ['calculation']);
  if (document.kind !== 'form') return [];
  return Object.entries(document.questions).flatMap(([question, { calculation }]) =>
    inputs(calculation, ['questions', question, 'calculation']),
  );
}

function agencyUses(document: AnyDocument, key: string): Use[] {
  if (document.kind !== 'advice') return [];
  const named = new RegExp(`\\{\\{\\s*agency:${key}\\s*\\}\\}`).test(document.body);
  return named ? [toUse(document, ['body'])] : [];
}

/** A piece of law with everything that cites it and the date it is to be looked at again. */
export interface LawEntry {
  readonly provision: string;
  readonly title: string;
  readonly citation: string;
  readonly url?: string;
  readonly reviewBy?: LocalDate;
  readonly isDue: boolean;
  readonly citedBy: readonly Use[];
}

export interface LawRegister {
  readonly provisions: readonly LawEntry[];
  /** Sources that name no provision of the configuration: other law, or "local". */
  readonly others: readonly Use[];
  /** Statements to be looked at again by a date, the soonest first. */
  readonly reviews: readonly {
    readonly document: string;
    readonly title: string;
    readonly reviewBy: LocalDate;
    readonly isDue: boolean;
  }[];
}

/** The law a configuration rests on: provisions, who cites them, and what is to be reviewed by when. */
export function lawRegister(configuration: Configuration, today: LocalDate): LawRegister {
  const all = documentsIn(configuration).flatMap(citations);
  const provisions = Object.values(configuration.provision).map((provision): LawEntry => {
    const { key, title, citation, url, reviewBy } = provision;
    return {
      provision: key,
      title,
      citation,
      ...(url === undefined ? {} : { url }),
      ...(reviewBy === undefined ? {} : { reviewBy }),
      isDue: reviewBy !== undefined && reviewBy < today,
      citedBy: all.filter(({ text }) => cites(text ?? '', key)),
    };
  });
  const keys = Object.keys(configuration.provision);
  const reviews = [...Object.values(configuration.provision), ...Object.values(configuration.advice)].flatMap(
    ({ kind, key, title, reviewBy }) =>
      reviewBy === undefined ? [] : [{ document: `${kind}/${key}`, title, reviewBy, isDue: reviewBy < today }],
  );
  return {
    provisions,
    others: all.filter(({ text }) => !keys.some((key) => cites(text ?? '', key))),
    reviews: reviews.sort((a, b) => (a.reviewBy < b.reviewBy ? -1 : a.reviewBy > b.reviewBy ? 1 : 0)),
  };
}

/** `HA96 s195(8)(b)` cites HA96; `SI 2018/223 reg 9` cites SI-2018-223. */
function cites(text: string, key: string): boolean {
  const plain = text.replaceAll(/[\s/]+/g, '-');
  return new RegExp(`(?:^|[^A-Za-z0-9])${key}(?![A-Za-z0-9])`).test(plain);
}

/** Every legal or local source named in a document. */
function citations(document: AnyDocument): Use[] {
  const found: Use[] = [];
  const walk = (value: unknown, path: readonly string[]): void => {
    if (typeof value !== 'object' || value === null || 'op' in value) return;
    for (const [name, child] of Object.entries(value)) {
      if (name === 'source' && typeof child === 'string')
        found.push({ ...toUse(document, [...path, name]), text: child });
      else walk(child, [...path, name]);
    }
  };
  walk(document, []);
  return found;
}

/** A place in a document, as where-used names it. */
export function toUse(document: AnyDocument, path: readonly (string | number)[]): Use {
  return { document: `${document.kind}/${document.key}`, title: document.title, pointer: toPointer(path) };
}

function documentsIn(configuration: Configuration): AnyDocument[] {
  return documentKinds.flatMap((kind) => Object.values<AnyDocument>(configuration[kind]));
}
