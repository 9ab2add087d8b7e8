import type { TemplateDocument } from '../../../schemas/ladder.ts';
import { toMessageScope, toOfferScope } from './render.ts';

const facts = { recipientName: '', link: '', zone: 'Europe/London' };

/** Every path the sender fills in, read off the scope it makes. */
const messagePaths = leaves(
  toMessageScope({ variables: {} } as Parameters<typeof toMessageScope>[0], { reference: '', ...facts }),
  '',
);

/** The same for messages about offers. */
const offerPaths = leaves(toOfferScope({ resourceTitle: '', place: '', expiresAt: 0, ...facts }), '');

/** The placeholders that a message of this purpose can fill in (N3). */
export function placeholdersOf(purpose: TemplateDocument['purpose']): readonly string[] {
  return purpose === 'offer' ? offerPaths : messagePaths;
}

function leaves(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, path === '' ? key : `${path}.${key}`));
}
