import { IconDeviceMobileMessage } from '@tabler/icons-react';
import { measureSms } from '../document/time-engine.ts';
import { Badge } from '../ui/badge.tsx';
import classes from './template-editor.module.css';

/** How a text message is counted and charged, as it is filled in. */
export function SmsMeter({ text }: { text: string }) {
  const { alphabet, units, segments, left, foreign } = measureSms(text);
  return (
    <p className={classes['meter']}>
      <Badge tone={segments > 1 ? 'amber' : 'good'} icon={<IconDeviceMobileMessage size={13} />}>
        {segments === 0 ? 'Empty' : segments === 1 ? '1 message' : `Sent as ${segments} messages`}
      </Badge>{' '}
      {units} {alphabet === 'GSM-7' ? 'characters (GSM-7)' : 'characters (UCS-2)'}, {left} left in{' '}
      {segments > 1 ? 'the last' : 'it'}.
      {foreign.length > 0 ? (
        <span>
          {' '}
          {foreign.map((one) => (
            <code key={one}>{one} </code>
          ))}
          {foreign.length === 1 ? 'makes' : 'make'} each message hold 70 instead of 160: leave{' '}
          {foreign.length === 1 ? 'it' : 'them'} out where the language allows.
        </span>
      ) : null}
    </p>
  );
}
