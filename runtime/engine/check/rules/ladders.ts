import type { LadderDocument } from '../../../../schemas/ladder.ts';
import { findCycleGroups } from '../cycle-groups.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

/** A ladder has a fallback (E13), its follow-on rungs come from rungs that exist without a loop, its templates have the channels. */
export const ladders = defineRule({
  name: 'ladders',
  kind: 'ladder',
  reads: ['template'],
  check: (ladder, { configuration }) => [
    ...fallbackFindings(ladder),
    ...followOnFindings(ladder),
    ...channelFindings(ladder, configuration.template),
  ],
});

function fallbackFindings(ladder: LadderDocument): RuleFinding[] {
  if (ladder.fallback.length > 0) return [];
  const message = `Ladder ${ladder.key} has no fallback: a warning that finds nobody would reach nobody. Name a role or a group.`;
  return [{ code: 'LADDER_WITHOUT_FALLBACK', severity: 'error', path: ['fallback'], values: {}, message }];
}

function followOnFindings(ladder: LadderDocument): RuleFinding[] {
  const keys = Object.keys(ladder.rungs);
  const links = keys.flatMap((key) => {
    const after = ladder.rungs[key]?.trigger.after;
    return after === undefined ? [] : [{ from: after, to: key }];
  });
  const missing = Object.entries(ladder.rungs).flatMap(([key, rung]): RuleFinding[] => {
    const path = ['rungs', key, 'trigger'];
    const { on, after } = rung.trigger;
    if (on === 'followOn' && (after === undefined || !keys.includes(after))) {
      return [
        {
          code: 'RUNG_UNKNOWN',
          severity: 'error',
          path: [...path, 'after'],
          values: { rung: key, after: after ?? null },
          message: `Rung ${key} follows on from "${after ?? ''}", which is no rung of this ladder. Choose an earlier rung.`,
        },
      ];
    }
    const waits = on === 'followOn' || on === 'stagnant' || on === 'unassigned' || on === 'notStarted';
    if (!waits || rung.trigger.for) return [];
    return [
      {
        code: 'RUNG_WITHOUT_WAIT',
        severity: 'error',
        path,
        values: { rung: key, on },
        message: `Rung ${key} is triggered by ${on} but does not say after how long. Add "for".`,
      },
    ];
  });
  const loops = findCycleGroups(keys, links).map(({ cycle }): RuleFinding => {
    const message = `These rungs follow one another in a loop: ${[...cycle, cycle[0]].join(' -> ')}. None could ever fire; start one of them from the clock.`;
    return { code: 'LADDER_LOOP', severity: 'error', path: ['rungs', cycle[0] ?? ''], values: { cycle }, message };
  });
  return [...missing, ...loops];
}

function channelFindings(
  ladder: LadderDocument,
  templates: Readonly<Record<string, { channels: object }>>,
): RuleFinding[] {
  return Object.entries(ladder.rungs).flatMap(([key, rung]) =>
    rung.channels.flatMap((channel): RuleFinding[] => {
      const template = templates[rung.template];
      if (!template || Object.hasOwn(template.channels, channel)) return [];
      const message = `Rung ${key} sends by ${channel}, but template ${rung.template} has no ${channel} text. Write one or leave the channel out.`;
      return [
        {
          code: 'TEMPLATE_WITHOUT_CHANNEL',
          severity: 'error',
          path: ['rungs', key, 'channels'],
          values: { template: rung.template, channel },
          message,
        },
      ];
    }),
  );
}
