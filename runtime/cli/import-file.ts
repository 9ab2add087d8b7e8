import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Configuration } from '../../schemas/configuration.ts';
import { emptyConfiguration } from '../../schemas/empty-configuration.ts';
import { planKeyOf, readExchangeFile } from '../engine/index.ts';
import { readConfigurationFolder, writeDocument } from './configuration-folder.ts';
import { type Io, UsageError } from './io.ts';

/** Imports a file of documents or a planner's file (a workflow keyed after the file's name); exit 1 when part of it could not be read. */
export async function importFile(
  folder: string,
  source: string,
  format: 'bundle' | 'mspdi' | 'csv',
  io: Io,
): Promise<number> {
  const known = existsSync(folder) ? readConfigurationFolder(folder).configuration : emptyConfiguration();
  const name = basename(source);
  const { documents, findings, missing } = await readExchangeFile(io.read(source), known as Configuration, {
    name,
    format,
  });
  if (documents.length === 0) throw new UsageError(findings[0]?.message ?? `${source} holds nothing`);
  for (const { message } of findings) io.say(message);
  for (const { document, pointer, needs } of missing)
    io.say(`${document}${pointer} names ${needs}, which is not there.`);
  for (const document of documents) writeDocument(folder, `${document.kind}/${document.key}.json`, document);
  const workflow = documents.find(({ kind }) => kind === 'workflow');
  const plan = workflow?.kind === 'workflow' && format !== 'bundle';
  io.print(
    JSON.stringify(
      plan
        ? {
            workflow: planKeyOf(name),
            tasks: Object.keys(workflow.nodes).length,
            links: Object.keys(workflow.links).length,
          }
        : { documents: documents.length, missing },
    ),
  );
  return findings.length > 0 ? 1 : 0;
}
