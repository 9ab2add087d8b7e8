import type { AnyDocument, Configuration } from '../../../schemas/configuration.ts';
import type { Finding } from '../../../schemas/finding.ts';
import { parseDocument } from '../../../schemas/load-configuration.ts';
import { type MissingReference, missingReferences } from '../export/bundle.ts';
import { readBundle } from './bundle.ts';
import { toPlanDocuments } from './plan-documents.ts';
import { type PlanFile, readMspdi, readPlanCsv } from './plan-file.ts';

export type ExchangeFormat = 'bundle' | 'mspdi' | 'csv';

/** What a file of another program, or of another studio, would bring. */
export interface ExchangeFile {
  readonly format: ExchangeFormat;
  readonly documents: readonly AnyDocument[];
  readonly findings: readonly Finding[];
  /** What the documents name that is not there: to be repaired. */
  readonly missing: readonly MissingReference[];
}

export interface ExchangeOptions {
  /** Name of the file, for sentences and for the key of a plan's workflow. */
  readonly name: string;
  /** Key of the workflow that a plan becomes; by default made of the file's name. */
  readonly key?: string | undefined;
  readonly zone?: string | undefined;
  readonly format?: ExchangeFormat | undefined;
}

/** Reads a bundle, MS Project XML or a planner's CSV, whatever it is; nothing is changed. Never throws for what a file holds. */
export async function readExchangeFile(
  text: string,
  configuration: Configuration,
  options: ExchangeOptions,
): Promise<ExchangeFile> {
  const format = options.format ?? formatOf(text);
  const read = format === 'bundle' ? readBundle(text, options.name) : await readPlan(text, format, options);
  return { format, ...read, missing: missingReferences(configuration, read.documents) };
}

function formatOf(text: string): ExchangeFormat {
  const first = text.replace(/^\uFEFF/, '').trimStart()[0];
  if (first === '<') return 'mspdi';
  return first === '{' || first === '[' ? 'bundle' : 'csv';
}

/** `Kitchen plan (2).xml` becomes `Kitchen-plan-2`. */
export function planKeyOf(name: string): string {
  const stem = name.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');
  const key = stem.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return key.slice(0, 40) || 'plan';
}

async function readPlan(
  text: string,
  format: 'mspdi' | 'csv',
  { name, key = planKeyOf(name), zone = 'Europe/London' }: ExchangeOptions,
): Promise<{ documents: AnyDocument[]; findings: Finding[] }> {
  let file: PlanFile;
  try {
    file = await (format === 'mspdi' ? readMspdi(text, name) : readPlanCsv(text, name));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { documents: [], findings: [finding(name, 'FILE_UNREADABLE', error.message)] };
  }
  const findings = file.findings.map(
    ({ code, message, values }): Finding => ({ ...finding(name, code, message), values }),
  );
  const { plan, names } = file;
  if (plan.tasks.length === 0)
    return { documents: [], findings: [...findings, finding(name, 'PLAN_EMPTY', `${name} holds no task.`)] };
  const ids = new Set(plan.tasks.map(({ id }) => id));
  const loose = plan.links.filter(({ from }) => !ids.has(from));
  const links = plan.links.filter(({ from }) => ids.has(from));
  findings.push(
    ...loose.map(({ from, to }) =>
      finding(
        name,
        'PLAN_UNKNOWN_TASK',
        `"${names.get(to) ?? to}" waits for "${from}", which is no task of ${name}; the link is left out.`,
      ),
    ),
  );
  const title = name.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '') || 'Plan';
  const documents = toPlanDocuments({ ...plan, links }, { key, title, zone, names });
  for (const document of documents) {
    const parsed = parseDocument(document, `${document.kind}/${document.key}`);
    if ('findings' in parsed) findings.push(...parsed.findings);
  }
  return { documents, findings };
}

function finding(document: string, code: string, message: string): Finding {
  return { code, severity: 'error', document, pointer: '', values: {}, message };
}
