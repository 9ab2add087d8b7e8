// What the answers of review, tests, effect and releases look like in the API.

import { z } from '@hono/zod-openapi';
import { Instant } from '../../../schemas/ids.ts';

export const Change = z.object({
  document: z.string(),
  title: z.string(),
  change: z.enum(['added', 'changed', 'removed']),
  sentences: z.array(z.string()),
  parts: z.array(z.object({ pointer: z.string(), from: z.unknown().optional(), to: z.unknown().optional() })),
});
export const Conflict = z.object({
  document: z.string(),
  pointer: z.string(),
  base: z.unknown().optional(),
  mine: z.unknown().optional(),
  theirs: z.unknown().optional(),
  message: z.string(),
});
const Reason = z.object({ code: z.string(), what: z.string(), reason: z.string() });
export const MovedDate = z.object({
  of: z.string(),
  which: z.string(),
  from: Instant.nullable(),
  to: Instant.nullable(),
});
export const Effect = z
  .object({
    openCases: z.number().int(),
    unchanged: z.number().int(),
    cannotMove: z.number().int(),
    pinned: z.number().int(),
    cases: z.array(
      z.object({
        id: z.string(),
        reference: z.string(),
        workflow: z.string(),
        release: z.number().int(),
        isPinned: z.boolean(),
        blocks: z.array(Reason),
        added: z.array(z.string()),
        orphaned: z.array(z.string()),
        dates: z.array(MovedDate),
        statements: z.object({ gained: z.array(z.string()), lost: z.array(z.string()) }),
        messages: z.array(z.object({ to: z.string(), channel: z.string(), about: z.string() })),
      }),
    ),
  })
  .openapi('Effect');
export const TestOutcome = z.object({
  key: z.string(),
  title: z.string(),
  workflow: z.string(),
  passed: z.boolean(),
  failures: z.array(z.string()),
});
const Covered = z.object({
  covered: z.number().int(),
  total: z.number().int(),
  missing: z.array(z.string()).describe('What no test touches, as `workflow/what`.'),
});
export const Coverage = z
  .object({
    nodes: Covered,
    links: Covered,
    branches: Covered,
    rungs: Covered,
    statements: Covered,
    rules: Covered,
    options: Covered,
  })
  .openapi('TestCoverage');
export const Use = z.object({
  document: z.string(),
  title: z.string(),
  pointer: z.string(),
  text: z.string().optional(),
});
export const Register = z.object({
  provisions: z.array(
    z.object({
      provision: z.string(),
      title: z.string(),
      citation: z.string(),
      url: z.string().optional(),
      reviewBy: z.string().optional(),
      isDue: z.boolean(),
      citedBy: z.array(Use),
    }),
  ),
  others: z.array(Use),
  reviews: z.array(z.object({ document: z.string(), title: z.string(), reviewBy: z.string(), isDue: z.boolean() })),
});
export const releasePath = z.object({ number: z.coerce.number().int().min(1) });
export const idPath = z.object({ id: z.string().max(64) });
export const Published = z.object({ number: z.number().int(), digest: z.string() });
