import type { Configuration } from '../../schemas/configuration.ts';

/** A recipient of a rung as people say it: `the owner`, `Team leader`, `robin@example.org`. */
export function selectorInWords(
  selector: string,
  configuration: Pick<Configuration, 'team'>,
  nameOf: (user: string) => string | undefined = () => undefined,
): string {
  const cut = selector.indexOf(':');
  const kind = cut < 0 ? selector : selector.slice(0, cut);
  const rest = selector.slice(cut + 1);
  const team = Object.hasOwn(configuration.team, rest) ? configuration.team[rest] : undefined;
  switch (kind) {
    case 'owner':
      return 'Owner of the work';
    case 'caseOwner':
      return 'Owner of the case';
    case 'customer':
      return 'Customer';
    case 'manager-of':
      return `Manager of ${selectorInWords(rest, configuration, nameOf).toLowerCase()}`;
    case 'role':
    case 'group':
    case 'stakeholders':
      return team?.title ?? `${rest} (there is no such team)`;
    case 'user':
      return nameOf(rest) ?? rest;
    default:
      return rest;
  }
}

/** The names of channels. */
export const channelWords = {
  email: 'E-mail',
  sms: 'Text message',
  letter: 'Letter',
  inApp: 'In the studio',
  webhook: 'Webhook',
} as const;
