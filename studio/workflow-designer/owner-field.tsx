import { Button, Select } from '@mantine/core';
import { lazy, memo, Suspense, useId, useMemo, useState } from 'react';
import type { OwnerRules as Rules } from '../../schemas/allocation.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import type { EditCommand, EditResult } from '../document/engine.ts';
import { EditorContext } from '../document-editor/editor.ts';
import { toSetCommand } from '../document-editor/set-command.ts';
import { useStable } from '../ui/use-stable.ts';
import { ownerInWords } from '../words/owner-words.ts';
import classes from './inspector.module.css';
import { ownerChoice, ownerChoices, withOwner } from './node-choices.ts';
import { useWorkflowEditor } from './workflow-editor.ts';

// Rules with conditions are rare on a drawing and heavy: they come when they are asked for.
const OwnerRules = lazy(async () => ({ default: (await import('../maintenance/owner-rules.tsx')).OwnerRules }));

export interface OwnerFieldProps {
  label: string;
  workflow: WorkflowDocument;
  configuration: Configuration;
  /** Where its own rules stand in the workflow. */
  path: readonly string[];
  rules: Rules | undefined;
  /** Those that hold while it has none of its own: its task document's. */
  inherited?: Rules | undefined;
  onRun: (command: EditCommand) => EditResult;
}

/** Who gets the work: one owner for all at a glance, and below it every rule with its condition (L1, L2). */
export function OwnerField(props: OwnerFieldProps) {
  const { label, workflow, configuration, path, rules, inherited, onRun } = props;
  const [isOpen, setOpen] = useState(false);
  const hint = useId();
  const place = `/${path.join('/')}`;
  const now = rules ?? inherited;
  const { team } = configuration;
  const { conditional, select } = useMemo(() => toSelect(now, team), [now, team]);
  const on = useStable({
    choose: (value: string) => onRun(toSetCommand(workflow, path, withOwner(now, value))),
  });
  return (
    <div>
      <OwnerSelect
        label={label}
        place={place}
        {...select}
        hint={conditional > 0 ? hint : undefined}
        onChoose={on.choose}
      />
      {conditional > 0 ? (
        <p className={classes['hint']} id={hint}>
          Where {conditional === 1 ? 'the rule before it does' : `the ${conditional} rules before it do`} not say
          otherwise.
        </p>
      ) : null}
      <details
        className={classes['rules']}
        data-fold-of={place}
        onToggle={(event) => setOpen(event.currentTarget.open)}
      >
        <summary>
          {conditional === 0
            ? `Rules for the ${label.toLowerCase()}`
            : `Rules for the ${label.toLowerCase()}: ${conditional + 1}`}
        </summary>
        {isOpen ? <OpenRules {...props} /> : null}
      </details>
    </div>
  );
}

/** What there is to choose from, with the owner there is now even where it is none of these. */
function toSelect(now: Rules | undefined, team: Configuration['team']) {
  const choices = ownerChoices({ team });
  const owner = ownerChoice(now) ?? null;
  const isOther = owner !== null && !choices.some(({ value }) => value === owner);
  const data = isOther ? [{ value: owner, label: ownerInWords(now, { team }) }, ...choices] : choices;
  const conditional = inOrder(now ?? {}).filter(({ when }) => when !== undefined).length;
  return { conditional, select: { data, owner } };
}

interface OwnerSelectProps {
  label: string;
  place: string;
  data: { value: string; label: string }[];
  owner: string | null;
  hint: string | undefined;
  onChoose: (value: string) => void;
}

/** Drawn anew when it shows something else, not with every letter typed into another field. */
const OwnerSelect = memo(function OwnerSelect({ label, place, data, owner, hint, onChoose }: OwnerSelectProps) {
  return (
    <Select
      label={label}
      data-place={place}
      searchable
      data={data}
      value={owner}
      {...(hint === undefined ? {} : { 'aria-describedby': hint })}
      onChange={(value) => value && onChoose(value)}
    />
  );
});

/** Every rule with its condition, and what the checker says of it. */
function OpenRules({ workflow, configuration, path, rules, inherited, onRun }: OwnerFieldProps) {
  const editor = useWorkflowEditor(workflow, configuration, onRun);
  const tasks = inOrder(workflow.nodes).filter(({ type, key }) => type === 'task' && key !== path[1]);
  return (
    <EditorContext value={editor}>
      {rules === undefined && inherited !== undefined ? (
        <div>
          <p className={classes['hint']}>These are the rules of its task document; other places share them.</p>
          <Button variant="default" mt={6} onClick={() => editor.set(path, inherited)}>
            Give it rules of its own
          </Button>
        </div>
      ) : (
        <Suspense fallback={<p className={classes['hint']}>Loading the rules…</p>}>
          <OwnerRules
            rules={rules ?? {}}
            path={path}
            about={{ workflow: workflow.key }}
            nodes={tasks.map(({ key, title }) => ({ value: key, label: title ? `${key} ${title}` : key }))}
            configuration={configuration}
          />
          {inherited !== undefined ? (
            <Button variant="subtle" mt={6} onClick={() => editor.set(path)}>
              Back to the rules of its task document
            </Button>
          ) : null}
        </Suspense>
      )}
    </EditorContext>
  );
}
