import type { FontName } from './fonts.ts';
import { Letters } from './letters.ts';
import type { Line, LinkPlace, Word } from './lines.ts';
import { number } from './pdf-file.ts';

/** A tag of the structure tree; what it holds is in reading order. */
export interface Element {
  readonly tag: string;
  readonly parent: Element | null;
  readonly kids: (Element | Mark | Annotation)[];
  readonly language?: string;
  /** Further entries of the element, as PDF. */
  readonly entries?: string;
}

/** Marked content of a page. */
interface Mark {
  readonly page: Page;
  readonly mark: number;
}

/** The area of a link on a page. */
export interface Annotation {
  readonly page: Page;
  readonly link: LinkPlace;
  readonly owner: Element;
  /** Points from the foot and the left of the page: left, bottom, right, top. */
  readonly box: readonly [number, number, number, number];
}

export interface Page {
  readonly index: number;
  readonly commands: string[];
  /** The tag each piece of marked content belongs to. */
  readonly marks: Element[];
  readonly annotations: Annotation[];
}

/** A heading that the contents and the outline lead to. */
export interface Target {
  readonly title: string;
  readonly level: number;
  readonly page: Page;
  /** Points from the foot of the page. */
  readonly y: number;
}

/** Colour of links to the web. */
const LINK = '0.114 0.31 0.431';

export const PAGE = { width: 595.28, height: 841.89 } as const;

/** Pages with their tags, before they are a file. `y` grows downwards, in points. */
export class TaggedDocument {
  readonly letters = new Letters();
  readonly pages: Page[] = [];
  readonly targets: Target[] = [];
  readonly root: Element = { tag: 'Document', parent: null, kids: [] };
  y = 0;

  get page(): Page {
    return this.pages.at(-1) ?? this.addPage(0);
  }

  addPage(y: number): Page {
    const page = { index: this.pages.length, commands: [], marks: [], annotations: [] };
    this.pages.push(page);
    this.y = y;
    return page;
  }

  element(parent: Element, tag: string, options: { language?: string; entries?: string } = {}): Element {
    const element = { tag, parent, kids: [], ...options };
    parent.kids.push(element);
    return element;
  }

  /** Writes a line with its top at `y`; its links become tags of their own in `owner`. */
  line(owner: Element, line: Line, at: LineAt): void {
    const page = at.page ?? this.page;
    let open: { link: LinkPlace | undefined; words: Word[] } | undefined;
    const flush = (): void => {
      if (open) this.stretch(page, open.link ? this.linkElement(owner, open.link) : owner, open, at);
    };
    for (const word of line.words) {
      if (word.codes.length === 0) continue;
      if (open && open.link === word.link) open.words.push(word);
      else {
        flush();
        open = { link: word.link, words: [word] };
      }
    }
    flush();
  }

  /** Decoration and what stands on every page: read aloud by nobody. */
  artifact(page: Page, kind: string, commands: readonly string[]): void {
    page.commands.push(`/Artifact ${kind} BDC`, ...commands, 'EMC');
  }

  /** Words without a tag, for an artifact. */
  plainWords(line: Line, at: LineAt): string[] {
    return commandsOf(line.words, at);
  }

  /** Lines of one link share its tag; their areas are its annotations. */
  private linkElement(owner: Element, link: LinkPlace): Element {
    const last = owner.kids.at(-1);
    if (last && 'tag' in last && last.tag === 'Link' && this.links.get(last) === link) return last;
    const element = this.element(owner, 'Link');
    this.links.set(element, link);
    return element;
  }

  private readonly links = new Map<Element, LinkPlace>();

  private stretch(page: Page, owner: Element, open: { link: LinkPlace | undefined; words: Word[] }, at: LineAt): void {
    owner.kids.push({ page, mark: page.marks.length });
    const isAddress = open.link && 'url' in open.link.to;
    const color = isAddress ? LINK : at.color;
    const words = commandsOf(open.words, { ...at, color });
    page.commands.push(`/${owner.tag} << /MCID ${page.marks.length} >> BDC`, ...words, 'EMC');
    page.marks.push(owner);
    if (!open.link) return;
    const from = Math.min(...open.words.map((word) => word.at));
    const to = Math.max(...open.words.map((word) => word.at + word.width));
    const bottom = PAGE.height - at.y - at.size * 1.32;
    const box = [at.x + from, bottom, at.x + to, bottom + at.size * 1.3] as const;
    const rule = `${number(at.x + from)} ${number(bottom + 1)} ${number(to - from)} 0.6 re f`;
    if (isAddress) this.artifact(page, '<< /Type /Layout >>', [`${color} rg ${rule}`]);
    const annotation = { page, link: open.link, owner, box };
    page.annotations.push(annotation);
    owner.kids.push(annotation);
  }
}

export interface LineAt {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** Three parts from 0 to 1. */
  readonly color: string;
  readonly page?: Page;
}

function commandsOf(words: readonly Word[], at: LineAt): string[] {
  const baseline = PAGE.height - at.y - at.size;
  return [
    `BT ${at.color} rg`,
    ...words.map((word) => {
      const x = at.x + word.at + (word.isRightToLeft ? word.width : 0);
      return `/${resourceName(word.font)} ${number(at.size)} Tf 1 0 0 1 ${number(x)} ${number(baseline)} Tm ${shown(word)}`;
    }),
    'ET',
  ];
}

/** Right-to-left glyphs stay in reading order, each set to the left of the one before. */
function shown(word: Word): string {
  if (!word.isRightToLeft) return `<${word.codes.map(hex).join('')}> Tj`;
  let back = 0;
  const parts = word.codes.map((code, index) => {
    const width = word.widths[index] ?? 0;
    const part = `${back + width} <${hex(code)}>`;
    back = width;
    return part;
  });
  return `[${parts.join(' ')}] TJ`;
}

function hex(code: number): string {
  return code.toString(16).padStart(4, '0');
}

const names: Record<FontName, string> = {
  regular: 'F1',
  bold: 'F2',
  italic: 'F3',
  boldItalic: 'F4',
  arabic: 'F5',
  arabicBold: 'F6',
  hebrew: 'F7',
  hebrewBold: 'F8',
};

export function resourceName(font: FontName): string {
  return names[font];
}
