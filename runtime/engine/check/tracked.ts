import { type Configuration, type DocumentKind, documentKinds } from '../../../schemas/configuration.ts';
import type { DerivedFact, DerivedFacts } from './derived.ts';

/** What one check looked at; most look at nothing but their own document, so the maps are made when they are needed. */
export interface Trace {
  /** Every kind it looked at in any way, as bits. */
  kinds: number;
  /** Single documents by kind, then key, as they were when they were looked up. */
  documents: Map<DocumentKind, Map<string, unknown>> | undefined;
  /** Kinds it went through as a whole. */
  whole: Map<DocumentKind, unknown> | undefined;
  /** What it looked at that is made of whole kinds. */
  derived: Map<DerivedFact<unknown>, unknown> | undefined;
  /** Sets made of whole kinds that it asked for one member, and what they answered. */
  members: { fact: DerivedFact<ReadonlySet<string>>; member: string; isIn: boolean }[] | undefined;
}

export function newTrace(): Trace {
  return { kinds: 0, documents: undefined, whole: undefined, derived: undefined, members: undefined };
}

const bits = new Map(documentKinds.map((kind, at) => [kind, 1 << at]));
/** What is made of workflows is made of their shapes: it does not change with a length or a word. */
const SHAPES = 1 << documentKinds.length;

function bitOf(kind: DocumentKind): number {
  return bits.get(kind) ?? 0;
}

/** Notes that a whole kind was gone through. */
export function noteKind(trace: Trace, kind: DocumentKind, documents: unknown): void {
  trace.kinds |= bitOf(kind);
  trace.whole ??= new Map();
  trace.whole.set(kind, documents);
}

function bitsOf({ kinds }: Pick<DerivedFact<unknown>, 'kinds'>): number {
  return kinds.reduce((all, kind) => all | (kind === 'workflow' ? SHAPES : bitOf(kind)), 0);
}

/** Notes that something made of whole kinds was looked at. */
export function noteFact<T>(trace: Trace, fact: DerivedFact<T>, value: T): void {
  trace.kinds |= bitsOf(fact);
  trace.derived ??= new Map();
  trace.derived.set(fact as DerivedFact<unknown>, value);
}

/** Notes that a set made of whole kinds was asked for one member. */
export function noteMember(trace: Trace, fact: DerivedFact<ReadonlySet<string>>, member: string, isIn: boolean): void {
  trace.kinds |= bitsOf(fact);
  trace.members ??= [];
  trace.members.push({ fact, member, isIn });
}

/** A configuration that notes in `current()` every document looked up and every kind gone through. */
export function trackConfiguration(configuration: Configuration, current: () => Trace): Configuration {
  const entries = documentKinds.map((kind) => [kind, trackKind(configuration, kind, current)] as const);
  return Object.fromEntries(entries) as unknown as Configuration;
}

function trackKind(configuration: Configuration, kind: DocumentKind, current: () => Trace): unknown {
  const bit = bitOf(kind);
  const noteOne = (key: string) => {
    const trace = current();
    trace.kinds |= bit;
    trace.documents ??= new Map();
    let seen = trace.documents.get(kind);
    if (!seen) {
      seen = new Map();
      trace.documents.set(kind, seen);
    }
    seen.set(key, configuration[kind][key]);
  };
  return new Proxy(configuration[kind], {
    get(target, key) {
      if (typeof key === 'string') noteOne(key);
      return Reflect.get(target, key);
    },
    has(target, key) {
      if (typeof key === 'string') noteOne(key);
      return Reflect.has(target, key);
    },
    getOwnPropertyDescriptor(target, key) {
      if (typeof key === 'string') noteOne(key);
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
    ownKeys(target) {
      noteKind(current(), kind, target);
      return Reflect.ownKeys(target);
    },
  });
}

/** Whether everything a trace saw is still the same, document by document. */
export function isUnchanged(
  trace: Trace,
  configuration: Configuration,
  sameKind: SameKind,
  facts: Pick<DerivedFacts, 'valueOf'>,
): boolean {
  if (trace.whole) for (const [kind, known] of trace.whole) if (!sameKind(kind, known)) return false;
  if (trace.documents) {
    for (const [kind, seen] of trace.documents) {
      const now = configuration[kind];
      if (!trace.whole?.has(kind)) for (const [key, known] of seen) if (now[key] !== known) return false;
    }
  }
  if (trace.derived) for (const [fact, known] of trace.derived) if (facts.valueOf(fact) !== known) return false;
  if (trace.members)
    for (const { fact, member, isIn } of trace.members) if (facts.valueOf(fact).has(member) !== isIn) return false;
  return true;
}

export type SameKind = (kind: DocumentKind, known: unknown) => boolean;

/** Whether a kind holds the very documents it held before; asked once a kind and state. */
export function compareKinds(configuration: Configuration): SameKind {
  const asked = new Map<unknown, boolean>();
  return (kind, known) => {
    const now = configuration[kind];
    if (now === known) return true;
    const before = asked.get(known);
    if (before !== undefined) return before;
    const same = haveSameDocuments(known as Record<string, unknown>, now);
    asked.set(known, same);
    return same;
  };
}

function haveSameDocuments(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/** Numbers the configurations checked one after the other, and knows which kinds changed between them. */
export class Generations {
  now = 0;
  #last: Configuration | undefined;
  readonly #changedAt = documentKinds.map(() => 0);
  #shapes: unknown;
  #shapesChangedAt = 0;
  #asked = new Map<number, number>();

  turnTo(configuration: Configuration, shapes: unknown, sameKind: SameKind): void {
    this.now++;
    this.#asked = new Map();
    if (shapes !== this.#shapes) this.#shapesChangedAt = this.now;
    this.#shapes = shapes;
    for (const [at, kind] of documentKinds.entries())
      if (!this.#last || !sameKind(kind, this.#last[kind])) this.#changedAt[at] = this.now;
    this.#last = configuration;
  }

  /** Kinds that changed after a generation, as bits. */
  changedSince(generation: number): number {
    const known = this.#asked.get(generation);
    if (known !== undefined) return known;
    const shapes = this.#shapesChangedAt > generation ? SHAPES : 0;
    const changed = this.#changedAt.reduce((all, at, kind) => (at > generation ? all | (1 << kind) : all), shapes);
    this.#asked.set(generation, changed);
    return changed;
  }
}
