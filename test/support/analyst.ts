import type { Household, PlannedQuestion, PlannedStatement } from './hp-plan.ts';

/** Somebody who makes a form and its advice in the screens, each in a way of their own. */
export interface Analyst {
  /** Opens an area and adds a document; its editor is open then. */
  addDocument(area: { slug: string; title: string; one: string }, title: string, key: string): Promise<void>;
  /** Of the open library question: its kind of answer and its options. */
  fillInQuestion(question: PlannedQuestion): Promise<void>;
  /** On the open form, with when it is asked. */
  addQuestion(question: PlannedQuestion, isText: boolean): Promise<void>;
  takeFromLibrary(question: PlannedQuestion): Promise<void>;
  /** Lets the workflow ask the form. */
  giveForm(form: string, workflow: string): Promise<void>;
  /** Of the open, new statement: what it says, who gets it, and when it is in effect. */
  fillInStatement(statement: PlannedStatement, isText: boolean): Promise<void>;
  openPreview(): Promise<void>;
  /** Answers the form in the preview, question by question as they come. */
  answer(household: Household): Promise<void>;
  saveTest(name: string): Promise<void>;
}

/** Option keys stand before the words, as the screens take them. */
export function optionLine({ key, label }: { key: string; label: string }): string {
  return `${key} = ${label}`;
}

/** The clause that tells a statement's pack: dates that the cases do not reach are left out. */
export function matters(date: string | undefined): date is string {
  return date !== undefined && date > '2026-01-01';
}
