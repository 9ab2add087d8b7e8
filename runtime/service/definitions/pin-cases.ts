import type { Organisation } from '../organisation.ts';
import { commandOf, type Sender } from './draft-store.ts';

/** Keeps cases where they are, or lets them go again: `move all` passes pinned ones by (R5). */
export async function pinCases(
  organisation: Organisation,
  options: { cases: readonly string[]; pinned: boolean; reason: string },
  sender: Sender,
): Promise<void> {
  const streams = options.cases.map((id) => `pin:${id}`);
  await organisation.pump.submit({
    ...commandOf(sender, organisation, 'pinCases'),
    streams,
    decide: () => ({
      moves: streams.map((stream) => ({ stream, kind: 'pin', by: 1 })),
      events: [],
      rows: options.cases.map((id) => ({
        table: 'case_pins',
        values: {
          case_id: id,
          pinned: options.pinned ? 1 : 0,
          pinned_by: sender.actor,
          pinned_at: organisation.clock.now(),
          reason: options.reason,
        },
      })),
      response: null,
    }),
  });
}
