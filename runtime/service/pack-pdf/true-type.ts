/** As much of a TrueType font as printing takes. Widths and heights in thousandths of the size of the letters. */
export interface TrueType {
  readonly ascent: number;
  readonly descent: number;
  readonly box: readonly [number, number, number, number];
  /** Degrees; negative leans forward. */
  readonly italicAngle: number;
  /** 0 where the font has no such letter. */
  glyphOf(codePoint: number): number;
  widthOf(glyph: number): number;
  /** A font of these glyphs alone, numbered by their place in the list; the first is the mark for a missing letter, 0. */
  subset(glyphs: readonly number[]): Buffer;
}

/** Reads a font with outlines in `glyf`. Throws when a table that printing needs is not there. */
export function readTrueType(file: Buffer): TrueType {
  const tables = readTables(file);
  const table = (name: string): Buffer => {
    const found = tables.get(name);
    if (!found) throw new Error(`expected a TrueType font with a table ${name}, which this one has not`);
    return found;
  };
  const head = table('head');
  const hhea = table('hhea');
  const hmtx = table('hmtx');
  const scale = 1000 / head.readUInt16BE(18);
  const longMetrics = hhea.readUInt16BE(34);
  const glyphs = readGlyphs(table('loca'), table('glyf'), head.readInt16BE(50) === 1);
  const advance = (glyph: number): number => hmtx.readUInt16BE(Math.min(glyph, longMetrics - 1) * 4);
  const bearing = (glyph: number): number =>
    glyph < longMetrics
      ? hmtx.readInt16BE(glyph * 4 + 2)
      : hmtx.readInt16BE(longMetrics * 4 + (glyph - longMetrics) * 2);
  const scaled = (buffer: Buffer, at: number): number => Math.round(buffer.readInt16BE(at) * scale);
  return {
    ascent: scaled(hhea, 4),
    descent: scaled(hhea, 6),
    box: [scaled(head, 36), scaled(head, 38), scaled(head, 40), scaled(head, 42)],
    italicAngle: table('post').readInt32BE(4) / 65_536,
    glyphOf: readCharacters(table('cmap')),
    widthOf: (glyph) => Math.round(advance(glyph) * scale),
    subset: (wanted) => {
      const { list, outlines } = withParts(wanted, glyphs);
      const metrics = Buffer.alloc(list.length * 4);
      list.forEach((glyph, index) => {
        metrics.writeUInt16BE(advance(glyph), index * 4);
        metrics.writeInt16BE(bearing(glyph), index * 4 + 2);
      });
      const kept = ['cvt ', 'fpgm', 'prep'].flatMap((name): [string, Buffer][] => {
        const found = tables.get(name);
        return found ? [[name, found]] : [];
      });
      return writeTables(
        new Map([
          ...kept,
          ...outlineTables(outlines),
          ['head', withNumber(head, 50, 1)],
          ['hhea', withNumber(hhea, 34, list.length)],
          ['hmtx', metrics],
          ['maxp', withNumber(table('maxp'), 4, list.length)],
        ]),
      );
    },
  };
}

function readTables(file: Buffer): Map<string, Buffer> {
  const count = file.readUInt16BE(4);
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const at = 12 + index * 16;
      const offset = file.readUInt32BE(at + 8);
      return [file.toString('latin1', at, at + 4), file.subarray(offset, offset + file.readUInt32BE(at + 12))];
    }),
  );
}

type Outline = (glyph: number) => Buffer;

function readGlyphs(loca: Buffer, glyf: Buffer, isLong: boolean): Outline {
  const at = (glyph: number): number => (isLong ? loca.readUInt32BE(glyph * 4) : loca.readUInt16BE(glyph * 2) * 2);
  return (glyph) => glyf.subarray(at(glyph), at(glyph + 1));
}

/** The letters of the Unicode table: segments (format 4) or groups (format 12). */
function readCharacters(cmap: Buffer): (codePoint: number) => number {
  const count = cmap.readUInt16BE(2);
  const offsets = Array.from({ length: count }, (_, index) => cmap.readUInt32BE(4 + index * 8 + 4));
  const tables = offsets.map((offset) => cmap.subarray(offset));
  const groups = tables.find((table) => table.readUInt16BE(0) === 12);
  const segments = tables.find((table) => table.readUInt16BE(0) === 4);
  const known = new Map<number, number>();
  const find = groups ? inGroups(groups) : segments ? inSegments(segments) : () => 0;
  return (codePoint) => {
    const before = known.get(codePoint);
    if (before !== undefined) return before;
    const glyph = find(codePoint);
    known.set(codePoint, glyph);
    return glyph;
  };
}

