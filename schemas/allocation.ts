import { z } from 'zod';
import { Condition } from './condition.ts';
import { Order } from './document.ts';
import { Key } from './ids.ts';

/** How one allocation rule finds an owner (L2). */
export const OwnerStrategy = z
  .discriminatedUnion('by', [
    z.strictObject({ by: z.literal('user'), user: z.string().min(1).max(200).describe('User id in the directory.') }),
    z.strictObject({ by: z.literal('group'), group: Key.describe('Team document: the work waits in its queue.') }),
    z.strictObject({
      by: z.literal('role'),
      role: Key.describe('Team document of type role: the work waits for any holder.'),
    }),
    z.strictObject({ by: z.literal('roundRobin'), team: Key.describe('Team whose members take turns (L4).') }),
    z.strictObject({
      by: z.literal('leastLoaded'),
      team: Key.describe('Team of whom the least loaded takes it (L5).'),
    }),
    z.strictObject({ by: z.literal('skill'), team: Key, skills: z.array(Key).min(1).describe('Skills all needed.') }),
    z.strictObject({ by: z.literal('sameAs'), node: Key.describe('Same owner as this node.') }),
    z.strictObject({ by: z.literal('caseOwner') }),
    z.strictObject({
      by: z.literal('locality'),
      team: Key,
      question: Key.describe('Question that holds the ward or patch.'),
    }),
    z.strictObject({
      by: z.literal('lastOfficer'),
      team: Key.describe('Last officer for this customer, within this team.'),
    }),
    z.strictObject({
      by: z.literal('manual'),
      team: Key.describe('Queue in which somebody chooses the owner by hand.'),
    }),
  ])
  .describe('How the owner is found (L2).');
export type OwnerStrategy = z.infer<typeof OwnerStrategy>;

export const AllocationRule = z
  .strictObject({
    order: Order,
    when: Condition.optional().describe('First rule whose condition is true wins; the last has none (L1).'),
    to: OwnerStrategy,
    presence: z
      .enum(['now', 'untilAmber'])
      .optional()
      .describe(
        'untilAmber: nobody who is to be absent before the work turns amber, or is due where it has no amber; default now (L3).',
      ),
    excludeOwnersOf: z.array(Key).optional().describe('Separation of duties: never the owner of these nodes (L3).'),
  })
  .describe('One allocation rule.');
export type AllocationRule = z.infer<typeof AllocationRule>;

export const OwnerRules = z.record(Key, AllocationRule).describe('Allocation rules by key, tried in order (L1).');
export type OwnerRules = z.infer<typeof OwnerRules>;

/** Recipient selector, as text (E10): owner, caseOwner, manager-of:X, role:X, group:X, stakeholders:X, user:X, customer, email:X. */
export const Selector = z
  .string()
  .max(200)
  .regex(
    /^(manager-of:)*(owner|caseOwner|customer|role:[A-Za-z0-9_-]+|group:[A-Za-z0-9_-]+|stakeholders:[A-Za-z0-9_-]+|user:\S+|email:\S+@\S+)$/,
    'a selector is owner, caseOwner, customer, manager-of:…, role:…, group:…, stakeholders:…, user:… or email:…',
  )
  .describe('Recipient selector (E10).');
export type Selector = z.infer<typeof Selector>;
