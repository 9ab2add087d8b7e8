import { Button, Group, NumberInput, Select, Stack, Switch, TextInput } from '@mantine/core';
import { IconUserCheck, IconUserOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { OwnerRules } from '../../schemas/allocation.ts';
import type { Answers, AnswerValue } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { Sla } from '../../schemas/period.ts';
import { AnswerField } from '../advice/answer-field.tsx';
import { effectiveAnswers, type Question } from '../document/engine.ts';
import {
  calculateDue,
  calendarsOf,
  type Directory,
  readMoment,
  tryAllocation,
  workflowQuestions,
  zoneOf,
} from '../document/time-engine.ts';
import { namesOf } from '../document/use-people.ts';
import { Badge } from '../ui/badge.tsx';
import { DataTable } from '../ui/data-table.tsx';
import tables from '../ui/table.module.css';
import { conditionInWords } from '../words/condition-words.ts';
import { todayOn } from '../words/date-words.ts';
import { strategyInWords } from '../words/owner-words.ts';
import classes from './allocation.module.css';

export interface TryAllocationProps {
  configuration: Configuration;
  rules: OwnerRules;
  directory: Directory;
  /** Workflows whose cases the rules are asked in. */
  workflows: readonly string[];
  skills?: readonly string[];
  weight?: number;
  /** With its calendar: when the work turns amber, for people who are to be there until then. */
  sla?: { sla: Sla; calendar: string };
}

/** Who would get the work: the rules on sample answers, with loads, skills and absences to play with, and the reason for everybody. */
export function TryAllocation({
  configuration,
  rules,
  directory,
  workflows,
  skills = [],
  weight = 1,
  sla,
}: TryAllocationProps) {
  const zone = zoneOf(configuration);
  const [workflow, setWorkflow] = useState(workflows[0]);
  const [answers, setAnswers] = useState<Answers>({});
  const [at, setAt] = useState(`${todayOn()}T10:00`);
  const [loads, setLoads] = useState<Record<string, number>>({});
  const [away, setAway] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<Record<string, string>>({});
  const [caseOwner, setCaseOwner] = useState('');
  const names = useMemo(() => namesOf(directory), [directory]);
  const asked = useMemo(
    () => questionsIn(rules, configuration, workflow, answers),
    [rules, configuration, workflow, answers],
  );
  const tried = useMemo(() => {
    const instant = readMoment(at, zone);
    if (instant === undefined) return undefined;
    return tryAllocation({
      configuration,
      workflow,
      rules,
      answers,
      asAt: at.slice(0, 10),
      at: instant,
      directory: withAway(directory, away, instant),
      loads,
      lastInTurn: last,
      caseOwner: caseOwner || null,
      skills,
      weight,
      amberAt: sla ? amberOf(configuration, sla, instant) : null,
    });
  }, [configuration, workflow, rules, answers, at, directory, away, loads, last, caseOwner, skills, weight, sla, zone]);
  const strategies = Object.values(rules).map(({ to }) => to.by);
  const turns = inOrder(rules).filter(({ to }) => to.by === 'roundRobin');
  return (
    <Stack gap="md">
      <Group gap="sm" align="end" wrap="wrap">
        {workflows.length > 1 ? (
          <Select
            label="In a case of"
            w={240}
            data={workflows.map((key) => ({ value: key, label: configuration.workflow[key]?.title ?? key }))}
            value={workflow ?? null}
            onChange={(key) => key && setWorkflow(key)}
          />
        ) : null}
        <TextInput
          label="At"
          type="datetime-local"
          w={200}
          value={at}
          error={tried ? undefined : 'Choose a date and a time.'}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
        {strategies.includes('caseOwner') ? (
          <Select
            label="Owner of the case"
            w={210}
            data={[{ value: '', label: 'Nobody' }, ...choices(names)]}
            value={caseOwner}
            onChange={(user) => setCaseOwner(user ?? '')}
          />
        ) : null}
        {turns.map(({ key }) => (
          <Select
            key={key}
            label={`Last in turn (${key})`}
            w={210}
            data={[{ value: '', label: 'Nobody yet' }, ...choices(names)]}
            value={last[key] ?? ''}
            onChange={(user) => setLast(without(last, key, user))}
          />
        ))}
      </Group>
      {asked.length > 0 ? (
        <div className={classes['answers']}>
          {asked.map((question) => (
            <AnswerField
              key={question.key}
              question={question}
              value={answers[question.key]}
              onAnswer={(value) => setAnswers(answered(answers, question.key, value))}
            />
          ))}
        </div>
      ) : null}
      {tried ? (
        <>
          <Outcome tried={tried} rules={rules} names={names} configuration={configuration} />
          <People
            candidates={tried.allocation.explanation.candidates}
            excluded={tried.allocation.explanation.excluded}
            chosen={tried.allocation.owner}
            directory={directory}
            loads={loads}
            away={away}
            onLoad={(user, load) => setLoads({ ...loads, [user]: load })}
            onAway={(user, isAway) => {
              const next = new Set(away);
              if (isAway) next.add(user);
              else next.delete(user);
              setAway(next);
            }}
          />
        </>
      ) : null}
      <div>
        <Button
          variant="subtle"
          onClick={() => {
            setAnswers({});
            setLoads({});
            setAway(new Set());
            setLast({});
            setCaseOwner('');
          }}
        >
          Begin anew
        </Button>
      </div>
    </Stack>
  );
}

type Tried = ReturnType<typeof tryAllocation>;

const outcomes: Readonly<Record<Tried['rules'][number]['outcome'], string>> = {
  true: 'holds',
  false: 'does not hold',
  unknown: 'is not known yet, so it does not hold',
  default: 'is the default',
  passed: 'was not asked any more',
};

function Outcome({
  tried,
  rules,
  names,
  configuration,
}: {
  tried: Tried;
  rules: OwnerRules;
  names: Record<string, string>;
  configuration: Configuration;
}) {
  const { owner, group, explanation } = tried.allocation;
  const queue = group === null ? undefined : (configuration.team[group]?.title ?? group);
  const words =
    owner !== null
      ? `Goes to ${names[owner] ?? owner}`
      : explanation.none
        ? `Nobody can take it${queue ? `: it waits in the queue of ${queue}` : ''}`
        : queue
          ? `Waits in the queue of ${queue}`
          : 'Goes to nobody';
  return (
    <div>
      <p className={classes['outcome']} role="status" data-none={owner === null && explanation.none ? true : undefined}>
        {owner !== null ? <IconUserCheck size={17} aria-hidden="true" /> : <IconUserOff size={17} aria-hidden="true" />}{' '}
        {words}
      </p>
      <ol className={classes['rules']} aria-label="How each rule came out">
        {tried.rules.map(({ key, outcome }) => {
          const rule = rules[key];
          return (
            <li key={key} data-won={explanation.rule === key || undefined}>
              <b>{key}</b> {outcomes[outcome]}
              {rule?.when ? `: ${conditionInWords(rule.when, configuration)}` : ''}
              {rule ? ` → ${strategyInWords(rule.to, configuration)}` : ''}
              {explanation.rule === key ? (
                <>
                  {' '}
                  <Badge tone="good">won</Badge>
                </>
              ) : null}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function People({
  candidates,
  excluded,
  chosen,
  directory,
  loads,
  away,
  onLoad,
  onAway,
}: {
  candidates: readonly string[];
  excluded: readonly { user: string; why: string }[];
  chosen: string | null;
  directory: Directory;
  loads: Readonly<Record<string, number>>;
  away: ReadonlySet<string>;
  onLoad: (user: string, load: number) => void;
  onAway: (user: string, isAway: boolean) => void;
}) {
  if (candidates.length === 0) return null;
  return (
    <DataTable heads={['Considered', 'Open work', 'Away', 'Why, or why not']}>
      {candidates.map((id) => {
        const person = directory.users[id];
        const name = person?.name ?? id;
        const why = excluded.find(({ user }) => user === id)?.why;
        return (
          <tr key={id}>
            <td>
              {name} {person?.skills?.length ? <span className={tables['sub']}>{person.skills.join(', ')}</span> : null}
            </td>
            <td data-label="Open work">
              <NumberInput
                aria-label={`Open work of ${name}`}
                size="xs"
                w={90}
                min={0}
                value={loads[id] ?? 0}
                onChange={(load) => typeof load === 'number' && onLoad(id, load)}
              />
              {person?.capacity === undefined ? null : <span className={tables['sub']}>of {person.capacity}</span>}
            </td>
            <td data-label="Away">
              <Switch
                aria-label={`${name} is away`}
                checked={away.has(id)}
                onChange={(event) => onAway(id, event.currentTarget.checked)}
              />
            </td>
            <td data-label="Why, or why not">
              {id === chosen ? <Badge tone="good">gets it</Badge> : (why ?? 'could take it, somebody else comes first')}
            </td>
          </tr>
        );
      })}
    </DataTable>
  );
}

function choices(names: Readonly<Record<string, string>>) {
  return Object.entries(names).map(([value, label]) => ({ value, label }));
}

function without(last: Record<string, string>, key: string, user: string | null): Record<string, string> {
  const { [key]: _, ...rest } = last;
  return user ? { ...rest, [key]: user } : rest;
}

function answered(answers: Answers, key: string, value: AnswerValue | undefined): Answers {
  const { [key]: _, ...others } = answers;
  return value === undefined ? others : { ...others, [key]: value };
}

/** The questions the rules ask, as far as they are shown with the answers so far. */
function questionsIn(
  rules: OwnerRules,
  configuration: Configuration,
  workflow: string | undefined,
  answers: Answers,
): Question[] {
  if (workflow === undefined || !configuration.workflow[workflow]) return [];
  const questions = workflowQuestions(configuration, workflow);
  const text = JSON.stringify([rules, configuration.workflow[workflow]?.namedConditions]);
  const named = configuration.workflow[workflow]?.namedConditions ?? {};
  const shown = new Set(effectiveAnswers(questions, answers, todayOn(), named).shown);
  return [...questions.values()].filter(
    ({ key, type }) =>
      shown.has(key) &&
      type !== 'calculated' &&
      JSON.stringify(rules).includes('"when"') &&
      text.includes(`"question":"${key}"`),
  );
}

function withAway(directory: Directory, away: ReadonlySet<string>, at: number): Directory {
  if (away.size === 0) return directory;
  const users = Object.entries(directory.users).map(([id, user]) => [
    id,
    away.has(id) ? { ...user, absences: [...(user.absences ?? []), { from: at, to: at + 86_400 }] } : user,
  ]);
  return { users: Object.fromEntries(users) };
}

function amberOf(
  configuration: Configuration,
  { sla, calendar }: { sla: Sla; calendar: string },
  at: number,
): number | null {
  const calendars = calendarsOf(configuration);
  if (!Object.hasOwn(calendars, sla.target.calendar ?? calendar)) return null;
  const due = calculateDue(sla, calendar, at, [], (key) => {
    const found = calendars[key];
    if (!found) throw new RangeError(`there is no calendar "${key}"`);
    return found;
  });
  return due.amberAt ?? due.dueAt;
}
