import { CLIPBOARD_MARK } from '../../../../schemas/kinds.ts';
import { type ClipboardBundle, readBundle } from './bundle.ts';

/** What a clipboard holds for a drawing. */
export type ClipboardContent =
  | { kind: 'nodes'; bundle: ClipboardBundle }
  | { kind: 'rows'; rows: string[][] }
  | { kind: 'unreadable'; reason: string };

const MAX_ROWS = 1000;
const MAX_LINE = 200;
const bullet = /^\s*(?:[-*+\u2022\u2023\u25aa\u25cf\u2013]|\(?\d{1,3}[.)]|[a-zA-Z][.)])\s+(?:\[[ xX]?\]\s+)?/;

/** Reads a clipboard's text: tasks of Lintel, cells of a spreadsheet, or a list with one task a line; else why it is none of these. */
export function readClipboard(text: string): ClipboardContent {
  const whole = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  if (whole.trim() === '') return { kind: 'unreadable', reason: 'The clipboard is empty.' };
  if (whole.trimStart().startsWith('{')) return readJson(whole);
  const rows = whole.includes('\t') ? readCells(whole) : readList(whole);
  if (!rows) return neither();
  if (rows.length > MAX_ROWS)
    return { kind: 'unreadable', reason: `These are ${rows.length} rows; at most ${MAX_ROWS} are pasted at once.` };
  return { kind: 'rows', rows };
}

function neither(): ClipboardContent {
  return {
    kind: 'unreadable',
    reason:
      'The clipboard holds neither tasks copied in Lintel, nor a list with one task a line, nor cells of a spreadsheet.',
  };
}

function readJson(text: string): ClipboardContent {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'unreadable', reason: 'The clipboard holds JSON that is cut off or broken: copy it again.' };
  }
  if ((value as { lintel?: unknown }).lintel !== CLIPBOARD_MARK)
    return { kind: 'unreadable', reason: 'The clipboard holds JSON that is not tasks copied in Lintel.' };
  const read = readBundle(value);
  return 'bundle' in read ? { kind: 'nodes', bundle: read.bundle } : { kind: 'unreadable', reason: read.reason };
}

/** Lines with bullets or numbers; or, without any, at least two short lines. */
function readList(text: string): string[][] | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const marked = lines.filter((line) => bullet.test(line));
  const isList = marked.length === lines.length || (marked.length > 1 && marked.length * 2 >= lines.length);
  const isShort = lines.length > 1 && lines.every((line) => line.length <= MAX_LINE && !/[.;:,]\s*$/.test(line));
  if (!isList && !isShort) return undefined;
  return lines.map((line) => [line.replace(bullet, '').trim()]).filter(([title]) => title !== '');
}

/** Cells between tabs; a cell in quotes may hold tabs, line ends and doubled quotes. */
function readCells(text: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/y;
  while (pattern.lastIndex <= text.length) {
    const match = pattern.exec(text);
    if (!match) break;
    const [, quoted, plain = '', end] = match;
    rows.at(-1)?.push((quoted === undefined ? plain : quoted.replaceAll('""', '"')).replaceAll('\n', ' ').trim());
    if (end === '') break;
    if (end === '\n') rows.push([]);
  }
  return rows.filter((row) => row.some((cell) => cell !== ''));
}
