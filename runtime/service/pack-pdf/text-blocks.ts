import type { TextNode } from '../../engine/index.ts';
import {
  type Block,
  directionOf,
  type Inline,
  type Look,
  link,
  paragraph,
  run,
  textOf,
  textOfBlocks,
} from './page-text.ts';

/** Headings of a body start below the statement's own and never skip a level (PDF/UA 7.4.2). */
export function stepHeadings(blocks: Block[]): Block[] {
  let deepest = 3;
  return blocks.map((block) => {
    if (block.kind !== 'heading') return block;
    deepest = Math.min(block.level + 3, deepest + 1, 6);
    return { ...block, level: deepest };
  });
}

export function toBlocks(nodes: readonly TextNode[]): Block[] {
  const blocks: Block[] = [];
  let loose: TextNode[] = [];
  const flush = (): void => {
    if (loose.length > 0) blocks.push(paragraph(toInline(loose)));
    loose = [];
  };
  for (const node of nodes) {
    const block = toBlock(node);
    if (!block) {
      loose.push(node);
      continue;
    }
    flush();
    blocks.push(block);
  }
  flush();
  return blocks;
}

function toBlock(node: TextNode): Block | undefined {
  switch (node.type) {
    case 'paragraph':
      return paragraph(toInline(node.children));
    case 'heading': {
      const inline = toInline(node.children);
      return { kind: 'heading', level: node.depth, direction: directionOf(textOf(inline)), inline };
    }
    case 'quote':
      return { kind: 'quote', blocks: withoutHeadings(toBlocks(node.children)) };
    case 'item':
      return { kind: 'list', look: 'bullets', direction: 'ltr', items: [withoutHeadings(toBlocks(node.children))] };
    case 'list': {
      const items = node.children.map((child) =>
        withoutHeadings(toBlocks(child.type === 'item' ? child.children : [child])),
      );
      const direction = directionOf(items.map((item) => textOfBlocks(item)).join(' '));
      return { kind: 'list', look: node.ordered ? 'numbers' : 'bullets', direction, items };
    }
    case 'text':
    case 'break':
    case 'emphasis':
    case 'strong':
    case 'link':
      return undefined;
  }
}

/** A heading inside a list or a quote heads nothing: it is shown bold. */
function withoutHeadings(blocks: Block[]): Block[] {
  return blocks.map((block) =>
    block.kind === 'heading' ? { kind: 'paragraph', direction: block.direction, inline: bold(block.inline) } : block,
  );
}

function bold(inline: readonly Inline[]): Inline[] {
  return inline.map((one) => {
    if (one.kind === 'run') return { ...one, strong: true };
    return one.kind === 'link' ? { ...one, inline: bold(one.inline) } : one;
  });
}

function toInline(nodes: readonly TextNode[], look: Look = {}): Inline[] {
  return nodes.flatMap((node) => inlineOf(node, look));
}

function inlineOf(node: TextNode, look: Look): Inline[] {
  switch (node.type) {
    case 'text':
      return [run(node.value, look)];
    case 'break':
      return [{ kind: 'break' }];
    case 'strong':
      return toInline(node.children, { ...look, strong: true });
    case 'emphasis':
      return toInline(node.children, { ...look, emphasis: true });
    case 'link':
      return link(node.url, toInline(node.children, look));
    case 'paragraph':
    case 'item':
    case 'quote':
    case 'heading':
    case 'list':
      return toInline(node.children, look);
  }
}
