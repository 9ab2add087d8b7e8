import { Button, Group, Modal, Select } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Repair, RepairChoice, RowsPlan } from '../document/engine.ts';
import classes from './paste-dialog.module.css';

const kindWords: Readonly<Record<string, string>> = {
  node: 'Task of the drawing',
  namedCondition: 'Named condition',
  lane: 'Lane',
  outcome: 'Outcome',
  team: 'Team',
  ladder: 'Escalation ladder',
  template: 'Template',
  calendar: 'Calendar',
  agency: 'Agency',
  question: 'Question',
  task: 'Task document',
};

/** What the pasted tasks name and is not here, each with what can be done about it. */
export function RepairDialog({
  verb,
  count,
  from,
  repairs,
  onChoose,
  onPaste,
  onClose,
}: {
  verb: string;
  count: number;
  from: string;
  repairs: readonly Repair[];
  onChoose: (name: string, choice: RepairChoice) => void;
  onPaste: () => void;
  onClose: () => void;
}) {
  const missing = repairs.filter((repair) => repair.problem === 'missing').length;
  return (
    <Modal opened onClose={onClose} size="lg" title={`${verb} ${count} ${count === 1 ? 'task' : 'tasks'} from ${from}`}>
      <p className={classes['lead']}>
        {missing === 0
          ? 'These are other things here under the same key.'
          : `${missing} ${missing === 1 ? 'thing they name is' : 'things they name are'} not here.`}{' '}
        Say what becomes of each.
      </p>
      <ul className={classes['list']}>
        {repairs.map((repair) => (
          <RepairRow key={repair.name} repair={repair} onChoose={(choice) => onChoose(repair.name, choice)} />
        ))}
      </ul>
      <Group justify="end" mt="md">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button onClick={onPaste} data-autofocus>
          {verb}
        </Button>
      </Group>
    </Modal>
  );
}

function RepairRow({ repair, onChoose }: { repair: Repair; onChoose: (choice: RepairChoice) => void }) {
  const { kind, key, title, problem, usedBy, canTake, others, choice } = repair;
  const kindWord = kindWords[kind] ?? kind;
  const choices = [
    ...(canTake ? [{ value: 'take', label: problem === 'different' ? 'Bring it as a copy' : 'Bring it along' }] : []),
    ...others.map((other) => ({
      value: `map ${other.key}`,
      label: other.key === key ? `Use ${key} as it is here` : `Use ${other.title}`,
    })),
    { value: 'leave', label: 'Leave it open (a finding will name it)' },
  ];
  const value = choice.do === 'map' ? `map ${choice.to}` : choice.do;
  return (
    <li className={classes['repair']}>
      <div>
        <strong>{title}</strong> <span className={classes['key']}>{key}</span>
        <span className={classes['sub']}>
          {kindWord}, {problem === 'missing' ? 'not here' : 'another one here'}; named by {usedBy.join(', ')}
        </span>
      </div>
      <Select
        aria-label={`What becomes of ${kindWord.toLowerCase()} ${title}`}
        data={choices}
        value={value}
        searchable={others.length > 8}
        onChange={(next) => next && onChoose(toChoice(next))}
      />
    </li>
  );
}

function toChoice(value: string): RepairChoice {
  if (value === 'take' || value === 'leave') return { do: value };
  return { do: 'map', to: value.slice('map '.length) };
}

/** What pasted cells come to before they are pasted. */
export function RowsDialog({
  rows,
  plan,
  onPaste,
  onClose,
}: {
  rows: readonly string[][];
  plan: RowsPlan;
  onPaste: () => void;
  onClose: () => void;
}) {
  const shown = rows.slice(0, 8);
  const width = Math.max(0, ...rows.map((row) => row.length));
  const places = Array.from({ length: width }, (_, at) => at);
  return (
    <Modal opened onClose={onClose} size="xl" title={`Paste ${plan.nodes.length} tasks from cells`}>
      {plan.problems.length > 0 ? (
        <div className={classes['problems']}>
          <p>
            <IconAlertTriangle size={15} aria-hidden="true" /> This cannot be read and stays as in any new task:
          </p>
          <ul>
            {plan.problems.slice(0, 20).map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
          {plan.problems.length > 20 ? <p>… and {plan.problems.length - 20} more.</p> : null}
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keys */}
      <section className={classes['wrap']} aria-label="The cells" tabIndex={0}>
        <table className={classes['table']}>
          <thead>
            <tr>
              {places.map((at) => (
                <th key={at} scope="col" data-unused={plan.columns[at] === undefined || undefined}>
                  {columnWords[plan.columns[at] ?? 'none']}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.slice(plan.hasHead ? 1 : 0).map((row) => (
              <tr key={row.join('\t')}>
                {places.map((at) => (
                  <td key={at} data-unused={plan.columns[at] === undefined || undefined}>
                    {row[at] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length > shown.length ? (
        <p className={classes['sub']}>… and {rows.length - shown.length} more rows.</p>
      ) : null}
      <Group justify="end" mt="md">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button onClick={onPaste} data-autofocus disabled={plan.nodes.length === 0}>
          Paste {plan.nodes.length} tasks
        </Button>
      </Group>
    </Modal>
  );
}

const columnWords: Readonly<Record<string, string>> = {
  key: 'Row number',
  title: 'Title',
  type: 'Type',
  predecessors: 'Predecessors',
  sla: 'SLA',
  duration: 'SLA, from duration',
  owner: 'Owner',
  mandatory: 'Mandatory',
  estimate: 'Estimate',
  none: 'Left out',
};

/** The clipboard holds nothing for a drawing. */
export function UnreadableDialog({ reason, onClose }: { reason: string; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Nothing was pasted">
      <p className={classes['lead']}>{reason}</p>
      <Group justify="end">
        <Button onClick={onClose} data-autofocus>
          Close
        </Button>
      </Group>
    </Modal>
  );
}
