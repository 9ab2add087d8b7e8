import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, it } from 'vitest';
import { readMarkdown } from '../../../../runtime/engine/advise/markdown.ts';

/** What the full Markdown reader makes of a text of paragraphs without any markup; undefined where it finds more. */
function paragraphsOf(markdown: string): string[] | undefined {
  const found: string[] = [];
  for (const block of fromMarkdown(markdown).children) {
    if (block.type !== 'paragraph') return undefined;
    const [only, ...others] = block.children;
    if (only?.type !== 'text' || others.length > 0) return undefined;
    found.push(only.value);
  }
  return found;
}

/** How many blocks are no paragraph: headings and lists. */
const blocksIn = (nodes: readonly { type: string }[]) =>
  nodes.filter(({ type }) => type === 'heading' || type === 'list').map(({ type }) => type);

const plain = (paragraphs: readonly string[]) =>
  paragraphs.map((value) => ({ type: 'paragraph', children: [{ type: 'text', value }] }));

describe('Markdown without markup', () => {
  it('is read as the paragraphs the full reader finds', () => {
    const pieces = fc.constantFrom(
      ...['a', 'Ask us', '1', '.', '1. ', '1) ', '- ', '+ ', '# ', '=', '==', '---', '~~~', ' ', '    ', '\n', '\n\n'],
      ...[
        '\u00a0',
        '\f',
        '\v',
        '\u2028',
        ':',
        '|',
        '!',
        '£5',
        "it's",
        '{{name}}',
        '"',
        '(x)',
        'http://x.uk',
        'è',
        '\0',
      ],
      ...['\r', '\ufeff', '\u3000', '/', '$', '%', '^', '@', ';', '?', '\u200b'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const wanted = paragraphsOf(text);
        if (wanted) expect(readMarkdown(text)).toEqual({ nodes: plain(wanted), problems: [] });
        else expect(blocksIn(readMarkdown(text).nodes)).toEqual(blocksIn(fromMarkdown(text).children));
      }),
      { numRuns: 3000 },
    );
  });

  it('still finds lists, headings and emphasis', () => {
    expect(readMarkdown('Ask:\n\n- one\n- two').nodes.map(({ type }) => type)).toEqual(['paragraph', 'list']);
    expect(readMarkdown('Title\n---\nText').nodes.map(({ type }) => type)).toEqual(['heading', 'paragraph']);
    expect(readMarkdown('Ask *now*.').nodes).toEqual([
      {
        type: 'paragraph',
        children: [
          { type: 'text', value: 'Ask ' },
          { type: 'emphasis', children: [{ type: 'text', value: 'now' }] },
          { type: 'text', value: '.' },
        ],
      },
    ]);
  });
});
