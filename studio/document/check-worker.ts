// Checks the draft beside the page, so that no proof over a year of start days holds up typing.
import '../app/jitless.ts';
import { type Checker, createChecker } from '../../runtime/engine/index.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { emptyConfiguration } from '../../schemas/empty-configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { type Difference, withDifference } from './difference.ts';
import { Exploring } from './exploring.ts';
import { Told } from './told.ts';

/** What changed since the last message, over all documents by kind and key. */
export interface CheckRequest {
  id: number;
  from: string;
  changes: Difference | undefined;
}

/** Answered once with what the rules find, then again while cases are lived. */
export interface CheckAnswer {
  id: number;
  /** What is found now: a finding that was told in the answer before is named by its place in that. */
  findings: readonly (Finding | number)[];
  /** Workflows whose cases are still to be lived for this state of the draft. */
  left: number;
}

let checkers: { from: string; rules: Checker; lives: Checker } | undefined;
let configuration = emptyConfiguration() as Configuration;
const told = new Told();

const exploring = new Exploring((draft, key) => {
  const workflow = draft.workflow[key];
  return workflow && checkers ? checkers.lives.check({ ...draft, workflow: { [key]: workflow } }, ['workflow']) : [];
});

self.addEventListener('message', ({ data }: MessageEvent<CheckRequest>) => {
  const { id, from, changes } = data;
  const before = configuration;
  // Documents, and their parts, that did not change are the very ones they were: the checker leaves them alone.
  if (changes) configuration = withDifference(before, changes) as Configuration;
  if (checkers?.from !== from)
    checkers = { from, rules: createChecker({ from }), lives: createChecker({ from, explore: 'only' }) };
  const draft = configuration;
  const found = checkers.rules.check(draft);
  const tell = (left: number): void => {
    const answer: CheckAnswer = { id, findings: told.next(inOrder([...found, ...exploring.findings])), left };
    self.postMessage(answer);
  };
  const workflows = Object.keys(draft.workflow);
  tell(workflows.length);
  exploring.start(draft, new Set(workflows.filter((key) => draft.workflow[key] !== before.workflow[key])), tell);
});

const ranks = { error: 0, warning: 1, info: 2 };

function inOrder(findings: Finding[]): Finding[] {
  return findings.sort((a, b) => ranks[a.severity] - ranks[b.severity]);
}
