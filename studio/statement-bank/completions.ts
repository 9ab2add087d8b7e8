import type { Configuration } from '../../schemas/configuration.ts';
import { packValues } from '../document/engine.ts';

/** Something advice text may fill in. */
export interface Placeholder {
  text: string;
  says: string;
}

/** What advice text may fill in: values of every pack, and the agencies. */
export function placeholdersOf(configuration: Configuration): Placeholder[] {
  return [
    ...packValues.map((name) => ({ text: `{{${name}}}`, says: valueWords[name] ?? name })),
    ...Object.values(configuration.agency).map(({ key, title }) => ({ text: `{{agency:${key}}}`, says: title })),
  ];
}

const valueWords: Readonly<Record<string, string>> = {
  caseRef: 'Reference of the case',
  customerName: 'Name of the customer',
  organisation: 'Name of the organisation',
  caseworker: 'Name of the caseworker',
  asAt: 'Date of the advice',
  contactPhone: 'Telephone of the organisation',
  contactEmail: 'E-mail of the organisation',
};

/** Placeholders that go on from what is typed before the caret; none when no placeholder is begun there. */
export function completionsAt(text: string, caret: number, all: readonly Placeholder[]): Placeholder[] {
  const begun = /\{\{\s*([A-Za-z0-9_.:-]*)$/.exec(text.slice(0, caret))?.[1];
  if (begun === undefined) return [];
  const wanted = begun.toLowerCase();
  const begins = all.filter(({ text: name }) => name.slice(2).toLowerCase().startsWith(wanted));
  const says = all.filter((one) => !begins.includes(one) && one.says.toLowerCase().includes(wanted));
  return [...begins, ...says].slice(0, 8);
}
