import type { CaseCommandType } from '../../schemas/case-command.ts';

/** What a person fills in for a command; the rest is known. */
export type FormField =
  | {
      name: string;
      kind:
        | 'reason'
        | 'optionalText'
        | 'person'
        | 'holdReason'
        | 'date'
        | 'outcome'
        | 'caseOutcome'
        | 'node'
        | 'agency'
        | 'after'
        | 'answers'
        | 'money';
      label: string;
    }
  | { name: string; kind: 'choice'; label: string; options: { value: string; label: string }[] }
  | { name: 'fields'; kind: 'taskFields'; label: string };

export interface CommandForm {
  label: string;
  fields: FormField[];
  /** Done by the button itself, without asking. */
  primary?: true;
}

const reason: FormField = { name: 'reason', kind: 'reason', label: 'Reason' };
const to: FormField = { name: 'to', kind: 'person', label: 'To' };
const hold: FormField[] = [
  { name: 'reason', kind: 'holdReason', label: 'Reason' },
  { name: 'reviewOn', kind: 'date', label: 'Review on' },
  { name: 'note', kind: 'optionalText', label: 'Note' },
];
const contact: FormField[] = [
  {
    name: 'channel',
    kind: 'choice',
    label: 'How',
    options: ['call', 'email', 'letter', 'visit', 'meeting', 'other'].map((value) => ({ value, label: value })),
  },
  {
    name: 'direction',
    kind: 'choice',
    label: 'Direction',
    options: [
      { value: 'in', label: 'From the customer' },
      { value: 'out', label: 'To the customer' },
    ],
  },
  { name: 'text', kind: 'reason', label: 'What was said' },
];

/** The small form of every command a person can give, in the order people reach for them. */
export const commandForms: Readonly<Partial<Record<CaseCommandType, CommandForm>>> = {
  startTask: { label: 'Start', fields: [], primary: true },
  completeTask: {
    label: 'Complete',
    fields: [
      { name: 'outcome', kind: 'outcome', label: 'Outcome' },
      { name: 'fields', kind: 'taskFields', label: 'Information' },
    ],
    primary: true,
  },
  resumeTask: { label: 'Resume', fields: [], primary: true },
  claimTask: { label: 'Take', fields: [], primary: true },
  acknowledge: { label: 'Acknowledge', fields: [] },
  recordFields: {
    label: 'Fill in information',
    fields: [{ name: 'fields', kind: 'taskFields', label: 'Information' }],
  },
  holdTask: { label: 'Hold', fields: hold },
  reassignTask: { label: 'Reassign', fields: [to, reason] },
  delegateTask: { label: 'Delegate', fields: [to, { name: 'reason', kind: 'optionalText', label: 'Reason' }] },
  returnTask: { label: 'Hand back', fields: [{ name: 'note', kind: 'optionalText', label: 'Note' }] },
  releaseTask: { label: 'Release to the queue', fields: [] },
  bypassTask: { label: 'Bypass', fields: [reason] },
  retargetTask: { label: 'Change the due date', fields: [{ name: 'dueOn', kind: 'date', label: 'Due on' }, reason] },
  reopenTask: { label: 'Reopen', fields: [reason] },
  cancelTask: { label: 'Cancel', fields: [reason] },
  recordReferral: {
    label: 'Record a referral',
    fields: [
      { name: 'agency', kind: 'agency', label: 'Agency' },
      { name: 'text', kind: 'optionalText', label: 'Note' },
    ],
  },
  addNote: { label: 'Add a note', fields: [{ name: 'text', kind: 'reason', label: 'Note' }] },
  logContact: { label: 'Log a contact', fields: contact },
  addTask: {
    label: 'Add a task',
    fields: [
      { name: 'node', kind: 'node', label: 'Task' },
      { name: 'predecessors', kind: 'after', label: 'Waits for' },
    ],
  },
  correctAnswers: {
    label: 'Correct an answer',
    fields: [{ name: 'answers', kind: 'answers', label: 'Answer' }, reason],
  },
  recordMoney: { label: 'Record amounts', fields: [{ name: 'amounts', kind: 'money', label: 'Amounts' }] },
  holdCase: { label: 'Hold the case', fields: hold },
  resumeCase: { label: 'Resume the case', fields: [], primary: true },
  changeCaseOwner: { label: 'Change the owner', fields: [to, reason] },
  closeCase: {
    label: 'Close the case',
    fields: [
      { name: 'outcome', kind: 'caseOutcome', label: 'Outcome' },
      { name: 'reason', kind: 'optionalText', label: 'Reason (needed while mandatory tasks are open)' },
    ],
  },
  cancelCase: { label: 'Cancel the case', fields: [reason] },
  reopenCase: { label: 'Reopen the case', fields: [reason] },
};

export const commandOrder = Object.keys(commandForms) as CaseCommandType[];
