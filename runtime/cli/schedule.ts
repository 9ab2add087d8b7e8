import { z } from 'zod';
import { readArguments } from './arguments.ts';
import { type Io, parseJson, UsageError } from './io.ts';
import { recogniseSchema, type VectorResult, vectorReaders } from './schedule-vectors.ts';

const usage =
  'usage: lintel schedule FILE [--schema NAME] [--json]\n' +
  'FILE is a vector or a file of vectors (JSON), a plan as CSV or MS Project XML, or - for stdin; for CSV also --start DATE';

const VectorFile = z.object({
  schema: z.string().optional(),
  vectors: z.array(z.looseObject({ name: z.string().optional() })),
});

interface Request {
  readonly path: string;
  readonly schema?: string;
  readonly start?: string;
  readonly json: boolean;
}

/** Schedules a file of vectors, one vector, or a planner's CSV or MS Project XML file; exit code 1 when there are findings. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const request = readRequest(args);
  const text = io.read(request.path);
  const answer = await answerFile(text, request);
  io.print(request.json ? JSON.stringify(answer) : JSON.stringify(answer, undefined, 2));
  const findings = collectFindings(answer);
  for (const message of findings) io.say(message);
  return findings.length > 0 ? 1 : 0;
}

async function answerFile(text: string, request: Request): Promise<VectorResult> {
  const { path, schema } = request;
  const first = text.trimStart()[0];
  if (first === '<') return (await import('./mspdi.ts')).scheduleMspdi(text, path);
  if (first !== '{' && first !== '[') return (await import('./schedule-csv.ts')).scheduleCsv(text, path, request.start);
  const document = parseJson(text, path);
  const file = VectorFile.safeParse(document);
  if (!file.success) return scheduleOne(document, schema, path);
  const { vectors, schema: named } = file.data;
  const results = vectors.map((vector, i) => ({
    name: vector.name ?? String(i),
    result: scheduleOne(vector, schema ?? named, `${path}, vector ${vector.name ?? i}`),
  }));
  return { results };
}

function scheduleOne(vector: unknown, schema: string | undefined, where: string): VectorResult {
  if (typeof vector !== 'object' || vector === null || Array.isArray(vector))
    throw new UsageError(`${where} is not a vector\n${usage}`);
  const named = 'schema' in vector && typeof vector.schema === 'string' ? vector.schema : undefined;
  const chosen = schema ?? named ?? recogniseSchema(vector);
  const read = chosen !== undefined && Object.hasOwn(vectorReaders, chosen) ? vectorReaders[chosen] : undefined;
  if (read === undefined) {
    const known = Object.keys(vectorReaders).join(', ');
    throw new UsageError(
      `${where} has ${chosen === undefined ? 'no schema' : `the schema "${chosen}"`}; give --schema with one of ${known}`,
    );
  }
  try {
    return read(vector);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    throw new UsageError(`${where} is no ${chosen}: ${z.prettifyError(error)}`, { cause: error });
  }
}

function readRequest(args: readonly string[]): Request {
  const { words, options, flags } = readArguments(args, ['--schema', '--start'], ['--json']);
  const [path, ...more] = words;
  if (path === undefined || more.length > 0) throw new UsageError(usage);
  const schema = options.get('--schema');
  const start = options.get('--start');
  return {
    path,
    json: flags.has('--json'),
    ...(schema === undefined ? {} : { schema }),
    ...(start === undefined ? {} : { start }),
  };
}

/** The sentences of all findings in an answer, those of single results too. */
function collectFindings(answer: VectorResult): string[] {
  const own = Array.isArray(answer['findings']) ? answer['findings'] : [];
  const results = Array.isArray(answer['results']) ? answer['results'] : [];
  return [
    ...own.map((finding: { message: string }) => finding.message),
    ...results.flatMap(({ name, result }: { name: string; result: VectorResult }) =>
      collectFindings(result).map((message) => `${name}: ${message}`),
    ),
  ];
}
