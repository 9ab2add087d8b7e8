import { z } from 'zod';
import { Key, WallTime } from './ids.ts';

export const PeriodUnit = z
  .enum(['minutes', 'hours', 'workingDays', 'calendarDays', 'weeks', 'months'])
  .describe(
    'minutes and hours are open time of the calendar (T5); days count ticks (T6); weeks and months are corresponding dates (T7).',
  );
export type PeriodUnit = z.infer<typeof PeriodUnit>;

/** A length of time, `{value, unit}`. */
export const Period = z
  .strictObject({ value: z.number().int().min(0).max(1_000_000).describe('How many.'), unit: PeriodUnit })
  .describe('A length of time.');
export type Period = z.infer<typeof Period>;

/** A period that may be negative (rung offsets, lags). */
export const SignedPeriod = z
  .strictObject({
    value: z.number().int().min(-1_000_000).max(1_000_000).describe('How many; negative means before.'),
    unit: PeriodUnit,
  })
  .describe('A signed length of time.');
export type SignedPeriod = z.infer<typeof SignedPeriod>;

export const DayOne = z
  .enum(['next', 'same'])
  .describe(
    'next: counting starts on the day after the start; same: the start date itself is day one ("beginning with the day") (T6).',
  );
export type DayOne = z.infer<typeof DayOne>;

export const DueAt = z
  .union([z.enum(['closeOfBusiness', 'endOfDay']), WallTime])
  .describe('The tick of a due date: close of business, end of day (24:00 local) or a wall time (T6).');
export type DueAt = z.infer<typeof DueAt>;

export const Roll = z
  .enum(['none', 'nextWorkingDay'])
  .describe('What happens when a week or month target falls on a closed day (T7).');
export type Roll = z.infer<typeof Roll>;

/** A target: a period with the rules that turn it into a due instant (T5 to T7). */
export const Target = z
  .strictObject({
    value: z.number().int().min(0).max(1_000_000).describe('How many.'),
    unit: PeriodUnit,
    dayOne: DayOne.optional(),
    dueAt: DueAt.optional(),
    roll: Roll.optional(),
    calendar: Key.optional().describe("Calendar key; by default the workflow's calendar."),
  })
  .describe('A target period with its counting rules.');
export type Target = z.infer<typeof Target>;

/** Amber warning (T8): a duration before the deadline or a percentage of the target. */
export const Amber = z
  .union([
    z.strictObject({ before: Period.describe('Time before the deadline at which amber starts.') }),
    z.strictObject({
      percent: z.number().gt(0).lt(100).describe('Percentage of the target after which amber starts.'),
    }),
  ])
  .describe('When the amber warning starts (T8).');
export type Amber = z.infer<typeof Amber>;

/** One SLA clock of a task or case (C14 allows several by name). */
export const Sla = z
  .strictObject({
    target: Target,
    amber: Amber.optional(),
    pausable: z.boolean().optional().describe('Whether a hold pauses this clock (T9); default true.'),
    inheritCasePause: z
      .boolean()
      .optional()
      .describe('Whether a hold of the case pauses this clock (C13); default true.'),
    onAttachOverdue: z
      .enum(['act', 'recordOnly'])
      .optional()
      .describe('What a clock does that is already overdue when it is attached (C12); default act.'),
    extension: z
      .strictObject({
        reasonRequired: z.boolean().describe('Whether a reason must be written.'),
        beforeDeadlineOnly: z.boolean().describe('Whether an extension must come before the deadline.'),
        atMost: Period.optional().describe('The longest extension allowed.'),
      })
      .optional()
      .describe('When the target may be extended.'),
  })
  .describe('An SLA target with its amber warning.');
export type Sla = z.infer<typeof Sla>;

/** One SLA, or several by name (C14). A plain SLA is the clock named `completion`. */
export const SlaSet = z
  .union([Sla, z.record(Key, Sla)])
  .describe('One SLA target, or several by name, for example firstContact and completion (C14).');
export type SlaSet = z.infer<typeof SlaSet>;
