import { IconAlertTriangle } from '@tabler/icons-react';
import type { Channel, TemplateDocument } from '../../schemas/ladder.ts';
import { renderTemplate } from '../document/time-engine.ts';
import { type SampleValues, sampleScope } from './sample-values.ts';
import { SmsMeter } from './sms-meter.tsx';
import classes from './template-editor.module.css';

export interface MessagePreviewProps {
  template: TemplateDocument;
  channel: Channel;
  language: 'en' | 'cy';
  sample: SampleValues;
  zone: string;
  organisation: string;
}

/** A message as its reader sees it, made by the function that makes real ones. */
export function MessagePreview({ template, channel, language, sample, zone, organisation }: MessagePreviewProps) {
  const scope = sampleScope(template.purpose, sample, zone);
  const rendered = renderTemplate(template, channel, language, scope, zone);
  const line = rendered.subject ?? renderTemplate(template, 'email', language, scope, zone).subject;
  return (
    <div lang={language} className={classes['preview']}>
      {rendered.failed ? (
        <p className={classes['failed']}>
          <IconAlertTriangle size={14} aria-hidden="true" /> This cannot be filled in ({rendered.failed.split('\n')[0]}
          ). Until it is put right these plain words are sent:
        </p>
      ) : null}
      <Sheet
        channel={channel}
        subject={rendered.subject}
        line={line}
        text={rendered.text}
        to={sample.recipientName}
        from={organisation}
      />
      {rendered.html === null || channel !== 'email' ? null : (
        <details>
          <summary>The HTML part, as it is sent</summary>
          <pre className={classes['code']}>{rendered.html}</pre>
        </details>
      )}
      {channel === 'sms' ? <SmsMeter text={rendered.text} /> : null}
      {channel === 'webhook' ? <JsonNote text={rendered.text} /> : null}
    </div>
  );
}

function Sheet({
  channel,
  subject,
  line,
  text,
  to,
  from,
}: {
  channel: Channel;
  subject: string | null;
  line: string | null;
  text: string;
  to: string;
  from: string;
}) {
  switch (channel) {
    case 'email':
      return (
        <div className={classes['email']}>
          <dl>
            <dt>From</dt>
            <dd>{from}</dd>
            <dt>To</dt>
            <dd>{to}</dd>
            <dt>Subject</dt>
            <dd>
              <b>{subject}</b>
            </dd>
          </dl>
          <pre>{text}</pre>
        </div>
      );
    case 'sms':
      return <pre className={classes['bubble']}>{text}</pre>;
    case 'letter':
      return (
        <div className={classes['sheet']}>
          <p className={classes['sender']}>{from}</p>
          <p>{to}</p>
          <pre>{text}</pre>
        </div>
      );
    case 'inApp':
      return (
        <div className={classes['inbox']}>
          <b>{line ?? text}</b>
          <p>{text}</p>
        </div>
      );
    case 'webhook':
      return <pre className={classes['code']}>{text}</pre>;
  }
}

function JsonNote({ text }: { text: string }) {
  try {
    JSON.parse(text);
    return <p className={classes['meter']}>This is JSON, as most receivers expect.</p>;
  } catch {
    return <p className={classes['meter']}>This is not JSON: make sure that the receiver expects plain text.</p>;
  }
}
