import { Box, Group, Modal, NumberInput, Select, TextInput } from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { PeriodUnit } from '../../../schemas/period.ts';
import type { Estimate } from '../../../schemas/task.ts';
import type { Lag, WorkflowDocument } from '../../../schemas/workflow.ts';
import type { PlanTimeline } from '../../document/engine.ts';
import { DialogEnd } from '../../ui/dialog-end.tsx';
import { unitChoices } from '../../words/period-words.ts';
import { nodeTitle } from '../drawing.ts';
import { PeriodField } from '../period-field.tsx';
import type { BarChange, Preview } from './preview.ts';
import classes from './timeline.module.css';
import { WhatMoves } from './what-moves.tsx';

const noLag: Lag = { value: 0, unit: 'workingDays', basis: 'working' };

/** The dates of one bar, the lags and the estimate behind them, and what moves; made as one step. */
export function ChangeDialog({
  node,
  workflow,
  configuration,
  timeline,
  tryOut,
  onMake,
  onClose,
}: {
  node: string;
  workflow: WorkflowDocument;
  configuration: Configuration;
  timeline: PlanTimeline;
  tryOut: (change: BarChange) => Preview;
  onMake: (preview: Preview) => void;
  onClose: () => void;
}) {
  const [change, setChange] = useState<BarChange>({});
  const isChanged = Object.keys(change).length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: tried out again when the change or the plan is another
  const preview = useMemo(() => (isChanged ? tryOut(change) : undefined), [change, timeline]);
  const bar = timeline.bars[node];
  const after = preview?.ok ? preview.timeline.bars[node] : undefined;
  const titleOf = (key: string) => nodeTitle(workflow, configuration, key);
  const drawn = workflow.nodes[node];
  const isTask = drawn?.type === 'task';
  const estimate = isTask ? (drawn.estimate ?? configuration.task[drawn.task]?.estimate) : undefined;
  if (!bar) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (preview) onMake(preview);
  };
  // A date by hand and the lag or estimate behind it would contradict each other: the last one said counts.
  const setStart = ({ lags: _lags, ...others }: BarChange, startOn: string): BarChange => ({ ...others, startOn });
  const setLag = ({ startOn: _startOn, ...others }: BarChange, key: string, lag: Lag): BarChange => ({
    ...others,
    lags: { ...others.lags, [key]: lag },
  });
  const setFinish = ({ estimate: _estimate, ...others }: BarChange, finishOn: string): BarChange => ({
    ...others,
    finishOn,
  });
  const setLength = ({ finishOn: _finishOn, ...others }: BarChange, next: Estimate): BarChange => ({
    ...others,
    estimate: next,
  });
  return (
    <Modal opened onClose={onClose} title={`Dates of ${node} ${titleOf(node)}`} size="lg">
      <form onSubmit={submit}>
        <div className={classes['changes']}>
          <TextInput
            type="date"
            data-autofocus
            label="Starts on"
            description="By the lag of the link that holds it"
            value={change.startOn ?? after?.start ?? bar.start}
            onChange={(event) => {
              const { value } = event.currentTarget;
              if (value) setChange((now) => setStart(now, value));
            }}
          />
          <TextInput
            type="date"
            label="Ends on"
            description={isTask ? 'By its own estimate' : 'It takes no time'}
            disabled={!isTask}
            value={change.finishOn ?? after?.finish ?? bar.finish}
            onChange={(event) => {
              const { value } = event.currentTarget;
              if (value) setChange((now) => setFinish(now, value));
            }}
          />
          {bar.heldBy.map((key) => (
            <LagField
              key={key}
              label={`Lag after ${workflow.links[key]?.from ?? key}`}
              lag={change.lags?.[key] ?? workflow.links[key]?.lag ?? noLag}
              onChange={(lag) => setChange((now) => setLag(now, key, lag))}
            />
          ))}
          {isTask ? (
            <EstimateFields
              estimate={change.estimate ?? estimate}
              onChange={(next) => setChange((now) => setLength(now, next))}
            />
          ) : null}
          <div className={classes['whole']} aria-live="polite">
            {preview === undefined ? null : preview.ok ? (
              <WhatMoves moves={preview.moves} titleOf={titleOf} />
            ) : (
              <p role="alert">{preview.reason}</p>
            )}
          </div>
        </div>
        <Box mt="md">
          <DialogEnd refuse="Leave as it is" onClose={onClose} isDisabled={!preview?.ok}>
            Change dates
          </DialogEnd>
        </Box>
      </form>
    </Modal>
  );
}

function LagField({ label, lag, onChange }: { label: string; lag: Lag; onChange: (lag: Lag) => void }) {
  const set = (value: number, unit: PeriodUnit) =>
    onChange({ value, unit, basis: unit === lag.unit ? lag.basis : unit === 'workingDays' ? 'working' : 'elapsed' });
  return (
    <Group gap={6} align="end" wrap="nowrap" className={classes['whole']}>
      <NumberInput
        label={label}
        w={160}
        min={-100_000}
        max={100_000}
        allowDecimal={false}
        value={lag.value}
        onChange={(value) => typeof value === 'number' && set(value, lag.unit)}
      />
      <Select
        aria-label={`Unit of ${label}`}
        data={unitChoices}
        value={lag.unit}
        onChange={(unit) => set(lag.value, unit as PeriodUnit)}
      />
    </Group>
  );
}

const bounds = [
  ['minimum', 'Shortest'],
  ['likely', 'Likely'],
  ['maximum', 'Longest'],
] as const;

function EstimateFields({
  estimate,
  onChange,
}: {
  estimate: Estimate | undefined;
  onChange: (estimate: Estimate) => void;
}) {
  if (!estimate)
    return (
      <p className={`${classes['whole']} ${classes['moves']}`}>
        Its length is that of its target. A date of its own under “Ends on” becomes an estimate.
      </p>
    );
  return (
    <fieldset className={classes['whole']} style={{ border: 0, margin: 0, padding: 0 }}>
      <legend>Estimate</legend>
      {bounds.map(([bound, label]) => (
        <PeriodField
          key={bound}
          label={label}
          place={`estimate-${bound}`}
          period={estimate[bound]}
          onChange={(period) => onChange({ ...estimate, [bound]: period })}
        />
      ))}
    </fieldset>
  );
}
