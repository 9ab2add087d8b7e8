import { type ComponentType, useState } from 'react';
import type { Configuration, DocumentKind, DocumentOf } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { applyEdit, type EditCommand } from '../../studio/document/engine.ts';
import { EditorContext, type EditorProps } from '../../studio/document-editor/editor.ts';
import { toSetCommand } from '../../studio/document-editor/set-command.ts';
import { WithRouter } from './with-router.tsx';

/** An editor on a draft of its own, as the frame holds it: what is changed in a story is shown. */
export function WithEditor<K extends DocumentKind>({
  editor: Editor,
  kind,
  documentKey,
  configuration: first,
  findings = [],
}: {
  editor: ComponentType<EditorProps<K>>;
  kind: K;
  documentKey: string;
  configuration: Configuration;
  findings?: readonly Finding[];
}) {
  const [configuration, setConfiguration] = useState(first);
  const document = configuration[kind][documentKey] as DocumentOf<K>;
  const run = (command: EditCommand) => {
    const result = applyEdit({ configuration, layouts: {} }, command);
    if (result.ok) setConfiguration(result.content.configuration);
    return result;
  };
  const props: EditorProps<K> = {
    document,
    configuration,
    findings,
    run,
    set: (path, value) => run(toSetCommand(document, path, value)),
  };
  return (
    <WithRouter>
      <EditorContext value={props as unknown as EditorProps}>
        <div style={{ background: 'var(--ground)', minHeight: '100vh' }}>
          <h1 className="visually-hidden">{document.title}</h1>
          <Editor {...props} />
        </div>
      </EditorContext>
    </WithRouter>
  );
}
