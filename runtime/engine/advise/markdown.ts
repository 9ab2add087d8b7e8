import type { Nodes, Parent, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** The only things advice text may consist of. */
export type TextNode =
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'break' }
  | { readonly type: 'emphasis' | 'strong'; readonly children: readonly TextNode[] }
  | { readonly type: 'link'; readonly url: string; readonly children: readonly TextNode[] }
  | { readonly type: 'paragraph' | 'item' | 'quote'; readonly children: readonly TextNode[] }
  | { readonly type: 'heading'; readonly depth: number; readonly children: readonly TextNode[] }
  | { readonly type: 'list'; readonly ordered: boolean; readonly children: readonly TextNode[] };

/** Something in the text that is not allowed; it is shown as plain text, never executed and never lost. */
export interface MarkdownProblem {
  code: 'TEXT_HTML' | 'TEXT_LINK_REFUSED' | 'TEXT_IMAGE' | 'TEXT_TOO_DEEP';
  /** The offending source or address. */
  found: string;
}

export interface ReadMarkdown {
  nodes: TextNode[];
  problems: MarkdownProblem[];
}

const DEEPEST = 20;

/** Reads the Markdown subset into the allow-listed tree: no HTML, links only to http, https, mailto and tel. */
export function readMarkdown(markdown: string): ReadMarkdown {
  if (isPlain(markdown)) return { nodes: plainParagraphs(markdown), problems: [] };
  const problems: MarkdownProblem[] = [];
  if (nestsTooDeep(markdown)) {
    problems.push({ code: 'TEXT_TOO_DEEP', found: markdown.slice(0, 80) });
    return { nodes: [{ type: 'paragraph', children: [{ type: 'text', value: markdown }] }], problems };
  }
  const root = fromMarkdown(markdown);
  const definitions = new Map(
    root.children.flatMap((node) => (node.type === 'definition' ? [[node.identifier, node.url] as const] : [])),
  );
  const read = new Reader(markdown, problems, definitions);
  return { nodes: read.children(root, 0), problems };
}

/**
 * Whether nothing in the text can be markup, so that it is paragraphs and no more: no character with a meaning inside a line,
 * and no line that begins like a block or ends in a space. Most statements are, and reading them so takes a hundredth.
 */
