import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { customerCss } from '../customer/layout.ts';
import { Problem } from '../problem.ts';
import type { ServiceEnv } from '../service.ts';

const require = createRequire(import.meta.url);

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

let styles: string | undefined;

/** The GOV.UK styles without their font, which only GOV.UK may use. */
export function govukCss(): string {
  styles ??= readFileSync(require.resolve('govuk-frontend/dist/govuk/govuk-frontend.min.css'), 'utf8')
    .replaceAll(/@font-face\{[^}]*\}/g, '')
    .replaceAll(/"?GDS Transport"?,\s*arial,\s*sans-serif/gi, 'system-ui,"Segoe UI",Arial,sans-serif');
  return styles;
}

export { customerCss };

/** Answers a file below a folder, packed where the build packed it and the browser takes it (`accepted`); undefined when there is none. Names that climb out are refused like missing ones. */
export function fileResponse(folder: string, path: string, immutable: boolean, accepted = ''): Response | undefined {
  const file = normalize(join(folder, path));
  if (!file.startsWith(normalize(folder) + sep) || !existsSync(file) || !statSync(file).isFile()) return undefined;
  const isPacked = existsSync(`${file}.gz`);
  const sent = isPacked && /\bgzip\b/.test(accepted) ? `${file}.gz` : file;
  return new Response(Readable.toWeb(createReadStream(sent)) as ReadableStream, {
    headers: {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-length': String(statSync(sent).size),
      ...(isPacked ? { vary: 'accept-encoding' } : {}),
      ...(sent === file ? {} : { 'content-encoding': 'gzip' }),
      'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    },
  });
}

/** The studio's pages: files as they are, any other address its one page (it routes by itself). */
export function studioResponse(c: Context<ServiceEnv>): Response {
  const folder = c.get('organisations').studioFolder;
  if (!folder) throw new Problem(503, 'STUDIO_NOT_BUILT', 'The studio is not built: run "npm run build".');
  const path = decodeURIComponent(new URL(c.req.url).pathname).replace(/^\/studio\/?/, '') || 'index.html';
  const isHashed = /-[\w-]{8}\.\w+$/.test(path);
  const accepted = c.req.header('accept-encoding');
  const found = fileResponse(folder, path, isHashed, accepted);
  if (found) return found;
  const page = extname(path) === '' ? fileResponse(folder, 'index.html', false, accepted) : undefined;
  if (!page) throw new Problem(404, 'NOT_FOUND', 'There is no such file.');
  return page;
}

/** Files of the API's documentation page. */
export function swaggerResponse(name: string): Response | undefined {
  const folder = dirname(require.resolve('swagger-ui-dist/package.json'));
  return fileResponse(folder, name, false);
}

export const docsPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Lintel API</title><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/v1/docs/swagger-ui.css"></head>
<body><div id="swagger-ui"></div><script src="/v1/docs/swagger-ui-bundle.js"></script><script src="/v1/docs/start.js"></script></body></html>`;

export const docsScript = `window.ui = SwaggerUIBundle({ url: '/v1/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });`;
