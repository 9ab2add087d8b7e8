import type { AnyDocument } from '../../../../schemas/configuration.ts';
import type { Channel } from '../../../../schemas/ladder.ts';
import { defineCommonRule, type RuleFinding } from '../rule.ts';

/** A rung or a communication sends by channels for which its template has a text (N5). */
export const templateChannel = defineCommonRule({
  name: 'template-channel',
  reads: ['template'],
  sees: 'shape',
  codes: [
    {
      code: 'TEMPLATE_WITHOUT_CHANNEL',
      severity: 'error',
      means: 'A rung or a communication sends by a channel for which its template has no text.',
      cure: 'Write the text of that channel or leave the channel out.',
    },
  ],
  check: (document, { configuration }) =>
    sendings(document).flatMap(({ what, template, channel, path }): RuleFinding[] => {
      const found = configuration.template[template];
      if (!found || found.channels[channel] !== undefined) return [];
      const message = `${what} sends by ${channel}, but template ${template} has no ${channel} text. Write one or leave the channel out.`;
      return [{ code: 'TEMPLATE_WITHOUT_CHANNEL', severity: 'error', path, values: { template, channel }, message }];
    }),
});

interface Sending {
  what: string;
  template: string;
  channel: Channel;
  path: string[];
}

function sendings(document: AnyDocument): Sending[] {
  if (document.kind === 'ladder') {
    return Object.entries(document.rungs).flatMap(([key, { channels, template }]) =>
      channels.map((channel) => ({ what: `Rung ${key}`, template, channel, path: ['rungs', key, 'channels'] })),
    );
  }
  if (document.kind === 'service-type') {
    // A letter goes where no e-mail address is known.
    return Object.entries(document.messages ?? {}).flatMap(([event, { template } = { template: '' }]) =>
      (['email', 'letter'] as const).map((channel) => {
        const path = ['messages', event, 'template'];
        return { what: `What is said of ${event}`, template, channel, path };
      }),
    );
  }
  if (document.kind !== 'workflow') return [];
  return Object.entries(document.nodes).flatMap(([key, node]) =>
    node.type === 'communication'
      ? [{ what: key, template: node.template, channel: node.channel, path: ['nodes', key, 'channel'] }]
      : [],
  );
}
