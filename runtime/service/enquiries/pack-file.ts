import type { Context } from 'hono';
import { renderPackPdf } from '../pack-pdf/render-pack-pdf.ts';
import type { ServiceEnv } from '../service.ts';
import type { OpenedPack } from './pack-store.ts';

/** The stored pack as a file, made anew each time: the snapshot is what is kept, and it gives the same bytes. */
export function packPdf(c: Context<ServiceEnv>, { pack, reference }: OpenedPack) {
  const name = reference.replace(/[^A-Za-z0-9_-]/g, '_');
  const headers = {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${name}.pdf"`,
    'cache-control': 'no-store',
  };
  return c.body(new Uint8Array(renderPackPdf(pack)), 200, headers);
}
