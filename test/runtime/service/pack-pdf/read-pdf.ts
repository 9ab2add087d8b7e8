import { inflateSync } from 'node:zlib';

/** A tag with what it holds: its own words in reading order, and the tags below it. */
export interface Tag {
  readonly tag: string;
  readonly text: string;
  readonly language?: string;
  readonly below: readonly Tag[];
}

interface PdfObject {
  /** Without the stream. */
  readonly text: string;
  readonly stream?: string;
}

/** As much of a PDF as the tests look at: objects that are not packed, one stream a page, fonts with ToUnicode. */
export class Pdf {
  private readonly objects = new Map<number, PdfObject>();
  private readonly marked = new Map<string, string>();
  readonly all: string;

  constructor(bytes: Uint8Array) {
    this.all = Buffer.from(bytes).toString('latin1');
    for (const [, number = '', text = ''] of this.all.matchAll(/(?:^|\n)(\d+) 0 obj([\s\S]*?)endobj/g)) {
      this.objects.set(Number(number), readObject(text));
    }
    for (const [number, object] of this.objects) {
      if (/\/Type \/Page\b/.test(object.text)) this.readPage(number, object);
    }
  }

  /** Text between the object's angle brackets, of the first object that holds the mark. */
  object(mark: RegExp): string {
    return [...this.objects.values()].find(({ text }) => mark.test(text))?.text ?? '';
  }

  get metadata(): string {
    return [...this.objects.values()].find(({ text }) => /\/Subtype \/XML/.test(text))?.stream ?? '';
  }

  get links(): string[] {
    return [...this.objects.values()].flatMap(({ text }) => /\/URI \((.*?)\)/.exec(text)?.[1] ?? []);
  }

  /** What each page draws, as PDF commands. */
  get drawn(): string[] {
    const pages = [...this.objects.values()].filter(({ text }) => /\/Type \/Page\b/.test(text));
    return pages.map(({ text }) => this.objects.get(Number(/\/Contents \[?(\d+) 0 R/.exec(text)?.[1]))?.stream ?? '');
  }

  /** Every object that holds the mark, without its stream. */
  objectsWith(mark: RegExp): string[] {
    return [...this.objects.values()].map(({ text }) => text).filter((text) => mark.test(text));
  }

  get pages(): number {
    return [...this.objects.values()].filter(({ text }) => /\/Type \/Page\b/.test(text)).length;
  }

  /** The tags below the document. */
  get tags(): readonly Tag[] {
    const [document] = this.children(this.object(/\/Type \/StructTreeRoot/));
    return document?.below ?? [];
  }

  /** Every tag, in reading order. */
  get everyTag(): Tag[] {
    const flat = (tag: Tag): Tag[] => [tag, ...tag.below.flatMap(flat)];
    return this.tags.flatMap(flat);
  }

  private children(owner: string): Tag[] {
    return kidsOf(owner).flatMap((kid) => ('object' in kid ? this.tag(kid.object) : []));
  }

  private tag(number: number): Tag[] {
    const { text } = this.objects.get(number) ?? { text: '' };
    const tag = /\/S \/(\w+)/.exec(text)?.[1];
    if (tag === undefined) return [];
    const page = /\/Pg (\d+) 0 R/.exec(text)?.[1] ?? '';
    const words = kidsOf(text).map((kid) =>
      'object' in kid
        ? this.tag(kid.object).map((below) => below.text)
        : [this.marked.get(`${kid.page ?? page}:${kid.mark}`) ?? ''],
    );
    const language = /\/Lang \(([\w-]+)\)/.exec(text)?.[1];
    return [{ tag, text: words.flat().join(''), ...(language ? { language } : {}), below: this.children(text) }];
  }

  private readPage(number: number, page: PdfObject): void {
    const fonts = this.fontsOf(page);
    const content = Number(/\/Contents \[?(\d+) 0 R/.exec(page.text)?.[1]);
    let font: Map<number, string> | undefined;
    let mark: string | undefined;
    const parts =
      /\/MCID (\d+)[^B]*?BDC|\b(EMC)\b|\/([fF]\d+) [\d.]+ Tf|\[((?:\((?:\\[\s\S]|[^\\)])*\)|[^\]()])*)\] TJ|(\((?:\\[\s\S]|[^\\)])*\)) Tj|(<[\da-f]+>) Tj/g;
    for (const part of (this.objects.get(content)?.stream ?? '').matchAll(parts)) {
      const [, begins, ends, name, ...shown] = part;
      if (begins !== undefined) mark = `${number}:${begins}`;
      else if (ends) mark = undefined;
      else if (name !== undefined) font = fonts.get(name);
      else if (mark !== undefined) this.marked.set(mark, (this.marked.get(mark) ?? '') + decode(shown.join(''), font));
    }
  }

  private fontsOf(page: PdfObject): Map<string, Map<number, string>> {
    const shared = /\/Resources (\d+) 0 R/.exec(page.text)?.[1];
    const resources = shared === undefined ? page.text : (this.objects.get(Number(shared))?.text ?? '');
    const named = resources.matchAll(/\/([fF]\d+) (\d+) 0 R/g);
    return new Map([...named].map(([, name = '', number = '']) => [name, this.lettersOf(Number(number))]));
  }

  private lettersOf(font: number): Map<number, string> {
    const map = Number(/\/ToUnicode (\d+) 0 R/.exec(this.objects.get(font)?.text ?? '')?.[1]);
    const letters = new Map<number, string>();
    const stream = this.objects.get(map)?.stream ?? '';
    for (const [, chars = ''] of stream.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
      for (const [, code = '', text = ''] of chars.matchAll(/<([\da-f]+)>\s*<([\da-f]+)>/gi))
        letters.set(Number.parseInt(code, 16), utf16(text));
    }
    for (const [, ranges = ''] of stream.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
      for (const [, from = '', , list = ''] of ranges.matchAll(/<([\da-f]+)>\s*<([\da-f]+)>\s*\[([^\]]*)\]/gi)) {
        [...list.matchAll(/<([\da-f]*)>/gi)].forEach(([, text = ''], index) => {
          letters.set(Number.parseInt(from, 16) + index, utf16(text));
        });
      }
    }
    return letters;
  }
}

