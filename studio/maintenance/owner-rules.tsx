import { Button, Group, MultiSelect, Select, TagsInput, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { AllocationRule, OwnerStrategy, OwnerRules as Rules } from '../../schemas/allocation.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import { toPointer } from '../../schemas/shape.ts';
import { useEditor } from '../document-editor/editor.ts';
import { Field } from '../document-editor/field.tsx';
import { keyOfTitle } from '../document-editor/new-key.ts';
import { ConditionField } from '../rule-builder/condition-field.tsx';
import type { About } from '../rule-builder/subjects.ts';
import { MoveButtons, RemoveButton } from '../ui/entry-tools.tsx';
import { strategyInWords } from '../words/owner-words.ts';
import classes from './maintenance.module.css';

const ways: readonly { value: OwnerStrategy['by']; label: string }[] = [
  { value: 'group', label: 'The queue of a group' },
  { value: 'role', label: 'Anybody in a role' },
  { value: 'roundRobin', label: 'A team, in turn' },
  { value: 'leastLoaded', label: 'The least loaded of a team' },
  { value: 'skill', label: 'Somebody of a team with skills' },
  { value: 'locality', label: 'A team, by area' },
  { value: 'lastOfficer', label: 'The last officer of this customer' },
  { value: 'caseOwner', label: 'The owner of the case' },
  { value: 'sameAs', label: 'The owner of another task' },
  { value: 'user', label: 'One person' },
  { value: 'manual', label: 'Somebody chooses by hand' },
];

/** Who gets the work: rules tried in order, the first that holds wins (L1, L2). */
export function OwnerRules({
  rules,
  path,
  about,
  nodes,
  configuration,
}: {
  rules: Rules;
  path: readonly string[];
  about: About;
  /** Tasks of the workflows it is used in, for rules that look at another task. */
  nodes: readonly { value: string; label: string }[];
  configuration: Configuration;
}) {
  const { document, set, configuration: draft } = useEditor();
  const list = inOrder(rules);
  const put = (next: readonly (AllocationRule & { key: string })[]) =>
    set(path, Object.fromEntries(next.map(({ key, ...rule }, at) => [key, { ...rule, order: at + 1 }])));
  const move = (at: number, by: -1 | 1) => {
    const next = [...list];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at + by, 0, moved);
    put(next);
  };
  const add = () => {
    const key = keyOfTitle(
      'rule',
      list.map((rule) => rule.key),
    );
    const [team] = Object.keys(draft.team);
    // Before the last: what stands after a rule without a condition is never tried.
    const to: OwnerStrategy = team ? { by: 'group', group: team } : { by: 'caseOwner' };
    const isLast = list.length === 0;
    const rule = { key, order: 0, to, ...(isLast ? {} : { when: { op: 'all' as const, conditions: [] } }) };
    put([...list.slice(0, -1), rule, ...list.slice(-1)]);
  };
  return (
    <div>
      <ol className={classes['rules']} aria-label="Rules for the owner">
        {list.map((rule, at) => (
          <li key={rule.key}>
            <Field path={[...path, rule.key]}>
              <div className={classes['ruleHead']}>
                <b>
                  {at + 1}. {strategyInWords(rule.to, configuration)}
                </b>{' '}
                <code>{rule.key}</code>
                <Group gap={2} wrap="nowrap">
                  <MoveButtons
                    name={rule.key}
                    at={at}
                    count={list.length}
                    onMove={(by) => move(at, by)}
                    earlier={`Try ${rule.key} earlier`}
                    later={`Try ${rule.key} later`}
                  />
                  <RemoveButton
                    name={`rule ${rule.key}`}
                    onClick={() => put(list.filter((other) => other.key !== rule.key))}
                  />
                </Group>
              </div>
              <ConditionField
                label="When"
                condition={rule.when}
                absent="Always: what stands below is not tried"
                about={about}
                document={`${document.kind}/${document.key}`}
                pointer={toPointer([...path, rule.key, 'when'])}
                onChange={(when) => set([...path, rule.key, 'when'], when)}
              />
              <Strategy
                to={rule.to}
                nodes={nodes}
                configuration={configuration}
                onChange={(to) => set([...path, rule.key, 'to'], to)}
              />
              <div className={classes['pair']}>
                <Select
                  label="Who is there"
                  data={[
                    { value: 'now', label: 'Now' },
                    { value: 'untilAmber', label: 'Until the work turns amber' },
                  ]}
                  value={rule.presence ?? 'now'}
                  onChange={(next) =>
                    set([...path, rule.key, 'presence'], next === 'untilAmber' ? 'untilAmber' : undefined)
                  }
                />
                <MultiSelect
                  label="Never who owned"
                  description="Somebody else must do this: a review, say."
                  searchable
                  data={withKnown(nodes, rule.excludeOwnersOf ?? [])}
                  value={rule.excludeOwnersOf ?? []}
                  onChange={(keys) => set([...path, rule.key, 'excludeOwnersOf'], keys.length > 0 ? keys : undefined)}
                />
              </div>
            </Field>
          </li>
        ))}
      </ol>
      {list.length === 0 ? <p className={classes['warning']}>Nobody gets it yet: add a rule.</p> : null}
      <Button variant="default" leftSection={<IconPlus size={14} />} onClick={add}>
        Add an owner rule
      </Button>
    </div>
  );
}

