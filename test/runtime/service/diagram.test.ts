import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const service = join(root, 'runtime/service');
const text = readFileSync(join(root, 'docs/runtime.md'), 'utf8');
const drawing = /```mermaid\n([\s\S]*?)```/.exec(text)?.[1] ?? '';

/** File by box. */
const boxes = new Map(
  [...drawing.matchAll(/(\w+)\["([\w./-]+\.ts)/g)].map((match) => [match[1] ?? '', match[2] ?? ''] as const),
);
/** Solid arrows between boxes that are files. */
const arrows = [...drawing.matchAll(/(\w+)(?:\[[^\]]*\])? --> (\w+)/g)].flatMap((match) => {
  const [from, to] = [boxes.get(match[1] ?? ''), boxes.get(match[2] ?? '')];
  return from && to ? [[from, to] as const] : [];
});

function importsOf(file: string): string[] {
  const source = readFileSync(join(service, file), 'utf8');
  return [...source.matchAll(/from '(\.[^']+)'/g)].map((match) =>
    relative(service, join(service, dirname(file), match[1] ?? '')),
  );
}

describe('the drawing of the data’s way in docs/runtime.md', () => {
  it('names files that are there', () => {
    expect(boxes.size).toBeGreaterThan(25);
    expect([...boxes.values()].filter((file) => !existsSync(join(service, file)))).toEqual([]);
  });

  it('draws an arrow only where one file uses the other', () => {
    expect(arrows.length).toBeGreaterThan(25);
    expect(arrows.filter(([from, to]) => !importsOf(from).includes(to))).toEqual([]);
  });
});
