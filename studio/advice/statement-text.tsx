import { createElement, Fragment, type ReactNode } from 'react';
import type { TextNode } from '../document/engine.ts';

/** Advice text as people will read it; headings begin below those of the page. */
export function StatementText({ nodes }: { nodes: readonly TextNode[] }) {
  return <>{renderAll(nodes)}</>;
}

const TOP_HEADING = 5;
const tags = { paragraph: 'p', item: 'li', quote: 'blockquote', emphasis: 'em', strong: 'strong' } as const;

function renderAll(nodes: readonly TextNode[]): ReactNode[] {
  // biome-ignore lint/suspicious/noArrayIndexKey: parsed text has no other identity
  return nodes.map((node, at) => <Fragment key={at}>{render(node)}</Fragment>);
}

function render(node: TextNode): ReactNode {
  switch (node.type) {
    case 'text':
      return node.value;
    case 'break':
      return <br />;
    case 'link':
      return (
        <a href={node.url} target="_blank" rel="noopener noreferrer">
          {renderAll(node.children)}
        </a>
      );
    case 'heading':
      return createElement(`h${Math.min(6, TOP_HEADING + node.depth - 1)}`, null, ...renderAll(node.children));
    case 'list':
      return createElement(node.ordered ? 'ol' : 'ul', null, ...renderAll(node.children));
    case 'paragraph':
    case 'item':
    case 'quote':
    case 'emphasis':
    case 'strong':
      return createElement(tags[node.type], null, ...renderAll(node.children));
  }
}
