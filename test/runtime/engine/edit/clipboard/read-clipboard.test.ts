import { describe, expect, it } from 'vitest';
import { copyNodes, printBundle } from '../../../../../runtime/engine/edit/clipboard/copy-nodes.ts';
import { readClipboard } from '../../../../../runtime/engine/edit/clipboard/read-clipboard.ts';
import { smallDraft } from '../draft.ts';

const rows = (text: string) => {
  const read = readClipboard(text);
  return read.kind === 'rows' ? read.rows : read;
};
const reason = (text: string) => {
  const read = readClipboard(text);
  return read.kind === 'unreadable' ? read.reason : undefined;
};

describe('a list', () => {
  it.each([
    ['- Call customer\n- Visit home', 'dashes'],
    ['\u2022 Call customer\r\n\u2022 Visit home', 'bullets and Windows line ends'],
    ['1. Call customer\n2) Visit home', 'numbers'],
    ['* [ ] Call customer\n* [x] Visit home', 'boxes'],
    ['  - Call customer\n    - Visit home\n', 'indents'],
    ['Call customer\nVisit home', 'nothing'],
    ['- Call customer\nVisit home', 'a missing bullet'],
  ])('%j is read with %s', (text) => {
    expect(rows(text)).toEqual([['Call customer'], ['Visit home']]);
  });

  it('may have one line when that has a bullet', () => {
    expect(rows('- Call customer')).toEqual([['Call customer']]);
  });
});

describe('cells', () => {
  it('are read row by row, empty rows left out', () => {
    expect(rows('Task\tSLA\nCall\t5wd\n\t\nVisit\t\n')).toEqual([
      ['Task', 'SLA'],
      ['Call', '5wd'],
      ['Visit', ''],
    ]);
  });

  it('may hold tabs, quotes and line ends in quotes', () => {
    expect(rows('"Call ""at once"""\t"two\nlines"\nVisit\t"a\tb"')).toEqual([
      ['Call "at once"', 'two lines'],
      ['Visit', 'a\tb'],
    ]);
  });
});

describe('text that is neither', () => {
  it.each([
    ['', 'The clipboard is empty.'],
    ['  \n ', 'The clipboard is empty.'],
    ['{"a": 1}', 'The clipboard holds JSON that is not tasks copied in Lintel.'],
    ['{"lintel": "lintel-tasks",', 'The clipboard holds JSON that is cut off or broken: copy it again.'],
    [
      '{"lintel": "lintel-tasks", "format": 2}',
      'The tasks on the clipboard come from a newer Lintel: bring this one up to date first.',
    ],
    [
      '{"lintel": "lintel-tasks", "format": 1}',
      'The tasks on the clipboard were changed and cannot be read at from: copy them again.',
    ],
    [
      `{"lintel":"lintel-tasks","__proto__":{"a":1}}`,
      'The tasks on the clipboard are not as Lintel wrote them: copy them again.',
    ],
  ])('%j is refused: %s', (text, expected) => {
    expect(reason(text)).toBe(expected);
  });

  it.each([
    'Call customer',
    'We met on Monday.\nIt was decided to wait.',
    `${'word '.repeat(60)}\n${'word '.repeat(60)}`,
  ])('such as %j is told what would do', (text) => {
    expect(reason(text)).toContain('neither tasks copied in Lintel, nor a list with one task a line');
  });

  it('refuses a node that was changed into something else', () => {
    const bundle = JSON.parse(printBundle(copyNodes(smallDraft(), 'W', ['A']))) as { nodes: Record<string, object> };
    bundle.nodes['A'] = { type: 'rocket' };
    expect(reason(JSON.stringify(bundle))).toContain('cannot be read at nodes/A');
  });

  it('takes at most a thousand rows', () => {
    expect(reason(Array.from({ length: 1001 }, (_, at) => `- Task ${at}`).join('\n'))).toBe(
      'These are 1001 rows; at most 1000 are pasted at once.',
    );
  });
});
