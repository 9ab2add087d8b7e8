import { type Line, type LinkPlace, layOut, type Style, toWord } from './lines.ts';
import type { PackContent } from './pack-content.ts';
import { type Block, type Direction, heading, type Inline, run, textOf } from './page-text.ts';
import { number } from './pdf-file.ts';
import { type Element, PAGE, type Page, TaggedDocument } from './tagged-document.ts';

const INK = '0.043 0.047 0.047';
const ACCENT = '0.114 0.31 0.431';
const QUIET = '0.29 0.318 0.341';
const HAIR = '0.773 0.8 0.82';
const MARGIN = 65;
const TOP = 60;
const BOTTOM = PAGE.height - 75;
const TEXT = 11;
const LINE_HEIGHT = 1.5;
const LINE = TEXT * LINE_HEIGHT;
const INDENT = 22;
const NARROWEST = 150;
const sizes: Record<number, number> = { 1: 25, 2: 16, 3: 12.5 };

/** Where text goes: the page's column, narrowed by lists and quotes. */
interface Place {
  readonly parent: Element;
  readonly left: number;
  readonly right: number;
  readonly direction: Direction;
}

interface Shape {
  readonly size: number;
  readonly color: string;
  /** Points below. */
  readonly gap: number;
  readonly tag?: string;
  readonly strong?: true;
}

/** Sets the pack on pages, tagged: contents first where it is long, then its blocks, the foot of each page last. */
export function setPages(content: PackContent): TaggedDocument {
  const doc = new TaggedDocument();
  doc.addPage(TOP);
  const place: Place = { parent: doc.root, left: MARGIN, right: PAGE.width - MARGIN, direction: 'ltr' };
  if (content.organisation !== '') {
    const name = [run(content.organisation, { strong: true })];
    paragraph(doc, place, name, { size: TEXT, color: ACCENT, gap: 2 });
  }
  headingBlock(doc, heading(1, content.title), place);
  paragraph(doc, place, [run(content.asAt)], { size: TEXT, color: QUIET, gap: 8 });
  if (content.note !== undefined) {
    paragraph(doc, place, [run(content.note, { emphasis: true })], { size: TEXT, color: INK, gap: 8 });
  }
  const numbers = content.hasContents ? contents(doc, content, place) : [];
  blocks(doc, content.blocks, place);
  for (const write of numbers) write();
  footers(doc, content);
  return doc;
}

function blocks(doc: TaggedDocument, all: readonly Block[], place: Place): void {
  for (const one of all) block(doc, one, place);
}

function block(doc: TaggedDocument, one: Block, place: Place): void {
  if (one.kind === 'heading') headingBlock(doc, one, place);
  else if (one.kind === 'paragraph') {
    paragraph(doc, { ...place, direction: one.direction }, one.inline, { size: TEXT, color: INK, gap: 6 });
  } else if (one.kind === 'list') list(doc, one, place);
  else if (one.kind === 'quote') quote(doc, one.blocks, place);
  else blocks(doc, one.blocks, { ...place, parent: doc.element(place.parent, 'Sect', { language: one.language }) });
}

type Heading = Block & { kind: 'heading' };

function headingBlock(doc: TaggedDocument, one: Heading, place: Place, options: { isTarget?: false } = {}): void {
  const size = sizes[one.level] ?? TEXT;
  const before = one.level === 1 ? 4 : one.level === 2 ? 22 : 10;
  // A heading never stands alone at the foot of a page: a section's has a statement's below, and two lines of its text.
  makeRoom(doc, before + size * LINE_HEIGHT + (one.level === 2 ? 80 : 45));
  if (doc.y > TOP) doc.y += before;
  if (one.level === 2) {
    const rule = `${ACCENT} rg ${place.left} ${number(PAGE.height - doc.y + 4)} ${number(place.right - place.left)} 1.2 re f`;
    doc.artifact(doc.page, '<< /Type /Layout >>', [rule]);
    doc.y += 3;
  }
  if ((one.level === 2 || one.level === 3) && options.isTarget !== false && place.parent === doc.root) {
    doc.targets.push({ title: textOf(one.inline), level: one.level, page: doc.page, y: PAGE.height - doc.y + 12 });
  }
  const color = one.level === 2 ? ACCENT : one.level > 4 ? QUIET : INK;
  const shape = { size, color, gap: one.level === 1 ? 2 : 3, tag: `H${one.level}`, strong: true } as const;
  paragraph(doc, { ...place, direction: one.direction }, one.inline, shape);
}

