import type { AnyDocument, Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';

/** What a document could say and does not say yet, in a word or two each; nothing of it is a mistake. */
export function missingIn(document: AnyDocument, configuration: Configuration): string[] {
  const settings = Object.values(configuration.settings);
  const attributes = settings
    .flatMap(({ attributeDefinitions }) => inOrder(attributeDefinitions))
    .filter(({ kinds, required }) => required && kinds.includes(document.kind))
    .filter(({ key }) => isEmpty(document.attributes?.[key]));
  const isBilingual = settings.some(({ languages }) => languages.includes('cy'));
  return [...ownOf(document, isBilingual), ...attributes.map(({ label }) => label)];
}

function ownOf(document: AnyDocument, isBilingual: boolean): string[] {
  switch (document.kind) {
    case 'task':
      return [...when(!document.instructions, 'instructions'), ...when(isEmpty(document.ownerRules), 'owner')];
    case 'workflow':
      return [
        ...when(document.audience === 'customer' && !document.form, 'form'),
        ...when(isEmpty(document.outcomes), 'outcomes'),
      ];
    case 'form':
      return [...when(!document.startPage, 'start page'), ...when(!document.declaration, 'declaration')];
    case 'agency':
      return [
        ...when(!document.phone && !document.email && !document.url, 'contact'),
        ...when(isEmpty(document.services), 'services'),
      ];
    case 'provision':
      return [...when(!document.url, 'link'), ...when(!document.reviewBy, 'review date')];
    case 'template':
      return when(isBilingual && document.languages.cy === undefined, 'Welsh');
    case 'ladder':
      return when(isEmpty(document.rungs), 'rungs');
    case 'service-type':
      return [...when(!document.interestForm, 'interest form'), ...when(document.capacity === undefined, 'capacity')];
    case 'settings':
      return when(isEmpty(document.contacts), 'contacts');
    case 'test':
      return when(!document.expect && !document.outcome && !document.script, 'what it expects');
    case 'advice':
      return [...when(!document.source, 'source'), ...when(!document.reviewBy, 'review date')];
    case 'calendar':
      return when(!document.alwaysOpen && isEmpty(document.weekly), 'opening hours');
    case 'question':
    case 'team':
    case 'topic':
      return [];
  }
}

function when(isMissing: boolean, what: string): string[] {
  return isMissing ? [what] : [];
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === '') return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
