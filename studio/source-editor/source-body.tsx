import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import type { AnyDocument } from '../../schemas/configuration.ts';
import { toDocumentText } from '../../schemas/document-text.ts';
import { releasesQuery } from '../api/queries.ts';
import { useDraft, useFindings } from '../document/draft-context.tsx';
import { FindingsPanel } from '../ui/findings-panel.tsx';
import { Loading } from '../ui/notice.tsx';
import { placeInWords } from '../words/place-words.ts';
import { ReleaseComparison } from './release-comparison.tsx';
import classes from './source-body.module.css';
import type { SourceHandle } from './source-editor.tsx';
import { tabKeys } from './tab-keys.ts';
import type { HeldText } from './take-text.ts';
import { useSourceText } from './use-source-text.ts';

const SourceEditor = lazy(() => import('./source-editor.tsx'));

/** The text of a document with its findings below. Text that is not valid is kept here and never reaches the drawing. */
export function SourceBody({ document, pointer }: { document: AnyDocument; pointer?: string | undefined }) {
  const name = `${document.kind}/${document.key}`;
  return <OpenSource key={name} name={name} document={document} pointer={pointer} />;
}

function OpenSource({ name, document, pointer }: { name: string; document: AnyDocument; pointer: string | undefined }) {
  const { configuration } = useDraft().content;
  const { findings: all } = useFindings();
  const editor = useRef<SourceHandle>(null);
  const [release, setRelease] = useState<number>();
  const [tabLeaves, setTabLeaves] = useState(false);
  const stored = useMemo(() => toDocumentText(document), [document]);
  const { held, isBehind, change, useText, drop } = useSourceText(name, document, editor);
  const findings = useMemo(
    () => held?.findings ?? all.filter((finding) => finding.document === name),
    [held, all, name],
  );
  return (
    <div className={classes['source']}>
      <SourceBar
        release={release}
        onRelease={setRelease}
        tabLeaves={tabLeaves}
        onFormat={() => editor.current?.format()}
      />
      {held ? <HeldNotice held={held} isBehind={isBehind} onUse={useText} onDrop={drop} /> : null}
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

/** Why the text is not in the draft, and the ways on. */
function HeldNotice({
  held,
  isBehind,
  onUse,
  onDrop,
}: {
  held: HeldText;
  isBehind: boolean;
  onUse: () => void;
  onDrop: () => void;
}) {
  const { overlap } = held;
  return (
    <div className={classes['held']} role="status">
      {overlap ? (
        <p>
          The draft was changed since this text was begun, in the same places:{' '}
          <strong>{overlap.places.map((place) => placeInWords(place) || 'the whole document').join('; ')}</strong>. The
          text is kept here until you choose.
        </p>
      ) : (
        <p>
          This text is not valid yet. It is kept here; the draft stays as it last was.
          {isBehind ? ' The draft was changed since: both come together once the text is valid.' : ''}
        </p>
      )}
      {overlap ? (
        <Button variant="default" onClick={onUse}>
          Use this text there
        </Button>
      ) : null}
      <Button variant="default" onClick={onDrop}>
        Go back to the draft’s text
      </Button>
    </div>
  );
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