function isPlain(markdown: string): boolean {
  return !/[\\`*_[\]<>&\t\r\0\ufeff]/.test(markdown) && !/^(?: |[-+=#~]|\d{1,9}[.)])| $/m.test(markdown);
}

function plainParagraphs(markdown: string): TextNode[] {
  return markdown
    .split(/\n\n+/)
    .map((lines) => lines.replace(/^\n+|\n+$/g, ''))
    .filter((value) => value !== '')
    .map((value) => ({ type: 'paragraph', children: [{ type: 'text', value }] }));
}

/** Thousands of quote or list markers on one line would nest as deep and exhaust the stack of the reader. */
function nestsTooDeep(markdown: string): boolean {
  return /^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])[ \t]*){60,}/m.test(markdown) || /[[*_]{400,}/.test(markdown);
}

class Reader {
  private readonly source: string;
  private readonly problems: MarkdownProblem[];
  private readonly definitions: ReadonlyMap<string, string>;

  constructor(source: string, problems: MarkdownProblem[], definitions: ReadonlyMap<string, string>) {
    this.source = source;
    this.problems = problems;
    this.definitions = definitions;
  }

  children(parent: Parent, depth: number): TextNode[] {
    return parent.children.flatMap((child) => this.node(child, depth + 1));
  }

  private node(node: RootContent, depth: number): TextNode[] {
    if (depth > DEEPEST) {
      this.problems.push({ code: 'TEXT_TOO_DEEP', found: this.sourceOf(node).slice(0, 80) });
      return [{ type: 'text', value: this.sourceOf(node) }];
    }
    switch (node.type) {
      case 'text':
        return [{ type: 'text', value: node.value }];
      case 'break':
        return [{ type: 'break' }];
      case 'paragraph':
      case 'emphasis':
      case 'strong':
        return [{ type: node.type, children: this.children(node, depth) }];
      case 'heading':
        return [{ type: 'heading', depth: node.depth, children: this.children(node, depth) }];
      case 'list':
        return [{ type: 'list', ordered: node.ordered === true, children: this.children(node, depth) }];
      case 'listItem':
        return [{ type: 'item', children: this.children(node, depth) }];
      case 'blockquote':
        return [{ type: 'quote', children: this.children(node, depth) }];
      case 'link':
        return this.link(node.url, this.children(node, depth));
      case 'linkReference':
        return this.link(this.definitions.get(node.identifier) ?? '', this.children(node, depth));
      case 'definition':
      case 'thematicBreak':
        return [];
      case 'inlineCode':
        return [{ type: 'text', value: node.value }];
      case 'code':
        return [{ type: 'paragraph', children: [{ type: 'text', value: node.value }] }];
      case 'image':
      case 'imageReference':
        this.problems.push({ code: 'TEXT_IMAGE', found: this.sourceOf(node) });
        return [{ type: 'text', value: node.alt ?? '' }];
      default:
        this.problems.push({ code: 'TEXT_HTML', found: this.sourceOf(node) });
        return [{ type: 'text', value: this.sourceOf(node) }];
    }
  }

  private link(url: string, children: TextNode[]): TextNode[] {
    if (isAllowedUrl(url)) return [{ type: 'link', url, children }];
    this.problems.push({ code: 'TEXT_LINK_REFUSED', found: url });
    return children;
  }

  private sourceOf(node: Nodes): string {
    return this.source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
  }
}

/** Whether a link may be followed: an absolute address of http, https, mailto or tel without control characters. */
export function isAllowedUrl(url: string): boolean {
  return /^(?:https?:\/\/[^\s/]|mailto:[^\s]|tel:[+\d])/i.test(url) && !hasControl(url);
}

function hasControl(text: string): boolean {
  return [...text].some((letter) => letter.charCodeAt(0) < 32 || letter.charCodeAt(0) === 127);
}

/** HTML of the tree; headings start at `topHeading`. Text is escaped; nothing else can reach the page. */
export function renderMarkdownHtml(nodes: readonly TextNode[], topHeading = 3): string {
  return nodes.map((node) => html(node, topHeading)).join('');
}

function html(node: TextNode, top: number): string {
  switch (node.type) {
    case 'text':
      return escapeHtml(node.value);
    case 'break':
      return '<br>';
    case 'emphasis':
      return `<em>${inside(node, top)}</em>`;
    case 'strong':
      return `<strong>${inside(node, top)}</strong>`;
    case 'link':
      return `<a href="${escapeHtml(node.url)}" rel="noopener noreferrer">${inside(node, top)}</a>`;
    case 'paragraph':
      return `<p>${inside(node, top)}</p>`;
    case 'item':
      return `<li>${tight(node, top)}</li>`;
    case 'quote':
      return `<blockquote>${inside(node, top)}</blockquote>`;
    case 'heading': {
      const level = Math.min(6, top + node.depth - 1);
      return `<h${level}>${inside(node, top)}</h${level}>`;
    }
    case 'list':
      return node.ordered ? `<ol>${inside(node, top)}</ol>` : `<ul>${inside(node, top)}</ul>`;
  }
}

function inside(node: { readonly children: readonly TextNode[] }, top: number): string {
  return renderMarkdownHtml(node.children, top);
}

/** An item of one paragraph is written without its paragraph. */
function tight(item: { readonly children: readonly TextNode[] }, top: number): string {
  const [only] = item.children;
  return item.children.length === 1 && only?.type === 'paragraph' ? inside(only, top) : inside(item, top);
}

/** Text for HTML content and attributes. */
export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/** The words of a tree, blocks on lines of their own. */
export function plainText(nodes: readonly TextNode[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'text') return node.value;
      if (node.type === 'break') return '\n';
      const text = plainText(node.children);
      return node.type === 'emphasis' || node.type === 'strong' || node.type === 'link' ? text : `${text}\n`;
    })
    .join('');
}

/** Addresses a tree links to, in order. */
export function linksOf(nodes: readonly TextNode[]): string[] {
  return nodes.flatMap((node) =>
    'children' in node ? [...(node.type === 'link' ? [node.url] : []), ...linksOf(node.children)] : [],
  );
}
