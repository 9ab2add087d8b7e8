import { describe, expect, it } from 'vitest';
import { fromIsoText, toIsoText } from '../../../../runtime/engine/calendar/iso.ts';
import {
  bundleMessages,
  type OutgoingMessage,
  releaseAt,
  whyDropped,
} from '../../../../runtime/engine/ladder/digest.ts';
import { calendarOf } from '../clock/scenario.ts';

const notify = calendarOf('EW-notify');

function message(item: string, sendAt: number, more: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return { to: 'ann', channel: 'email', item, urgent: false, isForCustomer: false, sendAt, ...more };
}

function shape(messages: readonly OutgoingMessage[]): string[] {
  return bundleMessages(messages).map((delivery) =>
    delivery.kind === 'single' ? delivery.message.item : `[${delivery.messages.map(({ item }) => item).join(' ')}]`,
  );
}

describe('storms', () => {
  it('leaves three messages in five minutes alone and bundles four (D7)', () => {
    const three = ['a', 'b', 'c'].map((item, position) => message(item, position * 100));
    expect(shape(three)).toEqual(['a', 'b', 'c']);
    expect(shape([...three, message('d', 299)])).toEqual(['[a b c d]']);
    expect(shape([...three, message('d', 300)])).toEqual(['a', 'b', 'c', 'd']);
  });

  it('keeps people and channels apart and never bundles for a customer (D7, N13)', () => {
    const mixed = ['a', 'b', 'c', 'd'].flatMap((item) => [
      message(item, 0),
      message(item, 0, { channel: 'sms', isForCustomer: true }),
    ]);
    expect(shape(mixed)).toEqual(['[a b c d]', 'a', 'b', 'c', 'd']);
    expect(shape(['a', 'b', 'c', 'd'].map((item) => message(item, 0, { to: item })))).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('quiet hours', () => {
  it('hold what is not urgent to the next opening (N11)', () => {
    const night = fromIsoText('2026-04-02T20:00:00Z');
    expect(toIsoText(releaseAt(night, false, notify))).toBe('2026-04-07T07:00:00Z');
    expect(releaseAt(night, true, notify)).toBe(night);
    const noon = fromIsoText('2026-04-02T11:00:00Z');
    expect(releaseAt(noon, false, notify)).toBe(noon);
  });

  it('check again at the release (E8, E10)', () => {
    expect(whyDropped({ to: 'ann' }, { isOpen: false, recipientsNow: ['ann'] })).toBe('closed');
    expect(whyDropped({ to: 'ann' }, { isOpen: true, recipientsNow: ['ben'] })).toBe('recipientChanged');
    expect(whyDropped({ to: 'ann' }, { isOpen: true, recipientsNow: ['ann'] })).toBeNull();
  });
});
