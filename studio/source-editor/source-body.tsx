import { Button, Select } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import type { AnyDocument } from '../../schemas/configuration.ts';
import { toDocumentText } from '../../schemas/document-text.ts';
import type { Finding } from '../../schemas/finding.ts';
import { meQuery, releasesQuery } from '../api/queries.ts';
import { useDraft, useFindings, useOpenDraft } from '../document/draft-context.tsx';
import { isSame } from '../document/engine.ts';
import { announce } from '../ui/announcer.tsx';
import { FindingsPanel } from '../ui/findings-panel.tsx';
import { Loading } from '../ui/notice.tsx';
import { keepText, readKeptText } from './kept-text.ts';
import { readSource } from './read-source.ts';
import { ReleaseComparison } from './release-comparison.tsx';
import classes from './source-body.module.css';
import type { SourceHandle } from './source-editor.tsx';
import { tabKeys } from './tab-keys.ts';

const SourceEditor = lazy(() => import('./source-editor.tsx'));

/** The text of a document with its findings below. Text that is not valid is kept here and never reaches the drawing. */
export function SourceBody({ document, pointer }: { document: AnyDocument; pointer?: string | undefined }) {
  const name = `${document.kind}/${document.key}`;
  return <OpenSource key={name} name={name} document={document} pointer={pointer} />;
}

interface Held {
  text: string;
  findings: Finding[];
}

function OpenSource({ name, document, pointer }: { name: string; document: AnyDocument; pointer: string | undefined }) {
  const { store } = useOpenDraft();
  const { configuration } = useDraft().content;
  const { findings: all } = useFindings();
  const owner = useQueryClient().getQueryData(meQuery.queryKey)?.user.id ?? '';
  const editor = useRef<SourceHandle>(null);
  const [release, setRelease] = useState<number>();
  const [tabLeaves, setTabLeaves] = useState(false);
  const stored = useMemo(() => toDocumentText(document), [document]);
  const [held, setHeld] = useState<Held | undefined>(() => readHeld(readKeptText(owner, name), document));
  const known = useRef(document);
  const findings = useMemo(
    () => held?.findings ?? all.filter((finding) => finding.document === name),
    [held, all, name],
  );
  useEffect(() => {
    // The store, not what was rendered: while typing goes on the rendered document is one behind the text.
    const now = store.getView().content.configuration[document.kind][document.key] as AnyDocument | undefined;
    // By what it says: text that only differs in its layout is the same document, and stays as it was typed.
    if (held || !now || isSame(now, known.current)) return;
    known.current = now;
    editor.current?.write(toDocumentText(now));
  }, [document, held, store]);
  const change = (text: string) => {
    const read = readSource(text, document);
    const next = 'findings' in read ? { text, findings: read.findings } : undefined;
    setHeld(next);
    if (next || held) keepText(owner, name, next?.text);
    if (!('document' in read)) return;
    known.current = read.document;
    store.run({ type: 'putDocument', document: read.document });
  };
  const drop = () => {
    setHeld(undefined);
    keepText(owner, name, undefined);
    known.current = document;
    editor.current?.write(stored);
    announce('The text is again what the draft says');
  };
  return (
    <div className={classes['source']}>
      <SourceBar
        release={release}
        onRelease={setRelease}
        tabLeaves={tabLeaves}
        onFormat={() => editor.current?.format()}
      />
      {held ? (
        <div className={classes['held']} role="status">
          <p>This text is not valid yet. It is kept here; the draft stays as it last was.</p>
          <Button variant="default" onClick={drop}>
            Go back to the draft’s text
          </Button>
        </div>
      ) : null}
      <div className={classes['editor']}>
        <Suspense fallback={<Loading label="Loading the editor" />}>
          {release === undefined ? (
            <SourceEditor
              document={document}
              configuration={configuration}
              text={held?.text ?? stored}
              findings={findings}
              pointer={pointer}
              onChange={change}
              onTabLeaves={setTabLeaves}
              handle={editor}
            />
          ) : (
            <ReleaseComparison document={document} release={release} />
          )}
        </Suspense>
      </div>
      {release === undefined ? (
        <section className={classes['findings']} aria-label="Findings of the text">
          <FindingsPanel findings={findings} onGo={(finding) => editor.current?.goTo(finding)} />
        </section>
      ) : null}
    </div>
  );
}

/** Kept text only while it is no document: one that is would be in the draft. */
function readHeld(text: string | undefined, document: AnyDocument): Held | undefined {
  const read = text === undefined ? undefined : readSource(text, document);
  return text !== undefined && read && 'findings' in read ? { text, findings: read.findings } : undefined;
}

function SourceBar({
  release,
  onRelease,
  tabLeaves,
  onFormat,
}: {
  release: number | undefined;
  onRelease: (release: number | undefined) => void;
  tabLeaves: boolean;
  onFormat: () => void;
}) {
  const { data: releases } = useQuery(releasesQuery);
  return (
    <div className={classes['tools']} role="toolbar" aria-label="Source">
      <Button variant="default" disabled={release !== undefined} onClick={onFormat}>
        Format
      </Button>
      <Select
        className={classes['compare'] ?? ''}
        aria-label="Compare with a release"
        placeholder="Compare with a release"
        clearable
        clearButtonProps={{ 'aria-label': 'End the comparison', tabIndex: 0 }}
        data={(releases ?? []).map(({ number, note }) => ({
          value: String(number),
          label: note ? `Release ${number}: ${note}` : `Release ${number}`,
        }))}
        value={release === undefined ? null : String(release)}
        onChange={(value) => onRelease(value === null ? undefined : Number(value))}
      />
      <span className={classes['hint']} role="status">
        {tabLeaves ? 'Tab leaves the text now' : `Tab indents. To leave the text: ${tabKeys}, then Tab`}
      </span>
    </div>
  );
}
