import type { AdviceDocument, AgencyDocument } from '../../../schemas/advice.ts';
import type { Answers } from '../../../schemas/condition.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import { effectiveAnswers } from '../condition/effective-answers.ts';
import { buildAdviceBook } from './advice-book.ts';
import { plainText, readMarkdown, type TextNode } from './markdown.ts';
import { fillPlaceholders, placeholdersOf } from './placeholder.ts';
import { measureReadability, type Readability } from './readability.ts';
import { selectAdvice } from './select.ts';

/** What a pack is made from. Nothing in it is looked up elsewhere, so the same request makes the same pack. */
export interface PackRequest {
  readonly configuration: Configuration;
  readonly workflow: string;
  readonly answers: Answers;
  /** As-at date, `YYYY-MM-DD`. */
  readonly asAt: string;
  /** Digest of the release the statements come from. */
  readonly release?: string;
  readonly language?: 'en' | 'cy';
  /** Values of placeholders by name, for example caseRef. */
  readonly values?: Readonly<Record<string, string>>;
  /** Personal introduction, one paragraph each. */
  readonly introduction?: readonly string[];
  /** What happens next, with the case's own dates. */
  readonly nextSteps?: readonly PackStep[];
  readonly contacts?: readonly PackContact[];
  /** Whether internal statements are included; customers never get them. */
  readonly internal?: boolean;
}

export interface PackStep {
  readonly text: string;
  /** `YYYY-MM-DD`. */
  readonly on?: string;
}

export interface PackContact {
  readonly name: string;
  readonly phone?: string;
  readonly email?: string;
  readonly url?: string;
}

export interface PackAgency extends PackContact {
  readonly key: string;
  readonly hours?: string;
}

export interface PackStatement {
  readonly key: string;
  readonly title: string;
  /** Digest of title and body in the source language: what exactly was advised. */
  readonly digest: string;
  readonly language: 'en' | 'cy';
  readonly body: readonly TextNode[];
}

/** Customer information pack: the snapshot that is stored, and all that is needed to make it again (A4). */
export interface InformationPack {
  readonly workflow: string;
  readonly title: string;
  readonly organisation: string;
  readonly language: 'en' | 'cy';
  readonly asAt: string;
  readonly release?: string;
  /** The answers that counted (A2). */
  readonly answers: Answers;
  readonly introduction: readonly string[];
  readonly sections: readonly { readonly title: string; readonly statements: readonly PackStatement[] }[];
  readonly nextSteps: readonly PackStep[];
  readonly agencies: readonly PackAgency[];
  readonly contacts: readonly PackContact[];
  readonly readability: Readability;
}

/**
 * Makes the pack for these answers: sections in order, each statement once, with its digest (A4, A7). `digestOf` gives the
 * digest of a text. Throws when the configuration has no such workflow.
 */
export function buildPack(request: PackRequest, digestOf: (text: string) => string): InformationPack {
  const { configuration, asAt } = request;
  const book = buildAdviceBook(configuration, request.workflow);
  const chosen = new Set(selectAdvice(book, request.answers, asAt));
  const advised = book.entries
    .filter((entry) => chosen.has(entry.key) && (request.internal === true || entry.statement.audience !== 'internal'))
    .map((entry) => entry.statement);
  const language = request.language ?? 'en';
  const sections = new Map<string, PackStatement[]>();
  for (const statement of advised) {
    const section = sections.get(statement.section) ?? [];
    section.push(toPackStatement(statement, request, language, digestOf));
    sections.set(statement.section, section);
  }
  const text = [...sections.values()].flat().map((statement) => `${statement.title}\n${plainText(statement.body)}`);
  return {
    workflow: request.workflow,
    title: configuration.workflow[request.workflow]?.title ?? request.workflow,
    organisation: Object.values(configuration.settings)[0]?.organisation ?? '',
    language,
    asAt,
    ...(request.release === undefined ? {} : { release: request.release }),
    answers: effectiveAnswers(book.questions, request.answers, asAt, book.named).answers,
    introduction: request.introduction ?? [],
    sections: [...sections].map(([title, statements]) => ({ title, statements })),
    nextSteps: request.nextSteps ?? [],
    agencies: agenciesOf(configuration, request.workflow, advised),
    contacts: request.contacts ?? [],
    readability: measureReadability(text.join('\n')),
  };
}

/** Digest of what a statement says; a translation names the one it was made from. */
export function statementDigest(
  statement: Pick<AdviceDocument, 'title' | 'body'>,
  digestOf: (text: string) => string,
): string {
  return digestOf(`${statement.title}\n${statement.body}`);
}

/** A translation of an older text would advise what is no longer so: the source language is given instead. */
function toPackStatement(
  statement: AdviceDocument,
  request: PackRequest,
  language: 'en' | 'cy',
  digestOf: (text: string) => string,
): PackStatement {
  const digest = statementDigest(statement, digestOf);
  const translation = language === 'en' ? undefined : statement.translations?.[language];
  const current = translation?.of === digest ? translation : undefined;
  const body = readStatement((current ?? statement).body, request);
  return { key: statement.key, title: (current ?? statement).title, digest, language: current ? language : 'en', body };
}

/** The text of a statement with its placeholders filled in, as it stands in a pack; those nobody can fill stay as written. */
export function readStatement(
  body: string,
  request: Pick<PackRequest, 'configuration' | 'values' | 'asAt'>,
): readonly TextNode[] {
  return fillPlaceholders(readMarkdown(body).nodes, (placeholder) =>
    'agency' in placeholder
      ? agencyText(request.configuration.agency[placeholder.agency])
      : packValue(request, placeholder.value),
  );
}

function packValue(request: Pick<PackRequest, 'values' | 'asAt'>, name: string): string | undefined {
  const values = request.values ?? {};
  if (Object.hasOwn(values, name)) return values[name];
  return name === 'asAt' ? request.asAt : undefined;
}

function agencyText(agency: AgencyDocument | undefined): string | undefined {
  return agency && [agency.title, agency.phone, agency.url].filter((part) => part !== undefined).join(', ');
}

function agenciesOf(configuration: Configuration, workflow: string, advised: readonly AdviceDocument[]): PackAgency[] {
  const named = advised.flatMap((statement) => [
    ...(statement.agencies ?? []),
    ...placeholdersOf(statement.body).flatMap((placeholder) => ('agency' in placeholder ? [placeholder.agency] : [])),
  ]);
  const keys = new Set([...named, ...(configuration.workflow[workflow]?.agencies ?? [])]);
  return [...keys].flatMap((key) => {
    const agency = configuration.agency[key];
    if (!agency) return [];
    const { title, phone, url, email, hours } = agency;
    return [
      {
        key,
        name: title,
        ...(phone ? { phone } : {}),
        ...(email ? { email } : {}),
        ...(url ? { url } : {}),
        ...(hours ? { hours } : {}),
      },
    ];
  });
}
