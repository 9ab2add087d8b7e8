/** A kind of document people may attach: how its content begins, and what its name and declared type may say. */
interface Kind {
  readonly type: string;
  readonly extensions: readonly string[];
  is(bytes: Uint8Array): boolean;
}

const startsWith = (bytes: Uint8Array, magic: readonly number[], at = 0): boolean =>
  magic.every((byte, index) => bytes[at + index] === byte);
const letters = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const brand = (bytes: Uint8Array, names: readonly string[]): boolean =>
  startsWith(bytes, letters('ftyp'), 4) && names.some((name) => startsWith(bytes, letters(name), 8));
const zip = (bytes: Uint8Array, part: string): boolean =>
  startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) && contains(bytes, part) && !contains(bytes, 'vbaProject.bin');

const kinds: readonly Kind[] = [
  { type: 'application/pdf', extensions: ['pdf'], is: (bytes) => startsWith(bytes, letters('%PDF-')) },
  { type: 'image/jpeg', extensions: ['jpg', 'jpeg'], is: (bytes) => startsWith(bytes, [0xff, 0xd8, 0xff]) },
  {
    type: 'image/png',
    extensions: ['png'],
    is: (bytes) => startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  },
  {
    type: 'image/gif',
    extensions: ['gif'],
    is: (bytes) => startsWith(bytes, letters('GIF87a')) || startsWith(bytes, letters('GIF89a')),
  },
  {
    type: 'image/webp',
    extensions: ['webp'],
    is: (bytes) => startsWith(bytes, letters('RIFF')) && startsWith(bytes, letters('WEBP'), 8),
  },
  {
    type: 'image/tiff',
    extensions: ['tif', 'tiff'],
    is: (bytes) => startsWith(bytes, [0x49, 0x49, 0x2a, 0]) || startsWith(bytes, [0x4d, 0x4d, 0, 0x2a]),
  },
  { type: 'image/heic', extensions: ['heic', 'heif'], is: (bytes) => brand(bytes, ['heic', 'heix', 'mif1', 'msf1']) },
  {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extensions: ['docx'],
    is: (bytes) => zip(bytes, 'word/'),
  },
  {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extensions: ['xlsx'],
    is: (bytes) => zip(bytes, 'xl/'),
  },
  {
    type: 'application/vnd.oasis.opendocument.text',
    extensions: ['odt'],
    is: (bytes) => zip(bytes, 'mimetypeapplication/vnd.oasis.opendocument.text'),
  },
  {
    type: 'application/vnd.oasis.opendocument.spreadsheet',
    extensions: ['ods'],
    is: (bytes) => zip(bytes, 'mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
  },
  { type: 'application/rtf', extensions: ['rtf'], is: (bytes) => startsWith(bytes, letters('{\\rtf')) },
  { type: 'text/plain', extensions: ['txt', 'log', 'md'], is: isPlainText },
  { type: 'text/csv', extensions: ['csv'], is: isPlainText },
];

/** Names of the types people may attach, for the sentence of a refusal. */
export const acceptedNames =
  'PDF, JPEG, PNG, GIF, WebP, TIFF, HEIC, Word and Excel without macros, OpenDocument, RTF, text, CSV';

/** The type that content and name agree on, by what the content is; undefined where it is none of ours or disguised. */
export function typeOf(bytes: Uint8Array, name: string): string | undefined {
  const extension = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase();
  return kinds.find((kind) => extension !== undefined && kind.extensions.includes(extension) && kind.is(bytes))?.type;
}

/** The type of the content whatever it is called. */
export function contentTypeOf(bytes: Uint8Array): string | undefined {
  return kinds.find((kind) => kind.is(bytes))?.type;
}

/** UTF-8 without control characters that is no page a browser would run. */
function isPlainText(bytes: Uint8Array): boolean {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return false;
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what makes it no text
  if (/[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f]/.test(text)) return false;
  return !/^\s*(?:<!|<\?|#!|<\s*(?:html|head|body|script|svg|iframe))/i.test(text.replace(/^\ufeff/, ''));
}

function contains(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(text, 0, 'latin1');
}
