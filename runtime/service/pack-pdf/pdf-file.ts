import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

/** A number of an object in the file. */
export type Reference = number;

/** Puts objects into a PDF file. Nothing of the time or the machine goes in: the same objects give the same bytes. */
export class PdfFile {
  /** One letter a byte. */
  private readonly objects: (string | undefined)[] = [];

  /** A number for an object that is written later. */
  reserve(): Reference {
    return this.objects.push(undefined);
  }

  add(text: string, reference: Reference = this.reserve()): Reference {
    this.objects[reference - 1] = text;
    return reference;
  }

  addStream(content: Buffer, entries = '', options: { readonly isPlain?: true } = {}): Reference {
    const bytes = options.isPlain ? content : deflateSync(content);
    const filter = options.isPlain ? '' : ' /Filter /FlateDecode';
    const header = `<<${entries} /Length ${bytes.length}${filter} >>`;
    return this.add(`${header}\nstream\n${bytes.toString('latin1')}\nendstream`);
  }

  finish(root: Reference, info: Reference): Uint8Array {
    let body = '%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n';
    const places = this.objects.map((object, index) => {
      if (object === undefined) throw new Error(`expected object ${index + 1} to be written, it was only reserved`);
      const at = body.length;
      body += `${index + 1} 0 obj\n${object}\nendobj\n`;
      return at;
    });
    const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
    const size = this.objects.length + 1;
    const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows}`;
    const id = createHash('sha256').update(body, 'latin1').digest('hex').slice(0, 32);
    const trailer = `<< /Size ${size} /Root ${root} 0 R /Info ${info} 0 R /ID [<${id}> <${id}>] >>`;
    return Buffer.from(`${body}${table}trailer\n${trailer}\nstartxref\n${body.length}\n%%EOF\n`, 'latin1');
  }
}

/** Text of people as a PDF string. */
export function textString(text: string): string {
  return `<FEFF${utf16Hex(text)}>`;
}

/** UTF-16, big end first, as hexadecimal digits. */
export function utf16Hex(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase();
}

/** A web address as a PDF string: letters beyond ASCII by their percent signs. */
export function urlString(url: string): string {
  const ascii = url.replace(/[^\x21-\x7e]/gu, (letter) =>
    encodeURIComponent(letter.replace(/\p{Surrogate}/u, '\u{fffd}')),
  );
  return `(${ascii.replace(/[\\()]/g, '\\$&')})`;
}

/** A number as PDF has it: no exponent, no needless digits. */
export function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
