import { describe, expect, it } from 'vitest';
import { isOutdated, templateDigest } from '../../../../runtime/engine/notify/translation.ts';
import { TemplateDocument as Template, type TemplateDocument } from '../../../../schemas/ladder.ts';

const english = Template.parse({
  kind: 'template',
  format: 1,
  key: 'a',
  title: 'A',
  purpose: 'customer',
  channels: { email: { subject: 'Your case', text: 'Hello' }, sms: 'Hello' },
  languages: { cy: { sms: 'Helo' } },
  variables: [],
});
const translated: TemplateDocument = { ...english, translates: { cy: templateDigest(english) } };

describe('a translation of a template', () => {
  it('is up to date while the English texts stay, in whatever order they are kept', () => {
    const { email, sms } = english.channels;
    const turned = { ...(sms === undefined ? {} : { sms }), ...(email ? { email } : {}) };
    expect(isOutdated({ ...translated, channels: turned }, 'cy')).toBe(false);
  });

  it('is out of date once an English text changed', () => {
    expect(isOutdated({ ...translated, channels: { ...english.channels, sms: 'Hello there' } }, 'cy')).toBe(true);
  });

  it('is taken as up to date where it does not say what it translates, and where there is none', () => {
    expect(isOutdated({ ...english, channels: { sms: 'Other' } }, 'cy')).toBe(false);
    expect(isOutdated({ ...translated, languages: {}, channels: { sms: 'Other' } }, 'cy')).toBe(false);
  });
});
