import type { TemplateDocument } from '../../../schemas/ladder.ts';
import { digestOf } from '../compile/digest.ts';

/** Digest of the English texts of a template, by which a variant knows what it translates; the order of the channels is nothing. */
export function templateDigest({ channels }: Pick<TemplateDocument, 'channels'>): string {
  const { email, sms, letter, inApp, webhook } = channels;
  const mail = email ? [email.subject, email.text, email.html ?? null] : null;
  return digestOf([mail, sms ?? null, letter ?? null, inApp ?? null, webhook ?? null]).replace('draft-', '');
}

/** Whether the English texts changed after a variant was written; a variant that does not say what it translates is taken as up to date. */
export function isOutdated(template: TemplateDocument, language: 'cy'): boolean {
  const of = template.translates?.[language];
  return of !== undefined && template.languages[language] !== undefined && of !== templateDigest(template);
}
