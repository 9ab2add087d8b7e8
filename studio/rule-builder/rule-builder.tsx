import { Button, Group } from '@mantine/core';
import { IconCode, IconPlus, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { Answers, Condition } from '../../schemas/condition.ts';
import type { KeptText } from '../condition-language/condition-editor.tsx';
import { effectiveAnswers, traceCondition, type Vocabulary } from '../document/engine.ts';
import { Loading } from '../ui/notice.tsx';
import { emptyClause } from './clause.ts';
import { ClauseEditor } from './clause-editor.tsx';
import { namesOf } from './names.ts';
import classes from './rule-builder.module.css';
import trees from './rule-tree.module.css';
import { type Mark, RuleTree } from './rule-tree.tsx';
import type { Subject } from './subjects.ts';

const ConditionEditor = lazy(() => import('../condition-language/condition-editor.tsx'));

export interface RuleBuilderProps {
  label: string;
  condition: Condition | undefined;
  /** What holds without a condition: "Always asked". */
  absent: string;
  vocabulary: Vocabulary;
  subjects: readonly Subject[];
  /** Answers the clauses are tried on. */
  answers?: Answers | undefined;
  marks?: ReadonlyMap<string, Mark>;
  /** Where it stands on the page: findings lead to it. */
  place?: string | undefined;
  /** Whether it can be without a condition. */
  required?: boolean;
  onChange: (condition: Condition | undefined) => void;
  /** Told before a change that is a step of its own, not typing. */
  onStep?: (() => void) | undefined;
  /** Where text that cannot be read yet is kept; with some of it the text is open from the start. */
  kept?: KeptText | undefined;
  onName?: ((part: Condition, put: (named: Condition) => void) => void) | undefined;
}

/** A condition as a tree and, beside it, as text: two views of the same, exact both ways (A3). */
export function RuleBuilder(props: RuleBuilderProps) {
  const { label, condition, absent, vocabulary, subjects, answers, marks, required = false, onChange, onName } = props;
  const [isText, setText] = useState(props.kept?.text !== undefined);
  const [isAdding, setAdding] = useState(false);
  const [isFresh, setFresh] = useState(false);
  const names = useMemo(() => namesOf(vocabulary, subjects), [vocabulary, subjects]);
  const trace = useMemo(() => {
    if (!condition || !answers) return undefined;
    const asAt = vocabulary.asAt ?? '';
    const effective = effectiveAnswers(vocabulary.questions, answers, asAt, vocabulary.named);
    return traceCondition(condition, { answers: effective.answers, asAt, named: vocabulary.named });
  }, [condition, answers, vocabulary]);
  return (
    <section className={classes['builder']} aria-label={label}>
      <header className={classes['head']}>
        <p className={classes['label']}>{label}</p>
        <Group gap={4}>
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconCode size={14} />}
            aria-pressed={isText}
            onClick={() => setText(!isText)}
          >
            {isText ? 'Hide the text' : 'As text'}
          </Button>
          {condition && !required ? (
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<IconTrash size={14} />}
              onClick={() => onChange(undefined)}
            >
              Take it off
            </Button>
          ) : null}
        </Group>
      </header>
      <div className={classes['views']} data-text={isText || undefined}>
        {condition ? (
          <RuleTree
            label={`${label}, as a tree`}
            condition={condition}
            subjects={subjects}
            names={names}
            trace={trace}
            isFresh={isFresh}
            onName={onName}
            onStep={props.onStep}
            place={props.place}
            {...(marks ? { marks } : {})}
            onChange={onChange}
          />
        ) : isAdding ? (
          <div className={trees['open']}>
            <ClauseEditor
              first={emptyClause}
              subjects={subjects}
              isNew
              onChange={(first) => {
                setFresh(true);
                setAdding(false);
                onChange(first);
              }}
              onDone={() => setAdding(false)}
            />
          </div>
        ) : (
          <p className={trees['nothing']}>
            {absent}.{' '}
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<IconPlus size={13} />}
              onClick={() => setAdding(true)}
            >
              Add a rule
            </Button>
          </p>
        )}
        {isText ? (
          <Suspense fallback={<Loading label="Loading the text" />}>
            <ConditionEditor
              label={`${label}, as text`}
              condition={condition}
              vocabulary={vocabulary}
              onChange={onChange}
              kept={props.kept}
            />
          </Suspense>
        ) : null}
      </div>
    </section>
  );
}
