import { Button, Group, SegmentedControl, Select, Stack } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { AdviceDocument } from '../../schemas/advice.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { useFindings } from '../document/draft-context.tsx';
import type { EditCommand } from '../document/engine.ts';
import { useEditor } from '../document-editor/editor.ts';
import { Field, PlaceFindings } from '../document-editor/field.tsx';
import { keyOfTitle } from '../document-editor/new-key.ts';
import { ConditionField } from '../rule-builder/condition-field.tsx';
import { Panel } from '../ui/page.tsx';
import { placeOfRule } from './rule-place.ts';
import classes from './statement-bank.module.css';

/** Who gets a statement: everybody its own condition names, or those whom rules of workflows name. */
export function RulesOfStatement({ statement }: { statement: AdviceDocument }) {
  const { configuration, run, set } = useEditor();
  const isGeneric = statement.scope === 'generic';
  const rules = rulesNaming(configuration, statement.key);
  const workflows = Object.values(configuration.workflow).filter((workflow) => workflow.form !== undefined);
  const free = workflows.filter(({ key }) => !rules.some((rule) => rule.workflow === key));
  return (
    <Panel
      title="Who gets it"
      actions={
        <SegmentedControl
          aria-label="Scope"
          size="xs"
          data={[
            { value: 'generic', label: 'Every workflow' },
            { value: 'bound', label: 'Some workflows' },
          ]}
          value={isGeneric ? 'generic' : 'bound'}
          onChange={(value) => {
            if (value === 'generic') return set(['scope'], 'generic');
            // Where there is one workflow to choose, it is chosen.
            const [only, ...others] = workflows;
            if (only && others.length === 0 && rules.length === 0)
              return run(addRule(configuration, statement, only.key));
            return set(['scope'], scopeOf(rules, only?.key ?? 'workflow'));
          }}
        />
      }
    >
      <Stack gap="lg">
        {isGeneric ? (
          <Field path={['when']}>
            <ConditionField
              label="Given when"
              absent="Given to everybody"
              about={{}}
              document={`advice/${statement.key}`}
              pointer="/when"
              condition={statement.when}
              onChange={(condition) => set(['when'], condition)}
            />
          </Field>
        ) : null}
        {rules.map(({ workflow, rule }) => (
          <RuleFields key={`${workflow}/${rule}`} statement={statement} workflow={workflow} rule={rule} />
        ))}
        {!isGeneric && rules.length === 0 ? (
          <p className={classes['hint']}>No rule gives it yet: choose the workflow whose enquiries it is for.</p>
        ) : null}
        {isGeneric || free.length === 0 ? null : (
          <Select
            label="Give it in another workflow"
            placeholder="Choose a workflow"
            searchable
            maw={360}
            data={free.map(({ key, title }) => ({ value: key, label: `${title} (${key})` }))}
            value={null}
            onChange={(key) => key && run(addRule(configuration, statement, key))}
          />
        )}
      </Stack>
    </Panel>
  );
}

