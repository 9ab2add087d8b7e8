import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DocumentKind } from '../../schemas/configuration.ts';

/** Where a document is edited: workflows in the designer, all others in their editor; a pointer lands on the field. */
export function toEditor(kind: string, key: string, pointer?: string) {
  const search = pointer ? { pointer } : {};
  return kind === 'workflow'
    ? ({ to: '/workflow/$key', params: { key }, search } as const)
    : ({ to: '/edit/$kind/$key', params: { kind, key }, search } as const);
}

/** A link to where a document is edited. */
export function DocumentLink({
  document: { kind, key, title },
  pointer,
  children = title,
}: {
  document: { kind: DocumentKind; key: string; title: string };
  pointer?: string;
  children?: ReactNode;
}) {
  return <Link {...toEditor(kind, key, pointer)}>{children}</Link>;
}
