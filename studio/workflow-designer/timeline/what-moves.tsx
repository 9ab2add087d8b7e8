import { IconAlertTriangle, IconArrowRight, IconCircleCheck } from '@tabler/icons-react';
import type { PlanMoves } from '../../document/engine.ts';
import { dateInWords, daysBetween } from '../../words/date-words.ts';
import { spanInShort } from './chart-rows.ts';
import classes from './timeline.module.css';

const MOST = 6;

/** What a change moves: the finish before and after, targets won and lost, and each task whose dates change. */
export function WhatMoves({ moves, titleOf }: { moves: PlanMoves; titleOf: (node: string) => string }) {
  const { moved, targets } = moves;
  return (
    <div className={classes['moves']}>
      <p>{finishInWords(moves)}</p>
      {targets.map(({ title, missed, byDays }) => (
        <p key={title} data-missed={missed}>
          {missed ? (
            <IconAlertTriangle size={14} aria-hidden="true" />
          ) : (
            <IconCircleCheck size={14} aria-hidden="true" />
          )}{' '}
          {title}: {missed ? `would be missed by ${byDays} day${byDays === 1 ? '' : 's'}` : 'would be kept'}
        </p>
      ))}
      {moved.length > 0 ? (
        <ul>
          {moved.slice(0, MOST).map(({ key, start, finish }) => (
            <li key={key}>
              <span className={classes['movedTitle']}>
                <b>{key}</b> {titleOf(key)}
              </span>
              <span className={classes['movedDates']}>
                <s>{spanInShort(start[0], finish[0])}</s>
                <IconArrowRight size={12} aria-label="becomes" role="img" />
                {spanInShort(start[1], finish[1])}
              </span>
            </li>
          ))}
          {moved.length > MOST ? <li>and {moved.length - MOST} more</li> : null}
        </ul>
      ) : null}
    </div>
  );
}

/** `Finish 9 Mar 2027, 2 days later`. */
export function finishInWords({ finish: [before, after], moved }: PlanMoves): string {
  const days = daysBetween(before, after);
  const size = `${Math.abs(days)} day${Math.abs(days) === 1 ? '' : 's'}`;
  const count =
    moved.length === 0 ? 'Nothing moves' : `${moved.length} ${moved.length === 1 ? 'bar moves' : 'bars move'}`;
  if (days === 0) return `${count}; the plan still finishes ${dateInWords(after)}.`;
  return `${count}; the plan finishes ${dateInWords(after)}, ${size} ${days > 0 ? 'later' : 'earlier'} than ${dateInWords(before)}.`;
}
