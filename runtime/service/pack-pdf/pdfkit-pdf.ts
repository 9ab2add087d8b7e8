import PDFDocument from 'pdfkit';
import { fontNames, readFont } from './fonts.ts';
import type { PackContent } from './pack-content.ts';
import type { Block, Direction, Inline } from './page-text.ts';
import { heading, run } from './page-text.ts';
import { type Line, layOut, type Style, widthOf } from './pdfkit-lines.ts';

type Doc = PDFKit.PDFDocument;

const INK = '#0b0c0c';
const ACCENT = '#1d4f6e';
const QUIET = '#4a5157';
const MARGIN = 65;
const FOOTER = 70;
const LINE_HEIGHT = 1.5;
const sizes: Record<number, number> = { 1: 25, 2: 16, 3: 12.5 };

/** Where text goes: the page's column, narrowed by lists and quotes. */
interface Place {
  readonly parent: PDFKit.PDFStructureElement;
  readonly left: number;
  readonly direction: Direction;
}

/** A tagged PDF of the pack for platforms without the better maker; right-to-left paragraphs are ordered line by line. */
export function pdfkitPdf(content: PackContent): Promise<Uint8Array> {
  const { year, month, day } = content.madeOn;
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    // The declared type knows only the archive subsets.
    subset: 'PDF/UA' as 'PDF/A-2a',
    tagged: true,
    lang: content.language,
    displayTitle: true,
    bufferPages: true,
    autoFirstPage: false,
    font: '',
    info: {
      Title: content.title,
      Author: content.organisation,
      Creator: 'Lintel',
      Producer: 'pdfkit',
      CreationDate: new Date(Date.UTC(year, month - 1, day)),
    },
  });
  for (const name of fontNames) doc.registerFont(name, readFont(name));
  const chunks: Buffer[] = [];
  const finished = new Promise<Uint8Array>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  write(doc, content);
  doc.end();
  return finished;
}

function write(doc: Doc, content: PackContent): void {
  newPage(doc);
  const root = doc.struct('Document', { lang: content.language });
  doc.addStructure(root);
  const place: Place = { parent: root, left: MARGIN, direction: 'ltr' };
  if (content.organisation !== '') {
    paragraph(doc, place, [run(content.organisation, { strong: true })], { size: 11, color: ACCENT, gap: 2 });
  }
  block(doc, heading(1, content.title), place);
  paragraph(doc, place, [run(content.asAt)], { size: 11, color: QUIET, gap: 8 });
  blocks(doc, content.blocks, place);
  root.end();
  footers(doc, content);
}

function newPage(doc: Doc): void {
  doc.addPage();
  doc.y = MARGIN;
}

function block(doc: Doc, one: Block, place: Place): void {
  if (one.kind === 'heading') headingBlock(doc, one, place);
  else if (one.kind === 'list') list(doc, one, place);
  else if (one.kind === 'paragraph') {
    paragraph(doc, { ...place, direction: one.direction }, one.inline, { size: 11, color: INK, gap: 6 });
  } else {
    const [tag, indent, options] =
      one.kind === 'quote' ? (['BlockQuote', 16, {}] as const) : (['Sect', 0, { lang: one.language }] as const);
    inside(
      doc,
      place,
      tag,
      (parent) => blocks(doc, one.blocks, { ...place, parent, left: place.left + indent }),
      options,
    );
  }
}

function blocks(doc: Doc, all: readonly Block[], place: Place): void {
  for (const one of all) block(doc, one, place);
}

function inside(
  doc: Doc,
  place: Place,
  tag: string,
  work: (parent: PDFKit.PDFStructureElement) => void,
  options: { lang?: string } = {},
): void {
  const element = doc.struct(tag, options);
  place.parent.add(element);
  work(element);
  element.end();
}

function headingBlock(doc: Doc, one: Block & { kind: 'heading' }, place: Place): void {
  const size = sizes[one.level] ?? 11;
  const color = one.level === 2 ? ACCENT : INK;
  const before = one.level === 1 ? 0 : one.level === 2 ? 20 : 10;
  // A heading never stands alone at the foot of a page.
  makeRoom(doc, before + size * LINE_HEIGHT + 45);
  doc.y += before;
  if (one.level === 2) rule(doc);
  const style = { size, color, gap: 4, tag: `H${one.level}`, strong: true };
  paragraph(doc, { ...place, direction: one.direction }, one.inline, style);
}

