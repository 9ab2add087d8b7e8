import { type Database, textOf } from '../db/database.ts';
import { FIRST_ORGANISATION } from '../organisations/organisation-rows.ts';
import type { Service } from '../service.ts';
import { nextWake } from '../timers/ticker.ts';

/** Moves the clock forward through every instant at which something is due, so that facts and messages come in their own time. Throws nothing when it goes back. */
export async function setClock(
  service: Pick<Service, 'clock' | 'organisation' | 'ticker' | 'delivery' | 'control'>,
  target: number,
): Promise<void> {
  const { clock, control } = service;
  const real = Math.floor(Date.now() / 1000);
  await passTimeTo(service, target);
  clock.follow(target - real);
  await control.batch([
    {
      sql: 'INSERT INTO facts (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      args: [offsetKey(service.organisation.id), String(clock.offset())],
    },
  ]);
}

/** Each organisation's preview has a clock of its own. */
const offsetKey = (organisation: string) =>
  organisation === FIRST_ORGANISATION ? 'clockOffset' : `clockOffset:${organisation}`;

/** Seconds that the preview's clock of an organisation is away from real time. */
export async function storedOffset(control: Database, organisation: string): Promise<number> {
  const [row] = await control.query('SELECT value FROM facts WHERE key = ?', [offsetKey(organisation)]);
  return row ? Number(textOf(row, 'value')) : 0;
}

/** Lets time pass to an instant with a living ticker, and leaves the clock standing there. */
export async function passTimeTo(
  { clock, organisation, ticker, delivery }: Pick<Service, 'clock' | 'organisation' | 'ticker' | 'delivery'>,
  target: number,
): Promise<void> {
  let previous = Number.NEGATIVE_INFINITY;
  for (;;) {
    const wake = await nextWake(organisation);
    // A case that stays due after it was woken has nothing to say; time must not stand still for it.
    if (wake === null || wake >= target || wake <= previous) break;
    previous = wake;
    clock.set(Math.max(wake, clock.now()));
    await ticker.runOnce('due');
    await delivery.runOnce();
  }
  clock.set(target);
  await ticker.runOnce();
  await delivery.runOnce();
}
