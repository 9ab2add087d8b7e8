import { join } from 'node:path';
import { FIRST_ORGANISATION } from './organisation-rows.ts';

/** Folder of an organisation's letters, documents and signing key: the data folder itself for the first. */
export function folderOf(data: string, organisation: string): string {
  return organisation === FIRST_ORGANISATION ? data : join(data, 'organisations', organisation);
}