function readObject(text: string): PdfObject {
  const at = /stream\r?\n/.exec(text);
  if (!at) return { text };
  const head = text.slice(0, at.index);
  const from = at.index + at[0].length;
  const bytes = Buffer.from(text.slice(from, from + Number(/\/Length (\d+)/.exec(head)?.[1])), 'latin1');
  return { text: head, stream: (/FlateDecode/.test(head) ? inflateSync(bytes) : bytes).toString('latin1') };
}

type Kid = { readonly object: number } | { readonly mark: string; readonly page?: string };

/** Marked content by its own number or as `<< /Type /MCR /Pg .. /MCID .. >>`; other dictionaries are references to annotations. */
function kidsOf(element: string): Kid[] {
  const found = /\/K\s*(\[[^\]]*\]|\d+ 0 R|\d+)/.exec(element)?.[1] ?? '';
  const kids = found.matchAll(/<<([\s\S]*?)>>|(\d+) 0 R|(\d+)/g);
  return [...kids].flatMap(([, inner, object, mark]): Kid[] => {
    if (object !== undefined) return [{ object: Number(object) }];
    if (mark !== undefined) return [{ mark }];
    const page = /\/Pg (\d+) 0 R/.exec(inner ?? '')?.[1];
    const number = /\/MCID (\d+)/.exec(inner ?? '')?.[1];
    return number === undefined || page === undefined ? [] : [{ mark: number, page }];
  });
}

function decode(shown: string, font: Map<number, string> | undefined): string {
  const strings = shown.matchAll(/\(((?:\\[\s\S]|[^\\)])*)\)|<([\da-f]+)>/gi);
  return [...strings]
    .map(([, literal, hex]) =>
      hex === undefined ? unescaped(literal ?? '') : Buffer.from(hex, 'hex').toString('latin1'),
    )
    .flatMap((codes) => codes.match(/[\s\S]{2}/g) ?? [])
    .map((code) => font?.get(code.charCodeAt(0) * 256 + code.charCodeAt(1)) ?? '')
    .join('');
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function unescaped(literal: string): string {
  return literal.replace(/\\([0-7]{1,3}|[\s\S])/g, (_, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (escapes[code] ?? code),
  );
}

function utf16(hex: string): string {
  return Buffer.from(hex, 'hex').swap16().toString('utf16le');
}
