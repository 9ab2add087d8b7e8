// Checks the draft beside the page, so that no proof over a year of start days holds up typing.
import '../app/jitless.ts';
import { type Checker, createChecker } from '../../runtime/engine/index.ts';
import type { AnyDocument, Configuration, DocumentKind } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { emptyConfiguration } from '../../schemas/load-configuration.ts';

/** What changed since the last message; a document without a body is gone. */
export interface CheckRequest {
  id: number;
  from: string;
  changes: { kind: DocumentKind; key: string; document?: AnyDocument }[];
}

export interface CheckAnswer {
  id: number;
  findings: Finding[];
}

let checker: { from: string; is: Checker } | undefined;
let configuration = emptyConfiguration();

self.addEventListener('message', ({ data }: MessageEvent<CheckRequest>) => {
  configuration = withChanges(configuration, data.changes);
  if (checker?.from !== data.from) checker = { from: data.from, is: createChecker({ from: data.from }) };
  const answer: CheckAnswer = { id: data.id, findings: checker.is.check(configuration as Configuration) };
  self.postMessage(answer);
});

/** Documents that did not change keep their identity: the checker then leaves them alone. */
function withChanges(before: typeof configuration, changes: CheckRequest['changes']): typeof configuration {
  const after = { ...before };
  for (const { kind, key, document } of changes) {
    const { [key]: _, ...others } = after[kind];
    after[kind] = document ? { ...others, [key]: document } : others;
  }
  return after;
}
