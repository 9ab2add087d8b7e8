import { IconUserOff } from '@tabler/icons-react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { DeadSelector } from '../document/time-engine.ts';
import { selectorInWords } from '../words/selector-words.ts';
import classes from './ladder-designer.module.css';

const why: Readonly<Record<DeadSelector['why'], string>> = {
  unknownTeam: 'was deleted',
  noMember: 'has no member',
  allAway: 'is away today and nobody covers',
  unknownPerson: 'is not in the directory',
  noManager: 'is not known: put down who manages whom',
  addressNotAllowed: 'is not in an allowed domain (settings)',
  noOwner: 'is nobody',
};

/** Recipients that reach nobody as the organisation stands today. */
export function DeadEnds({
  dead,
  configuration,
  onOpen,
}: {
  dead: readonly DeadSelector[];
  configuration: Configuration;
  onOpen: (rung: string) => void;
}) {
  if (dead.length === 0) return null;
  return (
    <ul className={classes['dead']} aria-label="Recipients who reach nobody">
      {dead.map(({ rung, selector, why: reason }) => (
        <li key={`${rung} ${selector}`}>
          <IconUserOff size={14} aria-hidden="true" />
          <span>
            <b>{selectorInWords(selector, configuration)}</b> {why[reason]}
            {rung === null ? ', in the fallback of the ladder.' : ', in rung '}
            {rung === null ? null : (
              <button type="button" className={classes['asLink']} onClick={() => onOpen(rung)}>
                {rung}
              </button>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
