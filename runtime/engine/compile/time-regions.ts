import { inOrder } from '../../../schemas/document.ts';
import type { LadderDocument, Rung } from '../../../schemas/ladder.ts';
import type { Sla } from '../../../schemas/period.ts';
import { clockRegion, rungRegion } from '../run/regions.ts';
import type { MachineState, Named } from './compiled-workflow.ts';
import { named, stay, to } from './states.ts';

/** One region a clock: onTrack, amber, exceeded (T8, C8). */
export function clockRegions(slas: Readonly<Record<string, Sla>>): Record<string, MachineState> {
  return Object.fromEntries(Object.entries(slas).map(([clock, sla]) => [clockRegion(clock), clockStates(clock, sla)]));
}

function clockStates(clock: string, sla: Sla): MachineState {
  const amber = to('amber', [named('recordFact')]);
  const exceeded = to('exceeded', [named('recordFact')]);
  const onTrack = to('onTrack');
  const { value, unit } = sla.target;
  return {
    initial: 'onTrack',
    description: `${clock}: ${value} ${unit}${sla.pausable === false ? ', never paused' : ''}`,
    states: {
      onTrack: { on: { [`AMBER.${clock}`]: [amber], [`BREACHED.${clock}`]: [exceeded] } },
      amber: { on: { [`BREACHED.${clock}`]: [exceeded], [`ON_TRACK.${clock}`]: [onTrack] } },
      exceeded: { on: { [`ON_TRACK.${clock}`]: [onTrack], [`AMBER.${clock}`]: [amber] } },
    },
  };
}

/** The ladder's own state and one region a rung: armed, then fired as often as its repeat allows (E5). */
export function ladderRegions(ladder: LadderDocument | null): Record<string, MachineState> {
  if (!ladder) return {};
  const rungs = inOrder(ladder.rungs).map((rung) => [rungRegion(rung.key), rungStates(rung.key, rung, ladder)]);
  return { ladder: ladderStates(ladder), ...Object.fromEntries(rungs) };
}

function ladderStates(ladder: LadderDocument): MachineState {
  const ended = to('ended');
  const open = { LADDER_ENDED: [ended], LADDER_EXHAUSTED: [to('exhausted')], LADDER_FROZEN: [to('frozen')] };
  const held = to('held', [named('deferFirings', { holdFor: ladder.ack.holdFor })]);
  return {
    initial: 'off',
    description: ladder.title,
    states: {
      off: { on: { LADDER_ARMED: [to('armed')] } },
      armed: { on: { ...open, LADDER_FIRED: [to('waiting')], LADDER_HELD: [held] } },
      waiting: { on: { ...open, LADDER_FIRED: [stay([named('record')])], LADDER_HELD: [held] } },
      held: { on: { ...open, LADDER_FIRED: [to('waiting')], LADDER_HELD: [held], LADDER_RELEASED: [to('waiting')] } },
      frozen: {
        on: {
          LADDER_ENDED: [ended],
          LADDER_RELEASED: [to('waiting')],
          LADDER_FIRED: [stay([named('record')])],
          LADDER_HELD: [stay([named('deferFirings', { holdFor: ladder.ack.holdFor })])],
          // The last rung may be the one about a pause that lasts too long (E6).
          LADDER_EXHAUSTED: [to('exhausted')],
        },
      },
      exhausted: { on: { LADDER_ENDED: [ended], LADDER_ARMED: [to('armed')], LADDER_FIRED: [to('waiting')] } },
      ended: { on: { LADDER_ARMED: [to('armed')] } },
    },
  };
}

function rungStates(key: string, rung: Rung, ladder: LadderDocument): MachineState {
  const actions = rungActions(rung, ladder);
  const again = named('firedAtMost', { max: rung.repeat?.max ?? 1 });
  return {
    initial: 'armed',
    description: `on ${rung.trigger.on}`,
    states: {
      armed: { on: { [`FIRE.${key}`]: [to('fired', actions)] } },
      fired: { on: { [`FIRE.${key}`]: [stay(actions, again)] } },
    },
  };
}

/** What a rung does, in order; an empty list means notify (E14). */
function rungActions(rung: Rung, ladder: LadderDocument): Named[] {
  const notify = named('notify', {
    channels: rung.channels,
    template: rung.template,
    urgent: rung.urgent ?? ladder.urgent ?? false,
  });
  const listed = rung.actions.map((action) => {
    const { do: type, ...params } = action;
    return type === 'notify' ? notify : named(type, params);
  });
  return listed.length === 0 ? [notify] : listed;
}
