import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { LadderDocument, Rung, RungAction, Trigger } from '../../schemas/ladder.ts';
import { strategyInWords } from '../words/owner-words.ts';
import { periodInWords } from '../words/period-words.ts';
import { selectorInWords } from '../words/selector-words.ts';

type On = Trigger['on'];

/** What a rung may follow, in the words of the list it is chosen from. */
export const triggerWords: Readonly<Record<On, string>> = {
  warning: 'Amber warning',
  breached: 'Target exceeded',
  clockEnd: 'End of the clock',
  followOn: 'After another rung',
  stagnant: 'Nothing done',
  unassigned: 'Nobody owns it',
  notStarted: 'Not started',
  pausedTooLong: 'Paused past its review',
};

/** Triggers that mean something on what a ladder watches. */
export function triggersFor(subject: LadderDocument['subject']): readonly On[] {
  return subject === 'clock'
    ? ['clockEnd', 'followOn']
    : ['warning', 'breached', 'followOn', 'stagnant', 'unassigned', 'notStarted', 'pausedTooLong'];
}

/** `2 working days after the target is exceeded`. */
export function triggerInWords(trigger: Trigger): string {
  const wait = trigger.for ? periodInWords(trigger.for) : 'at once';
  switch (trigger.on) {
    case 'warning':
      return `${offsetInWords(trigger)} the amber warning`;
    case 'breached':
      return `${offsetInWords(trigger)} the target is exceeded`.replace('at the target', 'when the target');
    case 'clockEnd':
      return `${offsetInWords(trigger)} the end of the clock`;
    case 'followOn':
      return `${wait === 'at once' ? wait : `${wait} later`} after rung ${trigger.after ?? '?'}${
        trigger.mode === 'stagnant' ? ', counted again from each activity' : ', while it is outstanding'
      }`;
    case 'stagnant':
      return `after ${wait} without activity`;
    case 'unassigned':
      return `after ${wait} without an owner`;
    case 'notStarted':
      return `after ${wait} without a start`;
    case 'pausedTooLong':
      return trigger.for ? `${wait} after the review date of a pause` : 'at the review date of a pause';
  }
}

function offsetInWords({ offset }: Trigger): string {
  if (!offset || offset.value === 0) return 'at';
  const length = periodInWords({ value: Math.abs(offset.value), unit: offset.unit });
  return `${length} ${offset.value < 0 ? 'before' : 'after'}`;
}

/** What a rung does beside telling people. */
export function actionInWords(action: RungAction, configuration: Configuration): string {
  switch (action.do) {
    case 'notify':
      return 'tell the recipients';
    case 'reassign':
      return `give the work to ${
        typeof action.to === 'string'
          ? selectorInWords(action.to, configuration).toLowerCase()
          : strategyInWords(action.to, configuration)
      }`;
    case 'raisePriority':
      return 'raise the priority';
    case 'addTask':
      return `add task ${action.node}`;
    case 'webhook':
      return `call ${action.url}`;
    case 'note':
      return 'write a note';
    case 'setFlag':
      return `set flag ${action.flag}`;
  }
}

/** Who hears and what is done, in one line. */
export function rungInShort(rung: Rung, configuration: Configuration): string {
  const people = rung.to.map((selector) => selectorInWords(selector, configuration)).join(', ') || 'nobody';
  const others = rung.actions.filter((action) => action.do !== 'notify');
  const tells = rung.actions.length === 0 || others.length < rung.actions.length;
  const done = others.map((action) => actionInWords(action, configuration));
  return [...(tells ? [`tells ${people}`] : []), ...done].join('; ');
}

/** Rungs in their order. */
export function rungsOf(ladder: LadderDocument): (Rung & { key: string })[] {
  return inOrder(ladder.rungs);
}
