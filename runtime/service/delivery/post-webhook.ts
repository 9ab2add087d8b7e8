import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { safeTarget } from './safe-target.ts';

const TIME_LIMIT_MS = 20_000;
const MOST_ANSWER_BYTES = 64 * 1024;

export interface WebhookAnswer {
  status: number;
  /** Seconds, where the receiver asked for a pause. */
  retryAfter: number | null;
}

/** Posts a body to an address that was checked; follows no redirect, reads no long answer, waits no longer than 20 s. */
export async function postWebhook(
  address: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  allowPrivate: boolean,
): Promise<WebhookAnswer> {
  const url = new URL(address);
  const target = await safeTarget(url, allowPrivate);
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = send(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        // The name is kept for TLS and Host, the connection goes to the address that was checked.
        lookup: (_host, options, done) =>
          options.all ? done(null, [target] as never) : done(null, target.address, target.family),
        ...(isIP(url.hostname) ? {} : { servername: url.hostname }),
        timeout: TIME_LIMIT_MS,
        agent: false,
      },
      (response) => {
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.byteLength;
          if (bytes > MOST_ANSWER_BYTES) response.destroy();
        });
        response.on('close', () =>
          resolve({ status: response.statusCode ?? 0, retryAfter: secondsOf(response.headers['retry-after']) }),
        );
        response.on('error', () => {});
      },
    );
    const limit = setTimeout(
      () => sent.destroy(new Error(`no answer within ${TIME_LIMIT_MS / 1000} s`)),
      TIME_LIMIT_MS,
    );
    sent.on('close', () => clearTimeout(limit));
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${TIME_LIMIT_MS / 1000} s`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

function secondsOf(header: string | undefined): number | null {
  if (header === undefined) return null;
  if (/^\d{1,7}$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}
