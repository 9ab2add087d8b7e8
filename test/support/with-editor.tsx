import type { ComponentType } from 'react';
import type { Configuration, DocumentKind, DocumentOf } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { useDraft, useOpenDraft } from '../../studio/document/draft-context.tsx';
import { EditorContext, type EditorProps } from '../../studio/document-editor/editor.ts';
import { toSetCommand } from '../../studio/document-editor/set-command.ts';
import { WithDraft } from './with-draft.tsx';
import { WithRouter } from './with-router.tsx';

interface OpenEditorProps<K extends DocumentKind> {
  editor: ComponentType<EditorProps<K>>;
  kind: K;
  documentKey: string;
  findings?: readonly Finding[];
}

/** An editor on a draft of its own, as the frame holds it: what is changed in a story is shown. */
export function WithEditor<K extends DocumentKind>({
  configuration,
  ...props
}: OpenEditorProps<K> & { configuration: Configuration }) {
  return (
    <WithRouter>
      <WithDraft configuration={configuration} findings={props.findings ?? []}>
        <OpenEditor {...props} />
      </WithDraft>
    </WithRouter>
  );
}

function OpenEditor<K extends DocumentKind>({ editor: Editor, kind, documentKey, findings = [] }: OpenEditorProps<K>) {
  const { configuration } = useDraft().content;
  const { store } = useOpenDraft();
  const document = configuration[kind][documentKey] as DocumentOf<K>;
  const props: EditorProps<K> = {
    document,
    configuration,
    findings,
    run: (command) => store.run(command),
    set: (path, value) => store.run(toSetCommand(document, path, value)),
  };
  return (
    <EditorContext value={props as unknown as EditorProps}>
      <div style={{ background: 'var(--ground)', minHeight: '100vh' }}>
        <h1 className="visually-hidden">{document.title}</h1>
        <Editor {...props} />
      </div>
    </EditorContext>
  );
}
