import type { TextNode } from './markdown.ts';

/** A placeholder of advice text: a value by name, or an agency by key. */
export type Placeholder = { readonly value: string } | { readonly agency: string };

const pattern = /\{\{\s*(agency:)?\s*([A-Za-z0-9_.-]+)\s*\}\}/g;

/** Values every pack can fill in. */
export const packValues: readonly string[] = [
  'caseRef',
  'customerName',
  'organisation',
  'caseworker',
  'asAt',
  'contactPhone',
  'contactEmail',
];

/** Placeholders of a text, in order. */
export function placeholdersOf(text: string): Placeholder[] {
  return [...text.matchAll(pattern)].map(([, agency, name = '']) => (agency ? { agency: name } : { value: name }));
}

/** Fills the placeholders of a tree; one nobody can fill stays as written, so that nothing is silently lost. */
export function fillPlaceholders(
  nodes: readonly TextNode[],
  fill: (placeholder: Placeholder) => string | undefined,
): TextNode[] {
  return nodes.map((node) => {
    if (node.type === 'text') return { type: 'text', value: fillText(node.value, fill) };
    return 'children' in node ? { ...node, children: fillPlaceholders(node.children, fill) } : node;
  });
}

function fillText(text: string, fill: (placeholder: Placeholder) => string | undefined): string {
  return text.replace(
    pattern,
    (whole: string, agency: string | undefined, name: string) =>
      fill(agency ? { agency: name } : { value: name }) ?? whole,
  );
}