function RuleFields({ statement, workflow, rule }: { statement: AdviceDocument; workflow: string; rule: string }) {
  const { configuration, run } = useEditor();
  const { findings } = useFindings();
  const found = configuration.workflow[workflow]?.adviceRules[rule];
  if (!found) return null;
  const path = ['adviceRules', rule];
  const place = placeOfRule(workflow, rule);
  const here = findings.filter(
    ({ document, pointer, severity }) =>
      document === `workflow/${workflow}` && severity !== 'info' && `${pointer}/`.startsWith(`/adviceRules/${rule}/`),
  );
  const others = found.statements.filter((key) => key !== statement.key);
  return (
    <div className={classes['rule']} data-place={place}>
      <Group justify="space-between" gap="xs">
        <h3 className={classes['workflow']}>
          {configuration.workflow[workflow]?.title} <span>{workflow}</span>
        </h3>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconTrash size={13} />}
          onClick={() => run(dropRule(configuration, statement, workflow, rule))}
        >
          Do not give it here
        </Button>
      </Group>
      {others.length > 0 ? (
        <p className={classes['hint']}>The same rule gives {others.join(', ')} too: changing it changes them.</p>
      ) : null}
      <ConditionField
        label="Given when"
        absent="Given to everybody"
        about={{ workflow }}
        document={`workflow/${workflow}`}
        pointer={`/adviceRules/${rule}/when`}
        place={`${place}/when`}
        condition={found.when}
        onChange={(when) =>
          run({
            type: 'setDocumentField',
            kind: 'workflow',
            key: workflow,
            path: [...path, 'when'],
            ...(when ? { value: when } : {}),
          })
        }
      />
      {found.exclusiveGroup ? (
        <p className={classes['hint']} data-place={`${place}/exclusiveGroup`}>
          Never together with the other rules of group {found.exclusiveGroup}.{' '}
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() =>
              run({
                type: 'setDocumentField',
                kind: 'workflow',
                key: workflow,
                path: [...path, 'exclusiveGroup'],
              })
            }
          >
            Take it out of the group
          </Button>
        </p>
      ) : null}
      <PlaceFindings findings={here} onFix={run} />
    </div>
  );
}

interface Naming {
  workflow: string;
  rule: string;
}

/** Rules of workflows that give a statement. */
function rulesNaming(configuration: Configuration, statement: string): Naming[] {
  return Object.values(configuration.workflow).flatMap(({ key, adviceRules }) =>
    Object.entries(adviceRules)
      .filter(([, rule]) => rule.statements.includes(statement))
      .map(([rule]) => ({ workflow: key, rule })),
  );
}

function scopeOf(rules: readonly Naming[], otherwise: string): string[] {
  const named = [...new Set(rules.map(({ workflow }) => workflow))];
  return named.length > 0 ? named : [otherwise];
}

/** A new rule fires for nobody until it is given a condition or told to fire always: nothing is advised by accident. */
function addRule(configuration: Configuration, statement: AdviceDocument, workflow: string): EditCommand {
  const rules = configuration.workflow[workflow]?.adviceRules ?? {};
  const isFree = !Object.keys(rules).some((key) => key.toLowerCase() === statement.key.toLowerCase());
  const rule = isFree ? statement.key : keyOfTitle(statement.title, Object.keys(rules));
  const order = Math.floor(Math.max(0, ...Object.values(rules).map((one) => one.order))) + 1;
  const value = { order, statements: [statement.key], when: { op: 'any', conditions: [] } };
  const scope = statement.scope === 'generic' ? [workflow] : [...new Set([...statement.scope, workflow])];
  return {
    type: 'batch',
    label: `Give ${statement.key} in ${workflow}`,
    commands: [
      { type: 'setDocumentField', kind: 'workflow', key: workflow, path: ['adviceRules', rule], value },
      { type: 'setDocumentField', kind: 'advice', key: statement.key, path: ['scope'], value: scope },
    ],
  };
}

function dropRule(
  configuration: Configuration,
  statement: AdviceDocument,
  workflow: string,
  rule: string,
): EditCommand {
  const others = (configuration.workflow[workflow]?.adviceRules[rule]?.statements ?? []).filter(
    (key) => key !== statement.key,
  );
  const path = ['adviceRules', rule];
  const left = statement.scope === 'generic' ? [] : statement.scope.filter((key) => key !== workflow);
  return {
    type: 'batch',
    label: `Do not give ${statement.key} in ${workflow}`,
    commands: [
      others.length > 0
        ? { type: 'setDocumentField', kind: 'workflow', key: workflow, path: [...path, 'statements'], value: others }
        : { type: 'setDocumentField', kind: 'workflow', key: workflow, path },
      ...(left.length > 0
        ? [
            {
              type: 'setDocumentField' as const,
              kind: 'advice' as const,
              key: statement.key,
              path: ['scope'],
              value: left,
            },
          ]
        : []),
    ],
  };
}
