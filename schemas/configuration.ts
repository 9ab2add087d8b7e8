import type { z } from 'zod';
import { AdviceDocument, AgencyDocument, ProvisionDocument } from './advice.ts';
import { CalendarDocument } from './calendar.ts';
import { FormDocument, QuestionDocument, TopicDocument } from './form.ts';
import type { DocumentKind } from './kinds.ts';
import { LadderDocument, TeamDocument, TemplateDocument } from './ladder.ts';
import { ServiceTypeDocument, SettingsDocument, TestDocument } from './settings.ts';
import { TaskDocument } from './task.ts';
import { WorkflowDocument } from './workflow.ts';

/** The schema of every document kind, by kind; the folder name of each kind is the kind itself. */
export const documentSchemas = {
  workflow: WorkflowDocument,
  task: TaskDocument,
  form: FormDocument,
  question: QuestionDocument,
  topic: TopicDocument,
  advice: AdviceDocument,
  provision: ProvisionDocument,
  agency: AgencyDocument,
  ladder: LadderDocument,
  template: TemplateDocument,
  calendar: CalendarDocument,
  team: TeamDocument,
  'service-type': ServiceTypeDocument,
  settings: SettingsDocument,
  test: TestDocument,
} as const satisfies Record<DocumentKind, z.ZodType>;

export { type DocumentKind, documentKinds } from './kinds.ts';

/** The document type of a kind. */
export type DocumentOf<K extends DocumentKind> = z.infer<(typeof documentSchemas)[K]>;
export type AnyDocument = { [K in DocumentKind]: DocumentOf<K> }[DocumentKind];

/** All documents of one organisation: per kind, by key. */
export type Configuration = { readonly [K in DocumentKind]: Readonly<Record<string, DocumentOf<K>>> };
