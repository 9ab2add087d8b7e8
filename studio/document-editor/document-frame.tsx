import { Tabs } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Suspense, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { AnyDocument } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { useDraft, useFindings } from '../document/draft-context.tsx';
import { type EditCommand, whereUsed } from '../document/engine.ts';
import { announce } from '../ui/announcer.tsx';
import { FindingsPanel, partFindings } from '../ui/findings-panel.tsx';
import { Loading } from '../ui/notice.tsx';
import { useFocusPlace } from '../ui/use-focus-place.ts';
import { DetailsPanel } from './details-panel.tsx';
import classes from './document-frame.module.css';
import { toEditor } from './document-link.tsx';
import { EditorContext, type EditorProps } from './editor.ts';
import { besideOf, editorOf } from './editors.ts';
import { FrameBar } from './frame-bar.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { toSetCommand } from './set-command.ts';
import { useStepKeys } from './step-keys.ts';
import { useRun } from './use-run.ts';
import { WhereUsedPanel } from './where-used-panel.tsx';

/** What every editor of a document stands in: title, save mark, undo, findings, details, where-used, history. */
export function DocumentFrame({ document, pointer }: { document: AnyDocument; pointer?: string }) {
  const { configuration } = useDraft().content;
  const { findings: all, settled, hasFailed } = useFindings();
  const runCommand = useRun();
  const [refusal, setRefusal] = useState<string>();
  const beside = besideOf(document.kind);
  const [tab, setTab] = useState<string | null>(beside ? 'beside' : 'details');
  const [sentTo, setSentTo] = useState<{ pointer: string }>();
  const frame = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const focusPlace = useFocusPlace(frame);
  const keys = useStepKeys();
  const name = `${document.kind}/${document.key}`;
  const findings = useMemo(() => all.filter((finding) => finding.document === name), [all, name]);
  const settledConfiguration = useDeferredValue(configuration);
  const uses = useMemo(
    () => whereUsed(settledConfiguration, document.kind, document.key),
    [settledConfiguration, document.kind, document.key],
  );
  const go = (to: string) => {
    if (/^\/(title|description|effectiveFrom|effectiveTo|attributes)\b/.test(to)) setTab('details');
    setSentTo({ pointer: to });
    focusPlace(to);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is followed once
  useEffect(() => {
    if (pointer) go(pointer);
  }, [pointer]);
  const editor = useMemo((): EditorProps => {
    const run = (command: EditCommand) => {
      const result = runCommand(command);
      setRefusal(result.ok ? undefined : result.refusal.message);
      return result;
    };
    return {
      document,
      configuration,
      findings,
      run,
      // A refused field says so itself.
      set: (path, value) => runCommand(toSetCommand(document, path, value)),
      ...(sentTo ? { sentTo } : {}),
    };
  }, [document, configuration, findings, runCommand, sentTo]);
  const Editor = editorOf(document.kind);
  const fix = (finding: Finding) => {
    const result = editor.run(finding.fix as unknown as EditCommand);
    if (result.ok) announce(`Put right: ${result.edit.label}`);
  };
  return (
    <EditorContext value={editor}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys that work anywhere on the page; each has a button too */}
      <div className={classes['frame']} ref={frame} onKeyDown={keys}>
        <FrameBar
          document={document}
          findings={findings}
          uses={uses}
          onOpen={(kind, key) => void navigate(toEditor(kind, key))}
        />
        {refusal ? (
          <p className={classes['refusal']} role="alert">
            Not done: {refusal}
          </p>
        ) : null}
        <div className={classes['body']}>
          <div className={classes['editor']}>
            <Suspense fallback={<Loading label="Loading the editor" />}>
              <Editor {...editor} />
            </Suspense>
          </div>
          <aside className={classes['side']} aria-label="About this document">
            <Tabs value={tab} onChange={setTab} keepMounted={false} classNames={{ tab: classes['tab'] ?? '' }}>
              <Tabs.List>
                {beside ? <Tabs.Tab value="beside">{beside.title}</Tabs.Tab> : null}
                <Tabs.Tab value="details">Details</Tabs.Tab>
                <Tabs.Tab value="findings">
                  Findings ({settled || findings.length > 0 ? partFindings(findings).serious.length : '…'})
                </Tabs.Tab>
                <Tabs.Tab value="uses">Used ({uses.length})</Tabs.Tab>
                <Tabs.Tab value="history">History</Tabs.Tab>
              </Tabs.List>
              {beside ? (
                <Tabs.Panel value="beside">
                  <Suspense fallback={<Loading label={`Loading ${beside.title.toLowerCase()}`} />}>
                    <beside.Panel {...editor} />
                  </Suspense>
                </Tabs.Panel>
              ) : null}
              <Tabs.Panel value="details">
                <DetailsPanel />
              </Tabs.Panel>
              <Tabs.Panel value="findings">
                <FindingsPanel
                  findings={findings}
                  settled={settled}
                  hasFailed={hasFailed}
                  onGo={(finding) => go(finding.pointer)}
                  onFix={fix}
                />
              </Tabs.Panel>
              <Tabs.Panel value="uses">
                <WhereUsedPanel uses={uses} />
              </Tabs.Panel>
              <Tabs.Panel value="history">
                <HistoryPanel document={document} />
              </Tabs.Panel>
            </Tabs>
          </aside>
        </div>
      </div>
    </EditorContext>
  );
}
