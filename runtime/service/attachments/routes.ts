import { createHash } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { AttachmentView } from '../../../schemas/case-api.ts';
import { CaseTaskId } from '../../../schemas/case-command.ts';
import { onCase } from '../cases/visible.ts';
import { callerOf } from '../http/guards.ts';
import { createRouter, guarded, idempotencyHeader, json, problems, withBody } from '../http/openapi.ts';
import { Problem } from '../problem.ts';
import { attach, listAttachments, MAX_ATTACHMENT_BYTES, readAttachment } from './attachment-store.ts';

const casePath = z.object({ id: z.string().max(100) });
const bytes = z.string().openapi({ format: 'binary' });

/** Documents of a case: upload, list, download. A download is never shown or run by a browser. */
export const attachmentRoutes = createRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/cases/{id}/attachments',
      summary: 'Attach a document to a case: the body is the document',
      middleware: onCase('work'),
      request: {
        params: casePath,
        headers: idempotencyHeader,
        query: z.object({
          name: z
            .string()
            .trim()
            .min(1)
            .max(300)
            .regex(/^[^/\\\p{Cc}]+$/u, 'a file name has no slashes and no control characters'),
          task: CaseTaskId.optional(),
        }),
        body: { required: true, content: { 'application/octet-stream': { schema: bytes } } },
      },
      responses: {
        201: json(z.object({ id: z.string(), revision: z.number().int() }), 'Stored and told in the case.'),
        ...guarded,
        ...withBody,
        ...problems(404, 409),
      },
    }),
    async (c) => {
      const { organisation, attachments } = c.get('service');
      const { name, task } = c.req.valid('query');
      const { id: caseId } = c.req.valid('param');
      const content = await readBytes(c);
      const declaredType = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
      const upload = { caseId, task, name, declaredType, bytes: content };
      return c.json(await attach(organisation, attachments, upload, senderOfUpload(c, content)), 201);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/attachments',
      summary: 'Documents of a case, oldest first',
      middleware: onCase('read'),
      request: { params: casePath },
      responses: {
        200: json(z.object({ attachments: z.array(AttachmentView) }), 'Documents.'),
        ...guarded,
        ...problems(404),
      },
    }),
    async (c) =>
      c.json({ attachments: await listAttachments(c.get('service').organisation, c.req.valid('param').id) }, 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/attachments/{attachment}',
      summary: 'Download a document; a browser keeps it as a file and never runs it',
      middleware: onCase('read'),
      request: { params: casePath.extend({ attachment: z.string().max(100) }) },
      responses: {
        200: { description: 'The document.', content: { 'application/octet-stream': { schema: bytes } } },
        ...guarded,
        ...problems(404),
      },
    }),
    async (c) => {
      const { organisation, attachments } = c.get('service');
      const { id, attachment } = c.req.valid('param');
      const found = await readAttachment(organisation, attachments, id, attachment);
      return c.body(new Uint8Array(found.bytes), 200, {
        'content-type': found.type,
        'content-disposition': `attachment; filename="${plainName(found.name)}"; filename*=UTF-8''${encodeURIComponent(found.name).replaceAll("'", '%27')}`,
        'x-content-type-options': 'nosniff',
        // Kept by the service's own headers: what is opened all the same runs in a sandbox without scripts.
        'content-security-policy': "sandbox; default-src 'none'",
        'cache-control': 'private, no-store',
      });
    },
  );

function plainName(name: string): string {
  return name.replaceAll(/[^\w .()-]/g, '_');
}

/** The body up to the limit; a larger one is refused before it is read to its end. Throws 413. */
async function readBytes(c: Context): Promise<Buffer> {
  const tooLarge = () =>
    new Problem(413, 'BODY_TOO_LARGE', `A document has at most ${MAX_ATTACHMENT_BYTES / 1024 / 1024} MB.`);
  if (Number(c.req.header('content-length') ?? 0) > MAX_ATTACHMENT_BYTES) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_ATTACHMENT_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  if (size === 0) throw new Problem(422, 'ATTACHMENT_EMPTY', 'The document is empty.');
  return Buffer.concat(chunks);
}

/** Sender of an upload: a repeat under its key is the same document, another document under it is refused. */
function senderOfUpload(c: Context, content: Buffer) {
  const caller = callerOf(c);
  const key = c.req.header('idempotency-key');
  const requestHash = createHash('sha256').update(`${c.req.url}\n`).update(content).digest('base64url');
  return { actor: caller.user, requestHash, ...(key === undefined ? {} : { key: `${caller.identity}:${key}` }) };
}