function rule(doc: Doc): void {
  const y = doc.y - 3;
  artifact(doc, () => {
    doc
      .moveTo(MARGIN, y)
      .lineTo(doc.page.width - MARGIN, y)
      .lineWidth(1.2)
      .strokeColor(ACCENT)
      .stroke();
  });
  doc.y += 3;
}

function list(doc: Doc, one: Block & { kind: 'list' }, place: Place): void {
  const indent = one.look === 'cards' ? 0 : 22;
  inside(doc, place, 'L', (parent) => {
    one.items.forEach((item, index) => {
      inside(doc, { ...place, parent }, 'LI', (li) => {
        makeRoom(doc, 11 * LINE_HEIGHT);
        if (indent > 0) label(doc, one, { ...place, parent: li }, one.look === 'numbers' ? `${index + 1}.` : '•');
        inside(doc, { ...place, parent: li }, 'LBody', (body) => {
          const isLeftToRight = one.direction === 'ltr';
          const inner = { ...place, parent: body, left: place.left + (isLeftToRight ? indent : 0) };
          blocks(doc, item, inner);
        });
      });
    });
  });
  doc.y += 4;
}

function label(doc: Doc, one: Block & { kind: 'list' }, place: Place, text: string): void {
  const { y } = doc;
  const x = one.direction === 'ltr' ? place.left + 6 : doc.page.width - MARGIN + 6;
  inside(doc, place, 'Lbl', (parent) => {
    parent.add(
      doc.struct('Span', {}, () => {
        doc.font('regular').fontSize(11).fillColor(INK).text(text, x, y, { lineBreak: false });
      }),
    );
  });
  doc.y = y;
}

interface Shape {
  readonly size: number;
  readonly color: string;
  /** Blank after it, in points. */
  readonly gap: number;
  readonly tag?: string;
  readonly strong?: boolean;
}

function paragraph(doc: Doc, place: Place, inline: readonly Inline[], shape: Shape): void {
  const right = doc.page.width - MARGIN;
  const style: Style = { size: shape.size, strong: shape.strong === true };
  const lines = layOut(doc, inline, { width: right - place.left, style, direction: place.direction });
  inside(doc, place, shape.tag ?? 'P', (parent) => {
    for (const line of lines) {
      makeRoom(doc, shape.size * LINE_HEIGHT);
      writeLine(doc, line, { parent, left: place.left, right, shape, direction: place.direction });
      doc.y += shape.size * LINE_HEIGHT;
    }
  });
  doc.y += shape.gap;
}

interface LinePlace {
  readonly parent: PDFKit.PDFStructureElement;
  readonly left: number;
  readonly right: number;
  readonly shape: Shape;
  readonly direction: Direction;
}

function writeLine(doc: Doc, line: Line, place: LinePlace): void {
  const { y } = doc;
  const start = place.direction === 'ltr' ? place.left : place.right - line.width;
  for (const word of line.words) {
    const link = word.url === undefined ? {} : { link: word.url, underline: true };
    const draw = (): void => {
      doc.font(word.font).fontSize(place.shape.size);
      doc.fillColor(word.url === undefined ? place.shape.color : ACCENT);
      doc.text(word.text, start + word.at, y, { lineBreak: false, ...link });
    };
    if (word.url === undefined) place.parent.add(doc.struct('Span', {}, draw));
    else place.parent.add(doc.struct('Link', { alt: word.alt ?? word.text }, draw));
  }
  doc.y = y;
}

function makeRoom(doc: Doc, points: number): void {
  if (doc.y + points > doc.page.height - FOOTER) newPage(doc);
}

function footers(doc: Doc, content: PackContent): void {
  const { count } = doc.bufferedPageRange();
  for (let index = 0; index < count; index++) {
    doc.switchToPage(index);
    const text = `${content.words.page} ${index + 1} ${content.words.of} ${count}`;
    const x = doc.page.width - MARGIN - widthOf(doc, text, 'regular', 9);
    artifact(doc, () => {
      doc
        .font('regular')
        .fontSize(9)
        .fillColor(QUIET)
        .text(text, x, doc.page.height - 45, { lineBreak: false });
    });
  }
}

/** Decoration: read aloud by nobody. */
function artifact(doc: Doc, draw: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' });
  draw();
  doc.endMarkedContent();
}
