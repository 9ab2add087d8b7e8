import { z } from 'zod';
import { OwnerStrategy, Selector } from './allocation.ts';
import { Condition } from './condition.ts';
import { documentFields, Order } from './document.ts';
import { Key } from './ids.ts';
import { Period, SignedPeriod } from './period.ts';

export const Channel = z.enum(['email', 'sms', 'letter', 'inApp', 'webhook']);
export type Channel = z.infer<typeof Channel>;

/** When a rung is due (E1). All waits are in the ladder's calendar. */
export const Trigger = z
  .strictObject({
    on: z
      .enum(['warning', 'breached', 'stagnant', 'unassigned', 'notStarted', 'pausedTooLong', 'followOn', 'clockEnd'])
      .describe('What it follows; clockEnd for statutory clocks (E18).'),
    offset: SignedPeriod.optional().describe('For warning, breached, clockEnd: before (negative) or after.'),
    for: Period.optional().describe('For stagnant, unassigned, notStarted, followOn: how long.'),
    after: Key.optional().describe('For followOn: the earlier rung.'),
    mode: z
      .enum(['outstanding', 'stagnant'])
      .optional()
      .describe('For followOn: stagnant restarts with each staff activity (E3).'),
  })
  .describe('When the rung is due (E1).');
export type Trigger = z.infer<typeof Trigger>;

/** What a rung does beside notifying (E14). */
export const RungAction = z
  .discriminatedUnion('do', [
    z.strictObject({ do: z.literal('notify') }),
    z.strictObject({ do: z.literal('reassign'), to: z.union([Selector, OwnerStrategy]) }),
    z.strictObject({ do: z.literal('raisePriority') }),
    z.strictObject({ do: z.literal('addTask'), node: Key }),
    z.strictObject({ do: z.literal('webhook'), url: z.url() }),
    z.strictObject({ do: z.literal('note'), text: z.string().min(1).max(2000) }),
    z.strictObject({ do: z.literal('setFlag'), flag: Key }),
  ])
  .describe('An action of a rung (E14).');
export type RungAction = z.infer<typeof RungAction>;

export const Rung = z
  .strictObject({
    order: Order,
    trigger: Trigger,
    when: Condition.optional().describe('Evaluated at firing; false skips it (E16).'),
    to: z.array(Selector).describe('Recipients (E10).'),
    channels: z.array(Channel).min(1),
    template: Key.describe('Template document.'),
    actions: z.array(RungAction).describe('In order; an empty list means notify.'),
    repeat: z
      .strictObject({ every: Period, max: z.number().int().min(1).max(20) })
      .optional()
      .describe('Bounded repeat (E5).'),
    urgent: z.boolean().optional().describe('Goes out in quiet hours (N11).'),
    fallback: z.array(Selector).optional().describe('When nobody resolves (E13).'),
  })
  .describe('One rung.');
export type Rung = z.infer<typeof Rung>;

export const LadderDocument = z
  .strictObject({
    ...documentFields('ladder'),
    subject: z.enum(['task', 'case', 'clock']).describe('What it watches.'),
    calendar: Key.optional().describe("Calendar of its waits; by default the clock's."),
    urgent: z.boolean().optional().describe('All rungs go out in quiet hours.'),
    rungs: z.record(Key, Rung).describe('Rungs by key.'),
    ack: z.strictObject({ holdFor: Period }).describe('How long an acknowledgement defers (E7).'),
    fallback: z.array(Selector).describe('Who hears when nobody else does (E13); empty is an error at publish.'),
  })
  .meta({ id: 'ladder', description: 'Escalation ladder.' });
export type LadderDocument = z.infer<typeof LadderDocument>;

const bodies = z
  .strictObject({
    email: z
      .strictObject({
        subject: z.string().max(300),
        text: z.string().max(50_000),
        html: z.string().max(200_000).optional(),
      })
      .optional(),
    sms: z.string().max(2000).optional(),
    letter: z.string().max(100_000).optional(),
    inApp: z.string().max(2000).optional(),
    webhook: z.string().max(50_000).optional(),
  })
  .describe('Bodies per channel, in Liquid.');

export const TemplateDocument = z
  .strictObject({
    ...documentFields('template'),
    purpose: z
      .enum(['escalation', 'assigned', 'communication', 'customer', 'digest', 'offer'])
      .describe('What it is for.'),
    channels: bodies,
    languages: z.partialRecord(z.enum(['cy']), bodies).describe('Other language variants.'),
    translates: z
      .partialRecord(z.enum(['cy']), z.string().max(100))
      .optional()
      .describe('Digest of the English texts that each variant translates.'),
    variables: z.array(z.string().regex(/^[a-zA-Z][a-zA-Z0-9_.]*$/)).describe('Paths it may use.'),
  })
  .meta({ id: 'template', description: 'Communication template.' });
export type TemplateDocument = z.infer<typeof TemplateDocument>;

export const TeamDocument = z
  .strictObject({
    ...documentFields('team'),
    type: z.enum(['role', 'group', 'stakeholders']),
    skills: z.array(Key).optional(),
    roundRobin: z.boolean().optional().describe('Work for this team is dealt in turn.'),
    externalAddresses: z.array(z.email()).optional().describe('Stakeholders outside the organisation.'),
  })
  .meta({ id: 'team', description: 'Role, group or stakeholder group; members are runtime data.' });
export type TeamDocument = z.infer<typeof TeamDocument>;
