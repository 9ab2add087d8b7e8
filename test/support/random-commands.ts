import { type AllowedCommands, checkAnswers, type PlaySession, type Questions } from '../../runtime/engine/index.ts';
import type { CaseCommand, CaseCommandType } from '../../schemas/case-command.ts';
import type { Answers, AnswerValue } from '../../schemas/condition.ts';
import type { TaskDocument } from '../../schemas/task.ts';

const DAY_MS = 86_400_000;

/** Answers of chance that the form takes: options, dates near the day, numbers. */
export function randomAnswers(questions: Questions, random: () => number, asAt: string): Answers {
  const answers: Record<string, AnswerValue> = {};
  for (const [key, question] of questions) {
    if (random() < 0.4) continue;
    const option = pick(question.options, random);
    switch (question.type) {
      case 'yes-no':
      case 'choice':
        if (option) answers[key] = option;
        break;
      case 'multi-choice':
        if (option) answers[key] = [option];
        break;
      case 'date':
        answers[key] = new Date(Date.parse(asAt) + Math.floor(random() * 120 - 30) * DAY_MS).toISOString().slice(0, 10);
        break;
      case 'number':
        answers[key] = 1 + Math.floor(random() * 5);
        break;
    }
  }
  const wrong = new Set(checkAnswers(questions, answers).map(({ question }) => question));
  return Object.fromEntries(Object.entries(answers).filter(([key]) => !wrong.has(key)));
}

/** A command of chance: mostly one that is allowed, sometimes one that is not. */
export function randomCommand(
  session: PlaySession,
  allowed: AllowedCommands,
  random: () => number,
): CaseCommand | undefined {
  const tasks = Object.entries(allowed.tasks).filter(([, types]) => types.length > 0);
  if (random() < 0.12) return toCommand(session, pick(allowed.case, random), undefined, allowed, random);
  const [task, types] = pick(tasks, random) ?? [];
  if (task === undefined) return undefined;
  if (random() < 0.1)
    return toCommand(session, pick(['completeTask', 'startTask'] as const, random), task, allowed, random);
  const steps = (types ?? []).filter((type) => type === 'completeTask' || type === 'startTask');
  const type = steps.length > 0 && random() < 0.5 ? pick(steps, random) : pick(types ?? [], random);
  return toCommand(session, type, task, allowed, random);
}

function toCommand(
  session: PlaySession,
  type: CaseCommandType | undefined,
  task: string | undefined,
  allowed: AllowedCommands,
  random: () => number,
): CaseCommand | undefined {
  const { bundle, directory } = session.ground;
  const to = pick(Object.keys(directory.users), random) ?? 'nobody';
  const dueOn = new Date(session.now * 1000 + Math.floor(random() * 20) * DAY_MS).toISOString().slice(0, 10);
  const reason = 'as it happens';
  const document = task === undefined ? undefined : bundle.tasks[task.split('.')[0] ?? '']?.task;
  const onTask = task === undefined ? {} : { task };
  switch (type) {
    case 'startTask':
    case 'claimTask':
    case 'releaseTask':
    case 'returnTask':
    case 'resumeTask':
    case 'acknowledge':
      return task === undefined ? undefined : { type, task };
    case 'completeTask':
      return task === undefined ? undefined : completion(task, document, random);
    case 'holdTask': {
      const held = pick(Object.keys(document?.holdReasons ?? {}), random);
      return task === undefined || held === undefined ? undefined : { type, task, reason: held };
    }
    case 'bypassTask':
    case 'cancelTask':
    case 'reopenTask':
      return task === undefined ? undefined : { type, task, reason };
    case 'reassignTask':
    case 'delegateTask':
      return task === undefined ? undefined : { type, task, to, reason };
    case 'retargetTask':
      return task === undefined
        ? undefined
        : { type, task, dueOn, reason, ...(random() < 0.5 ? { shiftSuccessors: true } : {}) };
    case 'addNote':
      return { type, ...onTask, text: 'A note' };
    case 'logContact':
      return { type, ...onTask, channel: 'call', direction: 'in', text: 'They called' };
    case 'holdCase': {
      const held = pick(Object.keys(bundle.workflow.holdReasons), random);
      return held === undefined ? undefined : { type, reason: held };
    }
    case 'resumeCase':
      return { type };
    case 'changeCaseOwner':
      return { type, to, reason };
    case 'addTask': {
      const node = pick(allowed.addable, random);
      return node === undefined ? undefined : { type, node };
    }
    case 'correctAnswers': {
      const question = pick(
        [...(session.ground.advice?.book.questions.values() ?? [])].filter(({ type: asked }) => asked === 'yes-no'),
        random,
      );
      return question ? { type, answers: { [question.key]: pick(['yes', 'no'], random) ?? 'no' }, reason } : undefined;
    }
    case 'closeCase': {
      const outcome = pick(Object.keys(bundle.workflow.outcomes), random);
      return { type, reason, ...(outcome === undefined ? {} : { outcome }) };
    }
    default:
      return undefined;
  }
}

function completion(task: string, document: TaskDocument | undefined, random: () => number): CaseCommand {
  const outcome = pick(Object.keys(document?.outcomes ?? {}), random);
  const fields = Object.entries(document?.fields ?? {}).flatMap(([key, field]): [string, AnswerValue][] => {
    if (!field.mandatory) return [];
    const option = Object.keys(field.options ?? {})[0] ?? 'x';
    if (field.type === 'number' || field.type === 'money') return [[key, 1]];
    if (field.type === 'yesNo') return [[key, true]];
    if (field.type === 'date') return [[key, '2027-01-04']];
    if (field.type === 'time') return [[key, '09:00']];
    return [[key, field.type === 'multiChoice' ? [option] : option]];
  });
  return {
    type: 'completeTask',
    task,
    ...(outcome === undefined ? {} : { outcome }),
    ...(fields.length > 0 ? { fields: Object.fromEntries(fields) } : {}),
  };
}

function pick<T>(from: readonly T[], random: () => number): T | undefined {
  return from[Math.floor(random() * from.length)];
}
