import { Agent, request } from 'node:http';

/** Speaks to one server over kept connections; a body that is no JSON comes as it is. */
export interface Caller {
  send(method: string, path: string, text: string, headers?: Record<string, string>): Promise<Answer>;
  close(): void;
}

export interface Answer {
  status: number;
  text: string;
}

/** A caller of `host:port` with at most 128 connections, sending the given headers each time. */
export function createCaller(hostname: string, port: string | number, always: Record<string, string> = {}): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });
  return {
    send(method, path, text, headers = {}) {
      const length =
        text === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
      return new Promise((resolve, reject) => {
        const sent = request(
          { hostname, port, path, agent, method, headers: { ...always, ...length, ...headers } },
          (response) => {
            let answer = '';
            response.setEncoding('utf8');
            response.on('data', (chunk: string) => {
              answer += chunk;
            });
            response.on('end', () => resolve({ status: response.statusCode ?? 500, text: answer }));
            response.on('error', reject);
          },
        );
        sent.on('error', reject);
        sent.end(text);
      });
    },
    close: () => agent.destroy(),
  };
}
