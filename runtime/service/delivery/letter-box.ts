import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel, Outgoing } from './channel.ts';
import { renderLetterPdf } from './letter-pdf.ts';

/** Puts messages as files into a folder: letters for the print room, and every channel that no provider is set up for. */
export function createLetterBox(folder: string, organisationName: () => Promise<string>): Channel {
  mkdirSync(folder, { recursive: true });
  return {
    async send(outgoing) {
      const name = outgoing.id.replaceAll(/[^A-Za-z0-9_-]/g, '_');
      // One file a message, named by its id: a second sending after a crash writes the same file.
      write(folder, `${name}.json`, `${JSON.stringify(toLetter(outgoing), null, 2)}\n`);
      write(folder, `${name}.txt`, toText(outgoing));
      if (outgoing.message.channel === 'letter')
        write(folder, `${name}.pdf`, renderLetterPdf(outgoing, await organisationName()));
      return { reference: `letter-box:${name}` };
    },
  };
}

function write(folder: string, name: string, content: string | Uint8Array): void {
  const file = join(folder, name);
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}

function toLetter({ id, caseId, task, message, rendered, createdAt, now }: Outgoing) {
  return {
    id,
    case: caseId,
    task,
    channel: message.channel,
    to: message.to,
    address: rendered.address,
    title: rendered.title,
    text: rendered.text,
    template: message.template,
    urgent: message.urgent,
    createdAt,
    sentAt: now,
  };
}

function toText({ message, rendered }: Outgoing): string {
  return `To: ${rendered.address ?? message.to} (${message.channel})\nSubject: ${rendered.title}\n\n${rendered.text}\n`;
}
