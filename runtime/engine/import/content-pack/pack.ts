import { z } from 'zod';

/** Trigger as the pack writes it: `["eq", question, value]`, `["and", ...]` and so on. */
export type PackTrigger = [string, ...unknown[]];
const Trigger = z.array(z.unknown()).min(1) as unknown as z.ZodType<PackTrigger>;

const PackTask = z.object({
  code: z.string(),
  name: z.string(),
  owner: z.string(),
  preds: z.record(z.string(), z.string()),
  activation: z.string(),
  sla: z.string(),
  amber: z.string(),
  mandatory: z.number(),
  ladder: z.string(),
  source: z.string(),
  hold: z.string().optional(),
  outsideSla: z.boolean().optional(),
  repeatable: z.boolean().optional(),
  outcomes: z.array(z.string()).optional(),
  recur: z
    .object({ every: z.string(), anchor: z.enum(['schedule', 'completion']), until: z.string(), max: z.number() })
    .optional(),
  note: z.string().optional(),
});
export type PackTask = z.infer<typeof PackTask>;

const PackClock = z.object({
  key: z.string(),
  anchor: z.union([z.object({ caseLaunch: z.literal(true) }), z.object({ completionOf: z.array(z.string()) })]),
  period: z.object({
    value: z.number(),
    unit: z.enum(['workingDays', 'calendarDays', 'weeks', 'months']),
    dayOne: z.enum(['next', 'same']).optional(),
    dueAt: z.enum(['closeOfBusiness', 'endOfDay']).optional(),
  }),
  onEnd: z.string(),
  source: z.string(),
  each: z.boolean().optional(),
  when: Trigger.optional(),
  mustContain: z.array(z.string()).optional(),
  ladder: z.string(),
});
export type PackClock = z.infer<typeof PackClock>;

const PackWorkflow = z.object({
  code: z.string(),
  name: z.string(),
  kind: z.string(),
  calendar: z.string(),
  sla: z.string(),
  startEvent: z.string(),
  clocks: z.array(PackClock),
  tasks: z.array(PackTask),
  source: z.string(),
});
export type PackWorkflow = z.infer<typeof PackWorkflow>;

const PackQuestion = z.object({
  type: z.enum(['calc', 'date', 'number', 'multi', 'single']),
  options: z.array(z.string()),
  label: z.string(),
  showIf: Trigger.nullable(),
  hclicSection: z.string(),
});
export type PackQuestion = z.infer<typeof PackQuestion>;

const PackRung = z.object({
  at: z.string(),
  notify: z.string(),
  via: z.string().optional(),
  template: z.string(),
  repeat: z.string().optional(),
});
const PackLadder = z.object({
  subject: z.enum(['task', 'clock']),
  fallback: z.array(z.string()),
  urgent: z.boolean().optional(),
  rungs: z.array(PackRung),
});
export type PackLadder = z.infer<typeof PackLadder>;

/** The content pack: the English housing content in its neutral short form. */
export const ContentPack = z.object({
  generated: z.string(),
  questions: z.record(z.string(), PackQuestion),
  forms: z.record(z.string(), z.array(z.string())),
  advice: z.array(
    z.object({
      id: z.string(),
      scope: z.string(),
      title: z.string(),
      trigger: Trigger,
      text: z.string(),
      source: z.string(),
      effectiveFrom: z.string().nullable(),
      effectiveTo: z.string().nullable(),
    }),
  ),
  workflows: z.array(PackWorkflow),
  ladders: z.record(z.string(), PackLadder),
  note: z.string(),
});
export type ContentPack = z.infer<typeof ContentPack>;
