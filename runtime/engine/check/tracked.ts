import { type Configuration, type DocumentKind, documentKinds } from '../../../schemas/configuration.ts';

/** What one check looked at; most look at nothing but their own document, so the maps are made when they are needed. */
export interface Trace {
  /** Single documents by kind, then key, as the documents of the kind were when they were looked up or last compared. */
  documents: Map<DocumentKind, { of: unknown; byKey: Map<string, unknown> }> | undefined;
  /** Kinds it went through as a whole. */
  kinds: Map<DocumentKind, unknown> | undefined;
}

export function newTrace(): Trace {
  return { documents: undefined, kinds: undefined };
}

/** Notes that a whole kind was gone through. */
export function noteKind(trace: Trace, kind: DocumentKind, documents: unknown): void {
  trace.kinds ??= new Map();
  trace.kinds.set(kind, documents);
}

/** A configuration that notes in `current()` every document looked up and every kind gone through. */
export function trackConfiguration(configuration: Configuration, current: () => Trace): Configuration {
  const entries = documentKinds.map((kind) => [kind, trackKind(configuration, kind, current)] as const);
  return Object.fromEntries(entries) as unknown as Configuration;
}

function trackKind(configuration: Configuration, kind: DocumentKind, current: () => Trace): unknown {
  const noteOne = (key: string) => {
    const trace = current();
    trace.documents ??= new Map();
    let seen = trace.documents.get(kind);
    if (!seen) {
      seen = { of: configuration[kind], byKey: new Map() };
      trace.documents.set(kind, seen);
    }
    seen.byKey.set(key, configuration[kind][key]);
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

/**
 * Whether everything a trace saw is still the same, document by document. What proved the same is noted as it is now, so that
 * the next comparison of a kind nobody touched is one of identity.
 */
export function isUnchanged(trace: Trace, configuration: Configuration, sameKind: SameKind): boolean {
  for (const [kind, known] of trace.kinds ?? []) {
    if (!sameKind(kind, known)) return false;
    trace.kinds?.set(kind, configuration[kind]);
  }
  for (const [kind, seen] of trace.documents ?? []) {
    const now = configuration[kind];
    if (seen.of === now || trace.kinds?.has(kind)) continue;
    for (const [key, known] of seen.byKey) if (now[key] !== known) return false;
    seen.of = now;
  }
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
