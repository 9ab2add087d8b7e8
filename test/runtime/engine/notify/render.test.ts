import { describe, expect, it } from 'vitest';
import {
  renderTemplate,
  toDateTimeText,
  toDurationText,
  toMessageScope,
} from '../../../../runtime/engine/notify/render.ts';
import { TemplateDocument } from '../../../../schemas/ladder.ts';

const zone = 'Europe/London';
const template = (channels: object, languages: object = {}) =>
  TemplateDocument.parse({
    kind: 'template',
    format: 1,
    key: 't',
    title: 't',
    purpose: 'escalation',
    channels,
    languages,
    variables: [],
  });
const scope = {
  recipient: { name: 'Ann <b>' },
  case: { reference: 'C-1', workflow: 'Homelessness prevention' },
  task: { title: 'Triage call' },
  due: { text: 'Wed 6 Jan 2027, 17:00' },
  link: 'http://127.0.0.1/c/1',
};

describe('a template', () => {
  it('is rendered with its variables, escaped in HTML alone, its subject on one line', () => {
    const email = {
      subject: 'Due:\n{{ task.title }}',
      text: 'Dear {{ recipient.name }}',
      html: '<p>{{ recipient.name }}</p>',
    };
    expect(renderTemplate(template({ email }), 'email', 'en', scope, zone)).toEqual({
      subject: 'Due: Triage call',
      text: 'Dear Ann <b>',
      html: '<p>Ann &lt;b&gt;</p>',
      failed: null,
    });
  });

  it('is taken in the language asked for, else in English', () => {
    const both = template({ sms: 'Hello' }, { cy: { sms: 'Helo' } });
    expect(renderTemplate(both, 'sms', 'cy', scope, zone).text).toBe('Helo');
    expect(renderTemplate(template({ sms: 'Hello' }), 'sms', 'cy', scope, zone).text).toBe('Hello');
  });

  it.each([
    ['that names an unknown variable', '{{ secret }}'],
    ['that uses an unknown filter', '{{ link | explode }}'],
    ['that reaches for a prototype', '{{ task.constructor.name }}'],
    ['that is not closed', '{% if link %}'],
    ['that loops without end', '{% for i in (1..100000000) %}x{% endfor %}'],
  ])('%s never loses the message: the plain text goes instead (N5)', (_, body) => {
    const rendered = renderTemplate(template({ sms: body }), 'sms', 'en', scope, zone);
    expect(rendered.text).toBe('Triage call, case C-1. Due: Wed 6 Jan 2027, 17:00. http://127.0.0.1/c/1');
    expect(rendered.failed).not.toBeNull();
  });

  it('that does not exist, or has no such channel, gives the plain text', () => {
    expect(renderTemplate(undefined, 'sms', 'en', scope, zone).failed).toBe('the template does not exist');
    expect(renderTemplate(template({ sms: 'x' }), 'email', 'en', scope, zone).failed).toMatch(/no email body/);
  });
});

describe('the words of a message', () => {
  it('are written in the zone of the organisation', () => {
    const at = Date.parse('2027-06-01T16:00:00Z') / 1000;
    expect(toDateTimeText(at, zone)).toBe('Tue 1 Jun 2027, 17:00');
    expect([toDurationText(0), toDurationText(3600), toDurationText(12_060)]).toEqual([
      '0 minutes',
      '1 hour',
      '3 hours 21 minutes',
    ]);
  });

  it('hold what the event says and what only the sender knows', () => {
    const message = {
      messageId: 'm',
      item: 'task:A' as const,
      firing: null,
      rung: 'amber',
      to: 'ann',
      channel: 'inApp' as const,
      template: 't',
      language: 'en' as const,
      urgent: false,
      variables: { case: { workflow: 'W' }, task: { title: 'T' }, due: { at: null }, overdue: { seconds: 60 } },
    };
    expect(toMessageScope(message, { reference: 'C-1', recipientName: 'Ann', link: 'L', zone })).toEqual({
      recipient: { name: 'Ann' },
      case: { workflow: 'W', reference: 'C-1' },
      task: { title: 'T' },
      clock: { title: '', onEnd: '', source: '' },
      due: { text: 'with no date' },
      overdue: { text: '1 minute' },
      link: 'L',
    });
  });
});
