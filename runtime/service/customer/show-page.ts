import type { Context } from 'hono';
import type { Fields } from '../enquiries/read-answer.ts';
import type { ServiceEnv } from '../service.ts';
import { type Html, renderPage } from './layout.ts';

export type Ctx = Context<ServiceEnv>;

/** What stands before the path of every page of the organisation. */
export function baseOf(c: Ctx): string {
  return c.get('service').organisation.addresses.customerBase;
}

/** Answers a customer's page under the organisation's own name. */
export async function show(
  c: Ctx,
  title: string,
  body: Html,
  options: { back?: string; hasMistake?: boolean; status?: 200 | 422 } = {},
): Promise<Response> {
  const release = await c.get('service').organisation.releases.newest();
  const organisation = Object.values(release.configuration.settings)[0]?.organisation ?? 'Housing';
  c.header('cache-control', 'no-store');
  return c.html(
    await renderPage({
      title,
      organisation,
      base: baseOf(c),
      body,
      back: options.back,
      hasMistake: options.hasMistake ?? false,
    }),
    options.status ?? 200,
  );
}

/** What a form sent, by field name; files are left out. */
export async function fieldsOf(c: Ctx): Promise<Fields> {
  const body = await c.req.parseBody({ all: true });
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string'),
    ]),
  );
}
