import type { AnyDocument, Configuration, DocumentKind } from '../../../schemas/configuration.ts';
import { emptyConfiguration } from '../../../schemas/empty-configuration.ts';
import { type AdviceBook, buildAdviceBook, type CompiledWorkflow, compileWorkflow } from '../../engine/index.ts';
import type { ServiceClock } from '../clock.ts';
import { type Database, intOf, intOrNull, jsonOf, type Row, textOf } from '../db/database.ts';
import { Problem } from '../problem.ts';

/** A release as loaded; it never changes, so it is kept. */
export interface LoadedRelease {
  number: number;
  digest: string;
  configuration: Configuration;
  bundleOf(workflow: string): CompiledWorkflow;
  adviceOf(workflow: string): AdviceBook;
}

export interface ReleaseStore {
  /** Number of the newest release that has begun, or null before the first. */
  newestNumber(): Promise<number | null>;
  /** Throws 404. */
  load(number: number): Promise<LoadedRelease>;
  /** The newest release; throws 409 before the first. */
  newest(): Promise<LoadedRelease>;
  /** Forgets which there are, after one was published. */
  forget(): void;
}

/** Which releases there are is asked again after so long, should a publication have ended without a word. */
const REMEMBERED_MS = 1000;

export function createReleaseStore(database: Database, clock: ServiceClock): ReleaseStore {
  const known = new Map<number, Promise<LoadedRelease>>();
  let published: { at: number; rows: Promise<Row[]> } | null = null;
  const readPublished = () => {
    const now = Date.now();
    // A database that others write too is always asked.
    if (published && !database.isShared && now - published.at < REMEMBERED_MS) return published.rows;
    const rows = database.query('SELECT number, starts_at FROM releases ORDER BY number DESC');
    published = { at: now, rows };
    // A read that failed is not kept.
    rows.catch(() => {
      published = null;
    });
    return rows;
  };
  const newestNumber = async () => {
    const now = clock.now();
    const begun = (await readPublished()).find((row) => (intOrNull(row, 'starts_at') ?? now) <= now);
    return begun ? intOf(begun, 'number') : null;
  };
  const load = (number: number) => {
    const found = known.get(number);
    if (found) return found;
    const loading = readRelease(database, number);
    known.set(number, loading);
    loading.catch(() => known.delete(number));
    return loading;
  };
  return {
    forget() {
      published = null;
    },
    newestNumber,
    load,
    async newest() {
      const number = await newestNumber();
      if (number === null)
        throw new Problem(409, 'NOTHING_PUBLISHED', 'Nothing is published yet: publish the draft first.');
      return load(number);
    },
  };
}

async function readRelease(database: Database, number: number): Promise<LoadedRelease> {
  const [release] = await database.query('SELECT digest FROM releases WHERE number = ?', [number]);
  if (!release) throw new Problem(404, 'NOT_FOUND', `There is no release ${number}.`);
  const documents = await database.query('SELECT kind, key, json FROM release_documents WHERE release = ?', [number]);
  const stored = await database.query('SELECT workflow, json FROM compiled_bundles WHERE release = ?', [number]);
  const configuration = toConfiguration(
    documents.map((row) => ({
      kind: textOf(row, 'kind') as DocumentKind,
      key: textOf(row, 'key'),
      document: jsonOf<AnyDocument>(row, 'json'),
    })),
  );
  const digest = textOf(release, 'digest');
  const bundleTexts = new Map(stored.map((row) => [textOf(row, 'workflow'), textOf(row, 'json')]));
  const bundles = new Map<string, CompiledWorkflow>();
  const books = new Map<string, AdviceBook>();
  return {
    number,
    digest,
    configuration,
    bundleOf(workflow) {
      const found = bundles.get(workflow);
      if (found) return found;
      const text = bundleTexts.get(workflow);
      const bundle = text
        ? (JSON.parse(text) as CompiledWorkflow)
        : compileWorkflow({ configuration, number, digest }, workflow);
      bundles.set(workflow, bundle);
      return bundle;
    },
    adviceOf(workflow) {
      const book = books.get(workflow) ?? buildAdviceBook(configuration, workflow);
      books.set(workflow, book);
      return book;
    },
  };
}

/** Puts documents together to a configuration. */
export function toConfiguration(
  documents: readonly { kind: DocumentKind; key: string; document: AnyDocument }[],
): Configuration {
  const configuration = emptyConfiguration();
  for (const { kind, key, document } of documents) configuration[kind][key] = document;
  return configuration as Configuration;
}
