// Checks the draft beside the page, so that no proof over a year of start days holds up typing.
import '../app/jitless.ts';
import { type Checker, createChecker } from '../../runtime/engine/index.ts';
import type { AnyDocument, Configuration, DocumentKind } from '../../schemas/configuration.ts';
import { emptyConfiguration } from '../../schemas/empty-configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { Exploring } from './exploring.ts';

/** What changed since the last message; a document without a body is gone. */
export interface CheckRequest {
  id: number;
  from: string;
  changes: { kind: DocumentKind; key: string; document?: AnyDocument }[];
}

/** Answered once with what the rules find, then again while cases are lived. */
export interface CheckAnswer {
  id: number;
  findings: Finding[];
  /** Workflows whose cases are still to be lived for this state of the draft. */
  left: number;
}

let checkers: { from: string; rules: Checker; lives: Checker } | undefined;
let configuration = emptyConfiguration();

const exploring = new Exploring((draft, key) => {
  const workflow = draft.workflow[key];
  return workflow && checkers ? checkers.lives.check({ ...draft, workflow: { [key]: workflow } }, ['workflow']) : [];
});

self.addEventListener('message', ({ data }: MessageEvent<CheckRequest>) => {
  const { id, from, changes } = data;
  configuration = withChanges(configuration, changes);
  if (checkers?.from !== from)
    checkers = { from, rules: createChecker({ from }), lives: createChecker({ from, explore: 'only' }) };
  const draft = configuration as Configuration;
  const found = checkers.rules.check(draft);
  const tell = (left: number): void => {
    const answer: CheckAnswer = { id, findings: inOrder([...found, ...exploring.findings]), left };
    self.postMessage(answer);
  };
  const changed = new Set(changes.flatMap(({ kind, key }) => (kind === 'workflow' ? [key] : [])));
  tell(Object.keys(draft.workflow).length);
  exploring.start(draft, changed, tell);
});

const ranks = { error: 0, warning: 1, info: 2 };

function inOrder(findings: Finding[]): Finding[] {
  return findings.sort((a, b) => ranks[a.severity] - ranks[b.severity]);
}

/** Documents that did not change keep their identity: the checker then leaves them alone. */
function withChanges(before: typeof configuration, changes: CheckRequest['changes']): typeof configuration {
  const after = { ...before };
  for (const { kind, key, document } of changes) {
    const { [key]: _, ...others } = after[kind];
    after[kind] = document ? { ...others, [key]: document } : others;
  }
  return after;
}
