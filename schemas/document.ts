import { z } from 'zod';
import { Key, LocalDate } from './ids.ts';
import { FORMAT } from './kinds.ts';

export { inOrder, keysInOrder } from './in-order.ts';
export { FORMAT };

/** Values of attributes an organisation defined itself in its settings. */
export const Attributes = z
  .record(Key, z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
  .describe("The organisation's own attributes, as defined in its settings.");

/** The fields every document has. */
export function documentFields<const K extends string>(kind: K) {
  return {
    kind: z.literal(kind).describe('Kind of document.'),
    format: z.literal(FORMAT).describe('Format number of this kind of document.'),
    key: Key,
    title: z.string().min(1).max(200).describe('Title people see.'),
    description: z.string().max(10_000).optional().describe('What it is for.'),
    effectiveFrom: LocalDate.optional().describe('First date it is in effect, inclusive.'),
    effectiveTo: LocalDate.optional().describe('Last date it is in effect, inclusive.'),
    attributes: Attributes.optional(),
  };
}

/** Markdown subset; the allowed tree is checked where it is rendered. */
export const Markdown = z.string().max(200_000).describe('Markdown: headings, paragraphs, lists, links, emphasis.');

/** Where an entry stands among its neighbours: ascending, ties by key. */
export const Order = z.number().describe('Position among its neighbours, ascending.');
