import { UsageError } from './io.ts';

/** Answer of a server to one request. */
export interface Reply {
  status: number;
  etag: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: the body's shape is the route's, checked by who asks
  body: any;
}

/** A Lintel server that commands talk to over its API. */
export interface ServerConnection {
  readonly url: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
}

/** Connects by `--url` and the key in LINTEL_KEY; throws UsageError where one is missing or nobody answers. */
export function connect(url: string | undefined, environment = process.env): ServerConnection {
  const key = environment['LINTEL_KEY'];
  if (url === undefined || !/^https?:\/\//.test(url))
    throw new UsageError('name the server: --url http://127.0.0.1:8787');
  if (!key) throw new UsageError('set LINTEL_KEY to an API key of the server');
  const base = url.replace(/\/+$/, '');
  return {
    url: base,
    async call(method, path, body, headers = {}) {
      const init = {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      };
      const response = await fetch(`${base}${path}`, init).catch((cause: unknown) => {
        throw new UsageError(`${base} does not answer: ${(cause as Error).message}`, { cause });
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      const reply = {
        status: response.status,
        etag: response.headers.get('etag'),
        body: isJson ? JSON.parse(text) : text,
      };
      if (reply.status === 401 || reply.status === 403)
        throw new UsageError(`${base} refuses the key: ${reply.body?.detail ?? reply.status}`);
      return reply;
    },
  };
}

/** The body of a reply that must be good; throws UsageError with the problem's sentence otherwise. */
export function bodyOf(reply: Reply, what: string): Reply['body'] {
  if (reply.status < 300) return reply.body;
  throw new UsageError(`${what}: ${reply.body?.detail ?? `status ${reply.status}`}`);
}
