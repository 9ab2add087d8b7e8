import type { DocumentKind, DocumentOf } from '../../../schemas/configuration.ts';

/** All documents of a kind. */
export type Documents = <K extends DocumentKind>(kind: K) => readonly DocumentOf<K>[];

/**
 * Something made of all documents of some kinds that many rules look at. Whoever looked is asked again only when it comes out
 * different, not whenever one of those documents changed. Of workflows it is given the shapes: without the lengths and words of
 * their parts.
 */
export interface DerivedFact<T> {
  readonly kinds: readonly DocumentKind[];
  readonly make: (documents: Documents) => T;
  readonly isSame: (a: T, b: T) => boolean;
}

/** What facts come to for the documents as they are. */
export class DerivedFacts {
  readonly #known = new Map<DerivedFact<unknown>, { lists: readonly unknown[]; value: unknown }>();
  /** What was asked of the documents as they are now: some facts are asked for by every document. */
  readonly #now = new Map<DerivedFact<unknown>, unknown>();
  readonly #documents: Documents;

  /** `documents` answers the very same list as long as none of them changed. */
  constructor(documents: Documents) {
    this.#documents = documents;
  }

  /** The documents are others now. */
  turn(): void {
    this.#now.clear();
  }

  valueOf<T>(fact: DerivedFact<T>): T {
    const now = this.#now.get(fact as DerivedFact<unknown>);
    if (now !== undefined) return now as T;
    const value = this.#find(fact);
    this.#now.set(fact as DerivedFact<unknown>, value);
    return value;
  }

  #find<T>(fact: DerivedFact<T>): T {
    const known = this.#known.get(fact as DerivedFact<unknown>);
    const lists = fact.kinds.map((kind) => this.#documents(kind));
    if (known?.lists.every((list, at) => list === lists[at])) return known.value as T;
    const made = fact.make(this.#documents);
    const value = known && fact.isSame(known.value as T, made) ? known.value : made;
    this.#known.set(fact as DerivedFact<unknown>, { lists, value });
    return value as T;
  }
}

/** Whether two sets have the same members. */
export function isSameSet<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  if (a.size !== b.size) return false;
  for (const one of a) if (!b.has(one)) return false;
  return true;
}

/** Whether two maps have the same entries; values are the same when `isSame` says so. */
export function isSameMap<V>(
  a: ReadonlyMap<string, V>,
  b: ReadonlyMap<string, V>,
  isSame: (a: V, b: V) => boolean = Object.is,
): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other === undefined || !isSame(value, other)) return false;
  }
  return true;
}
