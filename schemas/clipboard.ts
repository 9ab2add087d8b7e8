import { z } from 'zod';
import { Condition } from './condition.ts';
import { Key } from './ids.ts';
import { CLIPBOARD_FORMAT, CLIPBOARD_MARK } from './kinds.ts';
import { Link, WorkflowNode } from './workflow.ts';

/** Nodes with what they need of their workflow, as text on a clipboard. */
export const ClipboardNodes = z
  .strictObject({
    lintel: z.literal(CLIPBOARD_MARK).describe('What this is.'),
    format: z.literal(CLIPBOARD_FORMAT),
    from: z.strictObject({ workflow: z.string(), title: z.string() }).describe('The workflow they were copied from.'),
    nodes: z.record(Key, WorkflowNode),
    links: z.record(Key, Link).describe('The links among them.'),
    positions: z.record(Key, z.strictObject({ x: z.number(), y: z.number() })),
    lanes: z.record(Key, z.strictObject({ order: z.number(), title: z.string().max(200) })),
    outcomes: z.record(Key, z.strictObject({ order: z.number(), label: z.string().max(200) })),
    namedConditions: z.record(Key, z.strictObject({ title: z.string().max(200), when: Condition })),
    documents: z.record(z.string(), z.unknown()).describe('Documents they name, by kind/key.'),
  })
  .describe('Tasks on a clipboard.');
export type ClipboardNodes = z.infer<typeof ClipboardNodes>;
