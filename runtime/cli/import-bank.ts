import { join } from 'node:path';
import { toDocumentText } from '../../schemas/document-text.ts';
import { parseDocument } from '../../schemas/load-configuration.ts';
import { type Bank, importBankDocuments } from '../engine/index.ts';
import { writeDocument } from './configuration-folder.ts';
import { type Io, parseJson, UsageError } from './io.ts';

/** `lintel import DIR --from bank SOURCE`: writes the documents of a bank; exit 0, or a UsageError naming what is wrong. */
export async function importBank(args: readonly string[], io: Io): Promise<number> {
  const [folder, source] = args;
  if (folder === undefined || source === undefined) throw new UsageError('usage: lintel import DIR --from bank SOURCE');
  const documents = bankDocuments(readBank(source, io), source);
  const written: Record<string, number> = {};
  for (const document of documents) {
    const name = `${document.kind}/${document.key}`;
    const parsed = parseDocument(JSON.parse(toDocumentText(document)), name);
    if ('findings' in parsed)
      throw new UsageError(`${source} makes a document that is refused: ${parsed.findings[0]?.message}`);
    writeDocument(folder, `${name}.json`, document);
    written[document.kind] = (written[document.kind] ?? 0) + 1;
  }
  io.print(JSON.stringify({ written }));
  return 0;
}

function bankDocuments(bank: Bank, source: string): ReturnType<typeof importBankDocuments> {
  try {
    return importBankDocuments(bank);
  } catch (cause) {
    throw new UsageError(`${source}: ${(cause as Error).message}`, { cause });
  }
}

function readBank(source: string, io: Io): Bank {
  const read = (name: string): unknown => parseJson(io.read(join(source, name)), join(source, name));
  const [questions, conditions, statements] = [
    read('questions.json'),
    read('conditions.json'),
    read('statements.json'),
  ];
  if (!Array.isArray(questions) || !questions.every((question) => isText(question, 'id') && isText(question, 'kind'))) {
    throw new UsageError(`${join(source, 'questions.json')}: expected a list of questions with id and kind`);
  }
  if (!Array.isArray(statements) || !statements.every((statement) => isText(statement, 'name'))) {
    throw new UsageError(`${join(source, 'statements.json')}: expected a list of statements with a name`);
  }
  if (typeof conditions !== 'object' || conditions === null || Array.isArray(conditions)) {
    throw new UsageError(`${join(source, 'conditions.json')}: expected conditions by name`);
  }
  return { questions, conditions, statements } as Bank;
}

function isText(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && typeof (value as Record<string, unknown>)[key] === 'string';
}