function paragraph(doc: TaggedDocument, place: Place, inline: readonly Inline[], shape: Shape): void {
  const style: Style = { size: shape.size, strong: shape.strong === true };
  const column = { width: place.right - place.left, style, direction: place.direction };
  const element = doc.element(place.parent, shape.tag ?? 'P');
  const height = shape.size * (shape.size > 20 ? 1.25 : LINE_HEIGHT);
  for (const line of layOut(doc.letters, inline, column)) {
    makeRoom(doc, height);
    doc.line(element, line, { x: startOf(line, place), y: doc.y, size: shape.size, color: shape.color });
    doc.y += height;
  }
  doc.y += shape.gap;
}

function startOf(line: Line, place: Place): number {
  return place.direction === 'ltr' ? place.left : place.right - line.width;
}

type List = Block & { kind: 'list' };

function list(doc: TaggedDocument, one: List, place: Place): void {
  const numbering = one.look === 'numbers' ? 'Decimal' : one.look === 'bullets' ? 'Disc' : 'None';
  const entries = `/A << /O /List /ListNumbering /${numbering} >>`;
  const parent = doc.element(place.parent, 'L', { entries });
  one.items.forEach((item, index) => {
    const li = doc.element(parent, 'LI');
    if (one.look === 'cards') card(doc, item, { ...place, parent: li, direction: one.direction });
    else {
      makeRoom(doc, LINE);
      label(doc, one.look === 'numbers' ? `${index + 1}.` : '•', { ...place, parent: li, direction: one.direction });
      blocks(doc, item, { ...narrowed(place, one.direction, INDENT), parent: doc.element(li, 'LBody') });
    }
  });
  doc.y += 4;
}

/** A list deep inside others goes on without a further indent, or its words would leave the page. */
function narrowed(place: Place, direction: Direction, by: number): Place {
  if (place.right - place.left - by < NARROWEST) return place;
  return direction === 'ltr' ? { ...place, left: place.left + by } : { ...place, right: place.right - by };
}

function label(doc: TaggedDocument, text: string, place: Place): void {
  const line = lineOf(doc, text, TEXT);
  const x = place.direction === 'ltr' ? place.left + 6 : place.right - 6 - line.width;
  doc.line(doc.element(place.parent, 'Lbl'), line, { x, y: doc.y, size: TEXT, color: INK });
}

/** A way to reach somebody, kept on one page, with a bar at its side. */
function card(doc: TaggedDocument, item: readonly Block[], place: Place): void {
  const isLeft = place.direction === 'ltr';
  const inner = isLeft ? { left: place.left + 12 } : { right: place.right - 12 };
  const column = {
    width: place.right - place.left - 12,
    style: { size: TEXT, strong: false },
    direction: place.direction,
  };
  const lines = item.flatMap((one) => ('inline' in one ? layOut(doc.letters, one.inline, column) : []));
  makeRoom(doc, lines.length * LINE);
  const from = { page: doc.page, y: doc.y };
  blocks(doc, item, { ...place, ...inner, parent: doc.element(place.parent, 'LBody') });
  bar(doc, from, { x: isLeft ? place.left : place.right - 3, color: ACCENT });
  doc.y += 3;
}

function quote(doc: TaggedDocument, inner: readonly Block[], place: Place): void {
  const from = { page: doc.page, y: doc.y };
  blocks(doc, inner, { ...narrowed(place, 'ltr', 14), parent: doc.element(place.parent, 'BlockQuote') });
  bar(doc, from, { x: place.left, color: HAIR });
}

