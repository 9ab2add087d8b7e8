import { lazy, Suspense, useMemo, useState } from 'react';
import type { AnyDocument } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { parseDocument } from '../../schemas/load-configuration.ts';
import { useFindings, useOpenDraft } from '../document/draft-context.tsx';
import { FindingsPanel } from '../ui/findings-panel.tsx';
import { Loading } from '../ui/notice.tsx';
import classes from './source-page.module.css';
import { toSourceText } from './source-text.ts';

const SourceEditor = lazy(() => import('./source-editor.tsx'));

/** The text of a document with its findings below. Text that is not valid is kept here and never reaches the drawing. */
export function SourceBody({ document, pointer }: { document: AnyDocument; pointer?: string | undefined }) {
  const name = `${document.kind}/${document.key}`;
  const { store } = useOpenDraft();
  const { findings: all } = useFindings();
  const stored = useMemo(() => toSourceText(document), [document]);
  const [typed, setTyped] = useState<{ text: string; findings: Finding[] }>();
  const findings =
    typed && typed.findings.length > 0 ? typed.findings : all.filter((finding) => finding.document === name);
  const change = (text: string) => {
    const read = readSource(text, document);
    setTyped({ text, findings: 'findings' in read ? read.findings : [] });
    if ('document' in read) store.run({ type: 'putDocument', document: read.document });
  };
  return (
    <>
      <div className={classes['editor']}>
        <Suspense fallback={<Loading label="Loading the editor" />}>
          <SourceEditor
            kind={document.kind}
            name={name}
            text={typed?.text ?? stored}
            findings={findings}
            pointer={pointer}
            onChange={change}
          />
        </Suspense>
      </div>
      <section className={classes['findings']} aria-label="Findings">
        <FindingsPanel findings={findings} onGo={() => {}} />
      </section>
    </>
  );
}

/** Reads typed text; kind and key never change, so a document cannot become another. */
function readSource(text: string, before: AnyDocument): { document: AnyDocument } | { findings: Finding[] } {
  const name = `${before.kind}/${before.key}`;
  const finding = (code: string, pointer: string, message: string): { findings: Finding[] } => ({
    findings: [{ code, severity: 'error', document: name, pointer, values: {}, message }],
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return finding(
      'JSON_INVALID',
      '',
      `This text is not JSON: ${(error as Error).message}. The last valid version stays in the draft.`,
    );
  }
  const read = parseDocument(value, name);
  if ('findings' in read) return read;
  if (read.document.kind !== before.kind || read.document.key !== before.key)
    return finding('KEY_CHANGED', '/key', `Kind and key never change: write ${name} again.`);
  return read;
}
