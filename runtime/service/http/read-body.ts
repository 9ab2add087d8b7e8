import { isUtf8 } from 'node:buffer';
import type { Context } from 'hono';
import { toPointer, unsafeJson } from '../../../schemas/shape.ts';
import { Problem } from '../problem.ts';
import type { ServiceEnv } from '../service.ts';

const MAX_BODY_BYTES = 2 * 1024 * 1024;

/** Uploads are documents, not JSON; they have a limit of their own. */
const uploads = /^\/v1\/cases\/[^/]+\/attachments$/;

/** Reads and parses the body once, for all who ask for it later; refuses what is too large, not JSON, too deep, or uses names of Object's own. */
export async function readBody(c: Context<ServiceEnv>): Promise<void> {
  if (uploads.test(c.req.path)) return;
  const announced = c.req.header('content-length');
  if (Number(announced ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const bytes = await readBytes(c, announced);
  const text = bytes.byteLength === 0 ? '' : toText(bytes);
  if (text.length > 0 && !/^application\/(?:[\w.+-]+\+)?json\b/i.test(c.req.header('content-type') ?? '')) {
    throw new Problem(415, 'JSON_NEEDED', 'Send the body as application/json.');
  }
  c.set('sent', { text, value: text.length > 0 ? refuseUnsafe(text) : undefined });
}

function toText(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new Problem(400, 'NOT_UTF8', 'The body is not UTF-8 text.');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  // A byte order mark is no part of the text.
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** A body whose length was announced is read in one piece: the parser lets no more through. Any other is counted as it comes. */
async function readBytes(c: Context, announced: string | undefined): Promise<Uint8Array> {
  const { raw } = c.req;
  if (announced !== undefined && /^\d+$/.test(announced)) return new Uint8Array(await raw.arrayBuffer().catch(cutOff));
  if (!raw.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of raw.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Not as the connection says it: that reads as if the database were away. */
function cutOff(cause: unknown): never {
  throw new Problem(400, 'BODY_CUT_OFF', 'The connection ended before the body did.', { cause });
}

function tooLarge(): Problem {
  return new Problem(413, 'BODY_TOO_LARGE', `The body is larger than ${MAX_BODY_BYTES} bytes.`);
}

function refuseUnsafe(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem(400, 'JSON_INVALID', 'The body is not JSON: check quotes, commas and brackets.');
  }
  const unsafe = unsafeJson(value);
  if (!unsafe) return value;
  const pointer = toPointer(unsafe.path);
  throw new Problem(
    422,
    unsafe.code,
    unsafe.code === 'NESTED_TOO_DEEP' ? 'The body is nested too deeply.' : `The name "${unsafe.came}" is not allowed.`,
    { pointer },
  );
}
