import { type ReactNode, useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { parseDocument } from '../../schemas/load-configuration.ts';
import { Autosave } from '../../studio/document/autosave.ts';
import type { CheckAnswer, CheckRequest } from '../../studio/document/check-worker.ts';
import { Checking } from '../../studio/document/checking.ts';
import { DraftContext, type OpenDraft } from '../../studio/document/draft-context.tsx';
import { DraftStore } from '../../studio/document/draft-store.ts';
import { Announcer } from '../../studio/ui/announcer.tsx';

/** An open draft of a configuration that is saved nowhere; its checks always come to the same findings. */
export function WithDraft({
  configuration,
  findings = [],
  children,
}: {
  configuration: Configuration;
  findings?: readonly Finding[];
  children: ReactNode;
}) {
  const [draft] = useState(() => openInMemory(configuration, findings));
  return (
    <DraftContext value={draft}>
      {children}
      <Announcer />
    </DraftContext>
  );
}

function openInMemory(configuration: Configuration, findings: readonly Finding[]): OpenDraft {
  const store = new DraftStore({ configuration, layouts: {} }, parseDocument);
  const server = { save: async () => 1, remove: async () => undefined, load: async () => undefined };
  return { store, autosave: new Autosave(server, {}), checking: new Checking(checkerThatFinds(findings)) };
}

/** Answers every question of the page after it has asked, as the checker beside the page does. */
function checkerThatFinds(findings: readonly Finding[]): Pick<Worker, 'postMessage' | 'addEventListener'> {
  let listener: ((event: { data: CheckAnswer }) => void) | undefined;
  return {
    postMessage: ({ id }: CheckRequest) =>
      queueMicrotask(() => listener?.({ data: { id, findings: [...findings], left: 0 } })),
    addEventListener: (type: string, heard: unknown) => {
      if (type === 'message') listener = heard as typeof listener;
    },
  };
}
