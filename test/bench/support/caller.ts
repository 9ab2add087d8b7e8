import { Pool } from 'undici';

/** Speaks to one server over at most 128 kept connections. */
export interface Caller {
  send(method: 'GET' | 'POST', path: string, text: string, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  status: number;
  text: string;
}

/** A caller of `origin`, sending the given headers each time. */
export function createCaller(origin: string, always: Record<string, string> = {}): Caller {
  const pool = new Pool(origin, { connections: 128, pipelining: 1 });
  const withBody = { ...always, 'content-type': 'application/json' };
  return {
    async send(method, path, text, headers) {
      const { statusCode, body } = await pool.request({
        method,
        path,
        headers: { ...(text === '' ? always : withBody), ...headers },
        ...(text === '' ? {} : { body: text }),
      });
      return { status: statusCode, text: await body.text() };
    },
    close: () => pool.destroy(),
  };
}
