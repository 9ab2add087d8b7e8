import { describe, expect, it } from 'vitest';
import type { TemplateDocument } from '../../../schemas/ladder.ts';
import { applyEdit } from '../../../studio/document/engine.ts';
import {
  insertPlaceholder,
  placeholdersIn,
  setBody,
  unfinishedAt,
} from '../../../studio/template-editor/placeholders.ts';
import { loadHousing } from '../../support/configuration.ts';

const { configuration } = loadHousing();
const template = configuration.template['complaint-acknowledged'] as TemplateDocument;

describe('a placeholder that is being written', () => {
  it.each([
    ['Dear {{', { from: 5, written: '' }],
    ['Dear {{ recip', { from: 5, written: 'recip' }],
    ['Dear {{ recipient.name }}, ', undefined],
    ['Dear {{ recipient.name | up', undefined],
    ['Dear you', undefined],
  ])('%s', (text, expected) => {
    expect(unfinishedAt(text, text.length)).toEqual(expected);
  });

  it('is put in whole: what was begun is closed, what follows stays', () => {
    expect(insertPlaceholder('Dear {{ rec, hello', 11, 'recipient.name')).toEqual({
      text: 'Dear {{ recipient.name }}, hello',
      cursor: 25,
    });
    expect(insertPlaceholder('Dear {{ rec }}, hello', 11, 'link').text).toBe('Dear {{ link }}, hello');
    expect(insertPlaceholder('See ', 4, 'link')).toEqual({ text: 'See {{ link }}', cursor: 14 });
  });
});

describe('a text of a template', () => {
  it('names the placeholders it uses, in filters and conditions too', () => {
    const text = '{{ link }} {{ task.title | upcase }} {% if due.text %}{{due.text}}{% endif %} {{ half';
    expect(placeholdersIn(text)).toEqual(['link', 'task.title', 'due.text']);
  });

  it('declares what it uses in the same step, and only what a message can fill in', () => {
    const command = setBody(template, ['channels', 'letter'], 'See {{ link }} and {{ nothing.known }}');
    const result = applyEdit({ configuration, layouts: {} }, command);
    const after = result.ok ? result.content.configuration.template['complaint-acknowledged'] : undefined;
    expect(after?.channels.letter).toBe('See {{ link }} and {{ nothing.known }}');
    expect(after?.variables).toEqual([...template.variables, 'link']);
  });
});
