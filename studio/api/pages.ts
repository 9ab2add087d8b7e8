import { request } from './client.ts';

/** Rows that a page of a long list brings. */
export const PAGE_ROWS = 200;
/** A list of one page is looked at again so often; a longer one, which costs a request a page, less so. */
export const everyMs = (pages: number): number => (pages === 1 ? 15_000 : 60_000);

interface PageAnswer {
  next: string | null;
}

/** So many pages of a list, one after another, each where the one before ended. */
export async function readPages<A extends PageAnswer>(path: string, pages: number): Promise<A[]> {
  const read: A[] = [];
  const joint = path.includes('?') ? '&' : '?';
  let at = '';
  while (read.length < pages) {
    const { body } = await request<A>(`${path}${joint}limit=${PAGE_ROWS}${at}`);
    read.push(body);
    if (body.next === null) break;
    at = `&cursor=${encodeURIComponent(body.next)}`;
  }
  return read;
}
