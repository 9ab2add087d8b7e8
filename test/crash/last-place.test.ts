import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { callService as call, type ServiceProcess, startServe } from './serve-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'lintel-places-'));
const rounds = Number(process.env.LINTEL_CRASH_ROUNDS ?? 2);
const RACERS = 8;
let running: ServiceProcess | undefined;

afterAll(async () => {
  await running?.kill();
  rmSync(folder, { recursive: true, force: true });
});

interface Made {
  events: { type: string; id?: string }[];
}

/** A resource with one place and an open offer of it to each of many. */
async function openRace(service: ServiceProcess): Promise<{ resource: string; offers: string[] }> {
  const made = await call(service, '/v1/resources', {
    serviceType: 'TRAINING',
    title: 'One place',
    capacity: 1,
    startsOn: '2039-01-10',
    endsOn: '2039-01-20',
  });
  const { resourceId: resource } = made.body as { resourceId: string };
  const send = async (command: object, type: string) => {
    const { status, body } = await call(service, `/v1/resources/${resource}/commands`, { command });
    expect(status, JSON.stringify(body)).toBe(200);
    return (body as unknown as Made).events.find((event) => event.type === type)?.id ?? '';
  };
  const offers: string[] = [];
  for (let n = 0; n < RACERS; n++) {
    const interest = await call(service, '/v1/interests', {
      resource,
      customer: { name: `Racer ${n}` },
      answers: {},
      allowIncomplete: true,
    });
    const { interestId } = interest.body as { interestId: string };
    const match = await send({ type: 'matchInterest', interest: interestId }, 'interestMatched');
    offers.push(await send({ type: 'makeOffer', match }, 'offerMade'));
  }
  return { resource, offers };
}

describe('the last place of a resource while the service is killed', () => {
  it('belongs to exactly one of those who accepted at once, and every acknowledgement holds after the restart', {
    timeout: 240_000,
  }, async () => {
    running = await startServe(folder);
    for (let round = 0; round < rounds; round++) {
      const { resource, offers } = await openRace(running);
      const accept = (service: ServiceProcess, offer: string) =>
        call(
          service,
          `/v1/resources/${resource}/commands`,
          { command: { type: 'acceptOffer', offer } },
          `accept-${offer}`,
        );
      const { origin } = running;
      const racing = offers.map((offer) =>
        accept(running as ServiceProcess, offer).then(
          ({ status }) => ({ offer, status }),
          () => ({ offer, status: 0 }),
        ),
      );
      await new Promise((resolve) => setTimeout(resolve, round * 12));
      await running.kill();
      const before = await Promise.all(racing);
      running = await startServe(folder);
      expect(running.origin).not.toBe(origin);

      // Sent again under the same key: whoever was told yes is told yes, everybody else no.
      const after = [];
      for (const { offer } of before) after.push({ offer, status: (await accept(running, offer)).status });
      const winners = after.filter(({ status }) => status === 200).map(({ offer }) => offer);
      expect(winners).toHaveLength(1);
      expect(after.filter(({ status }) => status === 409)).toHaveLength(RACERS - 1);
      for (const { offer, status } of before) if (status === 200) expect(winners).toEqual([offer]);

      const page = (await call(running, `/v1/resources/${resource}`)).body as {
        resource: { taken: number };
        offers: { id: string; state: string }[];
        interests: { state: string }[];
      };
      expect(page.resource.taken).toBe(1);
      expect(page.offers.filter(({ state }) => state === 'secured').map(({ id }) => id)).toEqual(winners);
      expect(page.interests.filter(({ state }) => state === 'secured')).toHaveLength(1);
      const { events } = (await call(running, `/v1/resources/${resource}/events`)).body as {
        events: { seq: number }[];
      };
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    }
    expect(await running.stop()).toBe(0);
    running = undefined;
  });
});
