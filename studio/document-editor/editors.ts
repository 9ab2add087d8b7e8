import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { DocumentKind } from '../../schemas/configuration.ts';
import type { EditorProps } from './editor.ts';

type Editors = { readonly [K in DocumentKind]?: LazyExoticComponent<ComponentType<EditorProps<K>>> };

/** The editor of each kind of document, loaded when one is opened. A kind that is not here is shown as a form of its fields. */
const editors: Editors = {
  advice: lazy(() => import('../statement-bank/advice-editor.tsx')),
  form: lazy(() => import('../form-designer/form-editor.tsx')),
  question: lazy(() => import('../form-designer/question-editor.tsx')),
  calendar: lazy(() => import('../calendar-editor/calendar-editor.tsx')),
  ladder: lazy(() => import('../ladder-designer/ladder-editor.tsx')),
  template: lazy(() => import('../template-editor/template-editor.tsx')),
  team: lazy(() => import('../team-editor/team-editor.tsx')),
  agency: lazy(() => import('../maintenance/agency-editor.tsx')),
  provision: lazy(() => import('../maintenance/provision-editor.tsx')),
  settings: lazy(() => import('../maintenance/settings-editor.tsx')),
  topic: lazy(() => import('../maintenance/topic-editor.tsx')),
  task: lazy(() => import('../maintenance/task-editor.tsx')),
  test: lazy(() => import('../maintenance/saved-test-editor.tsx')),
  'service-type': lazy(() => import('../service-type-designer/service-type-editor.tsx')),
};

/** What stands beside an editor, as a tab of its own: a view of the same document, following every change. */
interface Beside<K extends DocumentKind> {
  title: string;
  Panel: LazyExoticComponent<ComponentType<EditorProps<K>>>;
}

const besides: { readonly [K in DocumentKind]?: Beside<K> } = {
  advice: { title: 'Reader', Panel: lazy(() => import('../statement-bank/advice-beside.tsx')) },
  form: { title: 'Customer', Panel: lazy(() => import('../form-designer/customer-view.tsx')) },
};

const GenericForm = lazy(() => import('./generic-form.tsx'));

/** The editor that a kind of document opens in. */
export function editorOf(kind: DocumentKind): ComponentType<EditorProps> {
  return (editors[kind] ?? GenericForm) as ComponentType<EditorProps>;
}

/** The view that stands beside the editor of a kind, where there is one. */
export function besideOf(kind: DocumentKind): Beside<DocumentKind> | undefined {
  return besides[kind] as Beside<DocumentKind> | undefined;
}
