import { type Configuration, type DocumentKind, documentKinds } from '../../../schemas/configuration.ts';

/** What one check looked at: single documents by `kind`, then key, and kinds it went through as a whole. */
export interface Trace {
  readonly documents: Map<DocumentKind, Map<string, unknown>>;
  readonly kinds: Map<DocumentKind, unknown>;
}

export function newTrace(): Trace {
  return { documents: new Map(), kinds: new Map() };
}

/** A configuration that notes in `current()` every document looked up and every kind gone through. */
export function trackConfiguration(configuration: Configuration, current: () => Trace): Configuration {
  const entries = documentKinds.map((kind) => [kind, trackKind(configuration, kind, current)] as const);
  return Object.fromEntries(entries) as unknown as Configuration;
}

function trackKind(configuration: Configuration, kind: DocumentKind, current: () => Trace): unknown {
  const noteOne = (key: string) => {
    const { documents } = current();
    let byKey = documents.get(kind);
    if (!byKey) {
      byKey = new Map();
      documents.set(kind, byKey);
    }
    byKey.set(key, configuration[kind][key]);
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
      current().kinds.set(kind, target);
      return Reflect.ownKeys(target);
    },
  });
}

/** Whether everything a trace saw is still the same, document by document. */
export function isUnchanged(trace: Trace, configuration: Configuration, sameKind: SameKind): boolean {
  for (const [kind, known] of trace.kinds) if (!sameKind(kind, known)) return false;
  for (const [kind, byKey] of trace.documents) {
    if (trace.kinds.has(kind)) continue;
    for (const [key, known] of byKey) if (configuration[kind][key] !== known) return false;
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
