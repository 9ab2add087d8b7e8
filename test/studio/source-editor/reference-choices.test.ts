import { describe, expect, it } from 'vitest';
import type { AnyDocument } from '../../../schemas/configuration.ts';
import { choicesAt } from '../../../studio/source-editor/reference-choices.ts';
import { loadHousing } from '../../support/configuration.ts';

const { configuration } = loadHousing();
const workflow = configuration.workflow['HP'] as AnyDocument;
const form = Object.values(configuration.form)[0] as AnyDocument;

/** Keys offered where the bar stands. */
const keysIn = (marked: string, document = workflow) =>
  choicesAt(marked.replace('|', ''), marked.indexOf('|'), document, configuration)?.choices.map(({ key }) => key);

describe('keys offered in the source', () => {
  it.each([
    ['a task', '{"nodes": {"X": {"task": "|"}}}', Object.keys(configuration.task)],
    ['a ladder', '{"ladder": "|"}', Object.keys(configuration.ladder)],
    ['a calendar', '{"calendar": "e|"}', Object.keys(configuration.calendar)],
    ['an owner', '{"ownerRules": {"default": {"to": {"role": "|"}}}}', Object.keys(configuration.team)],
    ['a template', '{"nodes": {"X": {"template": "|"}}}', Object.keys(configuration.template)],
    ['a statement', '{"adviceRules": {"R": {"statements": ["a", "|"]}}}', Object.keys(configuration.advice)],
    ['the end of a link', '{"links": {"L": {"from": "|"}}}', Object.keys(configuration.workflow['HP']?.nodes ?? {})],
    [
      'a node inside a clock',
      '{"clocks": {"C": {"mustContain": ["|"]}}}',
      Object.keys(configuration.workflow['HP']?.nodes ?? {}),
    ],
  ])('are those of %s', (_of, text, keys) => {
    expect(keysIn(text)).toEqual(keys);
  });

  it('are questions, and the options of the question that stands beside them', () => {
    expect(keysIn('{"when": {"op": "is", "of": {"question": "|"}}}')).toContain('leave_by');
    const options = (question: string) =>
      keysIn(`{"when": {"op": "is", "of": {"question": "${question}"}, "value": "|"}}`);
    expect(options('safe')).toEqual(['no_abuse', 'no_other', 'yes']);
    expect(options('arrears')).toEqual(['yes', 'no']);
  });

  it('are none where a title or a number belongs, or in a name', () => {
    expect(keysIn('{"title": "|"}')).toBeUndefined();
    expect(keysIn('{"ti|tle": "x"}')).toBeUndefined();
    expect(keysIn('{"links": {"L": {"order": 1|}}}')).toBeUndefined();
    expect(keysIn('{"links": {"L": {"from": "|"}}}', form)).toBeUndefined();
  });

  it('are offered in text that is broken further on', () => {
    expect(keysIn('{"nodes": {"X": {"task": "|')).toEqual(Object.keys(configuration.task));
  });
});
