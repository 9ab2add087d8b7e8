// Checks the draft beside the page, so that no proof over a year of start days holds up typing.
import '../app/jitless.ts';
import { type Checker, createChecker } from '../../runtime/engine/index.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { emptyConfiguration } from '../../schemas/empty-configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { type Difference, withDifference } from './difference.ts';
import { Exploring } from './exploring.ts';
import { SharedAnswer } from './shared-answer.ts';
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

/** Where answers may be left for the page to see at once; sent before all else. */
export interface SharedMemory {
  memory: SharedArrayBuffer;
}

/** Says that the answer of this number was left there. */
export interface AnswerLeft {
  turn: number;
}

/** Says that checking broke down: over the request of this id, or while cases were lived. */
export interface CheckFailed {
  id: number | undefined;
  failed: string;
}

let shared: SharedAnswer | undefined;
/** Answers told so far. */
let turn = 0;
/** The request that is being answered. */
let asked: number | undefined;
let checkers: { from: string; rules: Checker; lives: Checker } | undefined;
let configuration = emptyConfiguration() as Configuration;
const told = new Told();

const exploring = new Exploring((draft, key) => {
  const workflow = draft.workflow[key];
  return workflow && checkers ? checkers.lives.check({ ...draft, workflow: { [key]: workflow } }, ['workflow']) : [];
});

self.addEventListener('message', ({ data }: MessageEvent<CheckRequest | SharedMemory>) => {
  if ('memory' in data) shared = new SharedAnswer(data.memory);
  else answer(data);
});

// A page that hears nothing waits for ever. What is left to the browser the page cannot tell from a checker that is gone.
self.addEventListener('error', (event) => {
  event.preventDefault();
  console.error(event.error);
  const broken: CheckFailed = { id: asked, failed: event.message };
  asked = undefined;
  self.postMessage(broken);
});

function answer({ id, from, changes }: CheckRequest): void {
  asked = id;
  const before = configuration;
  // Documents, and their parts, that did not change are the very ones they were: the checker leaves them alone.
  if (changes) configuration = withDifference(before, changes) as Configuration;
  if (checkers?.from !== from)
    checkers = { from, rules: createChecker({ from }), lives: createChecker({ from, explore: 'only' }) };
  const draft = configuration;
  const found = checkers.rules.check(draft);
  const next = (left: number): CheckAnswer => {
    turn++;
    return { id, findings: told.next(inOrder([...found, ...exploring.findings])), left };
  };
  const workflows = Object.keys(draft.workflow);
  const first = next(workflows.length);
  const message: CheckAnswer | AnswerLeft = shared?.write(turn, first) ? { turn } : first;
  self.postMessage(message);
  asked = undefined;
  const changed = workflows.filter((key) => draft.workflow[key] !== before.workflow[key]);
  exploring.start(draft, new Set(changed), (left) => self.postMessage(next(left)));
}

const ranks = { error: 0, warning: 1, info: 2 };

function inOrder(findings: Finding[]): Finding[] {
  return findings.sort((a, b) => ranks[a.severity] - ranks[b.severity]);
}