/** A bar from there to here, over as many pages as lie between. */
function bar(doc: TaggedDocument, from: { page: Page; y: number }, look: { x: number; color: string }): void {
  for (const page of doc.pages.slice(from.page.index)) {
    const top = page === from.page ? from.y + 2 : TOP;
    const bottom = page === doc.page ? doc.y - 4 : BOTTOM;
    const area = `${number(look.x)} ${number(PAGE.height - bottom)} 3 ${number(bottom - top)} re f`;
    if (bottom > top) doc.artifact(page, '<< /Type /Layout >>', [`${look.color} rg ${area}`]);
  }
}

/** Sections and statements with their pages. The numbers are written when the pages are known. */
function contents(doc: TaggedDocument, content: PackContent, place: Place): (() => void)[] {
  headingBlock(doc, heading(2, content.words.contents), place, { isTarget: false });
  const toc = doc.element(doc.root, 'TOC');
  const entries = content.blocks.filter((one): one is Heading => one.kind === 'heading' && one.level <= 3);
  return entries.map((entry, index) => contentsLine(doc, entry, index, { ...place, parent: toc }));
}

function contentsLine(doc: TaggedDocument, entry: Heading, index: number, place: Place): () => void {
  const isSection = entry.level === 2;
  const link: LinkPlace = { to: { heading: index }, words: textOf(entry.inline).replaceAll('\u{200b}', '') };
  const left = place.left + (isSection ? 0 : 14);
  const style = { size: TEXT, strong: isSection };
  const width = place.right - left - 40;
  const owner = doc.element(doc.element(place.parent, 'TOCI'), 'Reference');
  if (isSection) doc.y += 4;
  const lines = layOut(doc.letters, [...entry.inline, run(' ')], { width, style, direction: 'ltr', link });
  for (const line of lines) {
    makeRoom(doc, LINE);
    doc.line(owner, line, { x: left, y: doc.y, size: TEXT, color: INK });
    doc.y += LINE;
  }
  const at = { page: doc.page, y: doc.y - LINE, size: TEXT, color: INK };
  const from = left + (lines.at(-1)?.width ?? 0);
  return () => {
    const page = lineOf(doc, String((doc.targets[index]?.page.index ?? 0) + 1), TEXT, link);
    doc.line(owner, page, { ...at, x: place.right - page.width });
    leader(doc, at, from + 6, place.right - page.width - 6);
  };
}

/** Dots from a title to its page. */
function leader(doc: TaggedDocument, at: { page: Page; y: number }, from: number, to: number): void {
  const y = number(PAGE.height - at.y - TEXT);
  const line = `${number(from)} ${y} m ${number(to)} ${y} l S`;
  if (to > from) doc.artifact(at.page, '<< /Type /Layout >>', [`q ${HAIR} RG 0.8 w [0.8 3] 0 d ${line} Q`]);
}

function lineOf(doc: TaggedDocument, text: string, size: number, link?: LinkPlace): Line {
  const word = toWord(doc.letters, text, 'regular', size, link);
  return { words: [word], width: word.width };
}

function makeRoom(doc: TaggedDocument, points: number): void {
  if (doc.y + points > BOTTOM) doc.addPage(TOP);
}

const SMALL = 9;

function footers(doc: TaggedDocument, content: PackContent): void {
  const left = content.organisation === '' ? content.title : content.organisation;
  const style = { size: SMALL, strong: false };
  const [name] = layOut(doc.letters, [run(left)], { width: PAGE.width - MARGIN * 2 - 120, style, direction: 'ltr' });
  for (const page of doc.pages) {
    const { words } = content;
    const count = lineOf(doc, `${words.page} ${page.index + 1} ${words.of} ${doc.pages.length}`, SMALL);
    const at = { y: PAGE.height - 52, size: SMALL, color: QUIET };
    doc.artifact(page, '<< /Type /Pagination /Subtype /Footer >>', [
      ...(name ? doc.plainWords(name, { ...at, x: MARGIN }) : []),
      ...doc.plainWords(count, { ...at, x: PAGE.width - MARGIN - count.width }),
    ]);
  }
}
