import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { DocumentKind } from '../../schemas/configuration.ts';
import type { EditorProps } from './editor.ts';

type Editors = { readonly [K in DocumentKind]?: LazyExoticComponent<ComponentType<EditorProps<K>>> };

/** The editor of each kind of document, loaded when one is opened. A kind that is not here is shown as a form of its fields. */
const editors: Editors = {
  ladder: lazy(() => import('../ladder-designer/ladder-editor.tsx')),
};

const GenericForm = lazy(() => import('./generic-form.tsx'));

/** The editor that a kind of document opens in. */
export function editorOf(kind: DocumentKind): ComponentType<EditorProps> {
  return (editors[kind] ?? GenericForm) as ComponentType<EditorProps>;
}
