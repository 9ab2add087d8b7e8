import { describe, expect, it } from 'vitest';
import {
  actInPlay,
  allowedInPlay,
  compileCalendars,
  compileWorkflow,
  launchPlay,
  nextTimer,
  type PlayGround,
  type PlaySession,
  playCase,
  playSteps,
  replay,
  sampleDirectory,
  shippedBankHolidays,
  stepBack,
  waitForTimer,
  waitInPlay,
} from '../../../../runtime/engine/index.ts';
import { loadHousing } from '../../../support/configuration.ts';

const { configuration } = loadHousing();
const calendars = compileCalendars(configuration, shippedBankHolidays);
const ground: PlayGround = {
  bundle: compileWorkflow({ configuration }, 'HP'),
  calendars,
  directory: sampleDirectory(configuration),
};
/** Monday 4 January 2027, 09:00 in London. */
const monday = Date.UTC(2027, 0, 4, 9) / 1000;

function launch(): PlaySession {
  const launched = launchPlay(ground, { at: monday, actor: 'officer', answers: {} });
  if (!launched.ok) throw new Error(launched.rejection.reason);
  return launched.session;
}

function act(session: PlaySession, command: Parameters<typeof actInPlay>[2]): PlaySession {
  const result = actInPlay(session, 'officer', command);
  if (!result.ok) throw new Error(result.rejection.reason);
  return result.session;
}

const lifeOf = (session: PlaySession, task: string) => session.played.state?.tasks[task]?.life;

describe('playing a case', () => {
  it('launches on a virtual clock and offers what the machines allow', () => {
    const session = launch();
    expect(session.now).toBe(monday);
    expect(lifeOf(session, 'HP01')).toBe('ready');
    expect(allowedInPlay(session, 'officer').tasks['HP01']).toContain('completeTask');
    expect(allowedInPlay(session, 'officer').tasks['HP02']).not.toContain('completeTask');
  });

  it('jumps to the next timer and takes what is due there', () => {
    const before = launch();
    const at = nextTimer(before);
    const session = waitForTimer(before);
    expect(session.now).toBe(at);
    expect(session.events.length).toBeGreaterThan(before.events.length);
    expect(session.events.at(-1)?.effectiveAt).toBe(at);
  });

  it('steps back any number of steps, to exactly what was', () => {
    const launched = launch();
    const done = act(launched, { type: 'completeTask', task: 'HP01' });
    const held = waitInPlay(done, monday + 86_400);
    const later = waitForTimer(waitForTimer(held));
    expect(stepBack(later)).not.toBe(later);
    expect(stepBack(later, 3)).toBe(done);
    expect(stepBack(later, 99)).toBe(launched);
    expect(lifeOf(stepBack(later, 4), 'HP01')).toBe('ready');
  });

  it('is at every step what its events make of it', () => {
    const done = act(launch(), { type: 'completeTask', task: 'HP01' });
    for (const session of [launch(), done, waitInPlay(done, monday + 5 * 86_400)])
      expect(replay(session.events)).toEqual(session.played.state);
  });

  it('refuses what the engine refuses, with its reason, and changes nothing', () => {
    const session = launch();
    const refused = actInPlay(session, 'officer', { type: 'completeTask', task: 'HP02' });
    expect(refused).toMatchObject({ ok: false, rejection: { code: expect.any(String), reason: expect.any(String) } });
  });

  it('leads to the same events as the script of its steps', () => {
    const done = act(launch(), { type: 'completeTask', task: 'HP01' });
    const later = waitInPlay(done, monday + 3 * 86_400);
    const script = playCase(ground.bundle, calendars, {
      answers: {},
      directory: ground.directory,
      commands: [
        { at: monday, actor: 'officer', command: { type: 'launch', answers: {} } },
        { at: monday, actor: 'officer', command: { type: 'completeTask', task: 'HP01' } },
      ],
      until: monday + 3 * 86_400 + 1,
    });
    expect(later.events).toEqual(script.events);
  });

  it('plays steps again, and stops with the reason where one is refused now', () => {
    const done = act(launch(), { type: 'completeTask', task: 'HP01' });
    const later = waitInPlay(done, monday + 86_400);
    const again = playSteps(launch(), later.steps.slice(1));
    expect(again.refused).toBeNull();
    expect(again.session.events).toEqual(later.events);
    const twice = playSteps(done, [
      { kind: 'command', at: monday, actor: 'officer', command: { type: 'completeTask', task: 'HP01' } },
    ]);
    expect(twice.refused?.code).toEqual(expect.any(String));
    expect(twice.session).toBe(done);
  });
});
