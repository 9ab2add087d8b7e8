import { takeAhead } from '../app/ahead.ts';
import { noteAnswer } from './connection.ts';
import { noteOvertaken, personHeader } from './person.ts';

/** A problem document (RFC 9457) as an Error; `status` 0 means the server was not reached. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly body: Readonly<Record<string, unknown>>;
  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(String(body['detail'] ?? body['title'] ?? `the server answered ${status}`));
    this.status = status;
    this.code = String(body['code'] ?? 'UNKNOWN');
    this.body = body;
  }
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Sent as JSON; a file as it is. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Lets the request outlive the page. */
  keepalive?: boolean;
}

export interface Answered<T> {
  body: T;
  etag: string | null;
}

/** Who is signed in is asked, begun and ended by whoever it is; all else is done for the page's person. */
const forAnybody = new Set(['/v1/me', '/v1/session', '/v1/setup']);

/** One request to the API of our own origin, for the person this page works for; throws ApiProblem for every answer but success. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<Answered<T>> {
  const { method = 'GET' } = options;
  const ahead = method === 'GET' ? await takeAhead(path) : undefined;
  const response = ahead ?? (await send(path, options));
  if (response.status < 500) noteAnswer(response.headers);
  const text = await response.text();
  const parsed = parseBody(text);
  if (!response.ok) {
    const problem = new ApiProblem(response.status, toProblem(parsed, response.status));
    if (problem.code === 'SIGNED_IN_AS_OTHER') noteOvertaken({});
    throw problem;
  }
  return { body: parsed as T, etag: response.headers.get('ETag') };
}

async function send(path: string, options: RequestOptions): Promise<Response> {
  const { method = 'GET', body, headers = {}, keepalive = false } = options;
  try {
    return await fetch(path, {
      method,
      keepalive,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json',
        ...(forAnybody.has(path) ? {} : personHeader()),
        ...(body === undefined ? {} : { 'Content-Type': typeOf(body) }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
    });
  } catch (cause) {
    throw new ApiProblem(0, {
      code: 'OFFLINE',
      detail: 'The server cannot be reached. Nothing is lost: try again.',
      cause,
    });
  }
}

/** A file tells nothing of itself: the server looks at its content. */
function typeOf(body: unknown): string {
  return body instanceof Blob ? 'application/octet-stream' : 'application/json';
}

/** A key for one wish of a person, however often it has to be sent. */
export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}

function parseBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return { detail: text.slice(0, 200) };
  }
}

function toProblem(parsed: unknown, status: number): Record<string, unknown> {
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : { status };
}