function Strategy({
  to,
  nodes,
  configuration,
  onChange,
}: {
  to: OwnerStrategy;
  nodes: readonly { value: string; label: string }[];
  configuration: Configuration;
  onChange: (to: OwnerStrategy) => void;
}) {
  const teams = Object.values(configuration.team).filter(({ type }) => type !== 'stakeholders');
  const team = teamOf(to) ?? teams[0]?.key ?? '';
  const choices = teams
    .filter(({ type }) => to.by !== 'role' || type === 'role')
    .map(({ key, title }) => ({ value: key, label: title }));
  return (
    <div className={classes['pair']}>
      <Select
        label="It goes to"
        data={ways}
        value={to.by}
        onChange={(by) =>
          by && onChange(strategyOf(by as OwnerStrategy['by'], team, nodes[0]?.value ?? '', configuration))
        }
      />
      {teamOf(to) === undefined ? null : (
        <Select
          label="Team"
          searchable
          data={withKnown(choices, [team])}
          value={team}
          onChange={(key) => key && onChange(withTeam(to, key))}
        />
      )}
      {to.by === 'skill' ? (
        <TagsInput
          label="Skills all needed"
          value={to.skills}
          onChange={(skills) => skills.length > 0 && onChange({ ...to, skills })}
        />
      ) : null}
      {to.by === 'locality' ? (
        <Select
          label="Question that holds the area"
          searchable
          data={withKnown(
            Object.values(configuration.question).map(({ key, title }) => ({ value: key, label: `${title} (${key})` })),
            [to.question],
          )}
          value={to.question}
          onChange={(question) => question && onChange({ ...to, question })}
        />
      ) : null}
      {to.by === 'sameAs' ? (
        <Select
          label="Task"
          searchable
          data={withKnown(nodes, [to.node])}
          value={to.node}
          onChange={(node) => node && onChange({ ...to, node })}
        />
      ) : null}
      {to.by === 'user' ? (
        <TextInput
          label="Person (as they sign in)"
          value={to.user}
          onChange={(event) => event.currentTarget.value !== '' && onChange({ ...to, user: event.currentTarget.value })}
        />
      ) : null}
    </div>
  );
}

function teamOf(to: OwnerStrategy): string | undefined {
  if (to.by === 'group') return to.group;
  if (to.by === 'role') return to.role;
  return 'team' in to ? to.team : undefined;
}

function withTeam(to: OwnerStrategy, team: string): OwnerStrategy {
  if (to.by === 'group') return { ...to, group: team };
  if (to.by === 'role') return { ...to, role: team };
  return 'team' in to ? { ...to, team } : to;
}

function strategyOf(by: OwnerStrategy['by'], team: string, node: string, configuration: Configuration): OwnerStrategy {
  switch (by) {
    case 'group':
      return { by, group: team };
    case 'role': {
      const roles = Object.values(configuration.team).filter(({ type }) => type === 'role');
      return { by, role: roles.some(({ key }) => key === team) ? team : (roles[0]?.key ?? team) };
    }
    case 'roundRobin':
    case 'leastLoaded':
    case 'lastOfficer':
    case 'manual':
      return { by, team };
    case 'skill':
      return { by, team, skills: [configuration.team[team]?.skills?.[0] ?? 'skill'] };
    case 'locality':
      return { by, team, question: Object.keys(configuration.question)[0] ?? 'area' };
    case 'sameAs':
      return { by, node: node || 'task' };
    case 'user':
      return { by, user: 'somebody' };
    case 'caseOwner':
      return { by };
  }
}

/** Choices, with what is chosen although it is none of them any more. */
function withKnown(choices: readonly { value: string; label: string }[], keys: readonly string[]) {
  const known = new Set(choices.map(({ value }) => value));
  return [
    ...choices,
    ...keys.filter((key) => !known.has(key)).map((key) => ({ value: key, label: `${key} (missing)` })),
  ];
}