function inGroups(table: Buffer): (codePoint: number) => number {
  const count = table.readUInt32BE(12);
  return (codePoint) => {
    const group = firstWhere(count, (index) => table.readUInt32BE(16 + index * 12 + 4) >= codePoint);
    const at = 16 + group * 12;
    if (group === count || table.readUInt32BE(at) > codePoint) return 0;
    return table.readUInt32BE(at + 8) + codePoint - table.readUInt32BE(at);
  };
}

function inSegments(table: Buffer): (codePoint: number) => number {
  const size = table.readUInt16BE(6);
  const count = size / 2;
  return (codePoint) => {
    const segment = firstWhere(count, (index) => table.readUInt16BE(14 + index * 2) >= codePoint);
    const start = segment === count ? Number.POSITIVE_INFINITY : table.readUInt16BE(16 + size + segment * 2);
    if (start > codePoint) return 0;
    const delta = table.readUInt16BE(16 + size * 2 + segment * 2);
    const rangeAt = 16 + size * 3 + segment * 2;
    const range = table.readUInt16BE(rangeAt);
    if (range === 0) return (codePoint + delta) & 0xffff;
    const glyph = table.readUInt16BE(rangeAt + range + (codePoint - start) * 2);
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  };
}

function firstWhere(count: number, isTrue: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Letters put together from others (é) bring their parts, under new numbers. */
function withParts(wanted: readonly number[], outlineOf: Outline): { list: number[]; outlines: Buffer[] } {
  const list = [...wanted];
  const outlines: Buffer[] = [];
  for (let index = 0; index < list.length; index++) {
    const outline = Buffer.from(outlineOf(list[index] ?? 0));
    for (const at of partsIn(outline)) {
      const part = outline.readUInt16BE(at);
      const place = list.indexOf(part);
      if (place < 0) list.push(part);
      outline.writeUInt16BE(place < 0 ? list.length - 1 : place, at);
    }
    outlines.push(outline);
  }
  return { list, outlines };
}

const WORDS = 1;
const SCALE = 8;
const MORE = 32;
const TWO_SCALES = 64;
const MATRIX = 128;

/** Where a composite outline names its parts. */
function partsIn(outline: Buffer): number[] {
  if (outline.length === 0 || outline.readInt16BE(0) >= 0) return [];
  const places: number[] = [];
  let at = 10;
  for (;;) {
    const flags = outline.readUInt16BE(at);
    places.push(at + 2);
    at += 4 + (flags & WORDS ? 4 : 2);
    at += flags & SCALE ? 2 : flags & TWO_SCALES ? 4 : flags & MATRIX ? 8 : 0;
    if (!(flags & MORE)) return places;
  }
}

function outlineTables(outlines: readonly Buffer[]): [string, Buffer][] {
  const loca = Buffer.alloc((outlines.length + 1) * 4);
  const padded = outlines.map((outline) => Buffer.concat([outline, Buffer.alloc(-outline.length & 3)]));
  let at = 0;
  padded.forEach((outline, index) => {
    at += outline.length;
    loca.writeUInt32BE(at, (index + 1) * 4);
  });
  return [
    ['glyf', Buffer.concat(padded)],
    ['loca', loca],
  ];
}

function withNumber(table: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(table);
  copy.writeUInt16BE(value, at);
  return copy;
}

function writeTables(tables: ReadonlyMap<string, Buffer>): Buffer {
  const sorted = [...tables].sort(([one], [other]) => (one < other ? -1 : 1));
  const power = 2 ** Math.floor(Math.log2(sorted.length));
  const header = Buffer.alloc(12 + sorted.length * 16);
  header.writeUInt32BE(0x00010000, 0);
  header.writeUInt16BE(sorted.length, 4);
  header.writeUInt16BE(power * 16, 6);
  header.writeUInt16BE(Math.log2(power), 8);
  header.writeUInt16BE((sorted.length - power) * 16, 10);
  const parts: Buffer[] = [header];
  let offset = header.length;
  sorted.forEach(([name, table], index) => {
    const at = 12 + index * 16;
    header.write(name, at, 'latin1');
    header.writeUInt32BE(checksum(table), at + 4);
    header.writeUInt32BE(offset, at + 8);
    header.writeUInt32BE(table.length, at + 12);
    const padded = Buffer.concat([table, Buffer.alloc(-table.length & 3)]);
    parts.push(padded);
    offset += padded.length;
  });
  return Buffer.concat(parts);
}

function checksum(table: Buffer): number {
  const padded = Buffer.concat([table, Buffer.alloc(-table.length & 3)]);
  let sum = 0;
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
  return sum;
}
