import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import type { Condition } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { useSample } from '../advice/sample-answers.ts';
import { meQuery } from '../api/queries.ts';
import { useDraft, useFindings, useOpenDraft } from '../document/draft-context.tsx';
import { keyOfTitle } from '../document-editor/new-key.ts';
import { keepText, readKeptText } from '../source-editor/kept-text.ts';
import { announce } from '../ui/announcer.tsx';
import { RuleBuilder } from './rule-builder.tsx';
import type { Mark } from './rule-tree.tsx';
import { type About, subjectsOf, vocabularyOf } from './subjects.ts';

export interface ConditionFieldProps {
  label: string;
  condition: Condition | undefined;
  /** What holds without a condition: "Always asked". */
  absent: string;
  /** What it may speak about: the questions of a form, or all that a workflow knows. */
  about: About;
  /** Where it stands, so that what the checks know of it shows in the tree: `form/HP` and the pointer to it. */
  document: string;
  pointer: string;
  /** Where it stands on the page, when that is not the document that is open there. */
  place?: string;
  required?: boolean;
  onChange: (condition: Condition | undefined) => void;
}

/** The one field for conditions, wherever the draft has one. */
export function ConditionField({ about, document, pointer, place = pointer, onChange, ...props }: ConditionFieldProps) {
  const { configuration } = useDraft().content;
  const { findings } = useFindings();
  const { store } = useOpenDraft();
  const { answers, asAt } = useSample();
  const [naming, setNaming] = useState<{ part: Condition; put: (named: Condition) => void }>();
  const { form, workflow = workflowOf(configuration, form) } = about;
  const among = about.workflows?.join(' ');
  const scope = useMemo(
    (): About => ({
      ...(form ? { form } : {}),
      ...(about.workflow ? { workflow: about.workflow } : {}),
      ...(among === undefined ? {} : { workflows: among.split(' ') }),
    }),
    [form, about.workflow, among],
  );
  const vocabulary = useMemo(() => vocabularyOf(configuration, scope, asAt), [configuration, scope, asAt]);
  const subjects = useMemo(() => subjectsOf(configuration, scope, vocabulary), [configuration, scope, vocabulary]);
  const marks = useMemo(() => marksOf(findings, document, pointer), [findings, document, pointer]);
  const owner = useQueryClient().getQueryData(meQuery.queryKey)?.user.id ?? '';
  const [held, setHeld] = useState(() => readKeptText(owner, conditionName(document, pointer)));
  const keep = (text: string | undefined) => {
    if (text === held) return;
    setHeld(text);
    keepText(owner, conditionName(document, pointer), text);
  };
  const define = (title: string) => {
    const named = workflow === undefined ? undefined : configuration.workflow[workflow]?.namedConditions;
    if (!naming || !named || workflow === undefined) return;
    const key = keyOfTitle(title, Object.keys(named));
    store.run({
      type: 'setDocumentField',
      kind: 'workflow',
      key: workflow,
      path: ['namedConditions', key],
      value: { title, when: naming.part },
    });
    naming.put({ op: 'named', name: key });
    setNaming(undefined);
    announce(`Named ${title}: it can be used in every condition of ${workflow}`);
  };
  return (
    <>
      <RuleBuilder
        {...props}
        vocabulary={vocabulary}
        subjects={subjects}
        answers={workflow === undefined ? undefined : answers[workflow]}
        marks={marks}
        place={place}
        onChange={onChange}
        kept={{ text: held, keep }}
        onStep={() => store.endGesture()}
        onName={workflow === undefined ? undefined : (part, put) => setNaming({ part, put })}
      />
      {naming ? <NameDialog onName={define} onClose={() => setNaming(undefined)} /> : null}
    </>
  );
}

/** A condition that is written as text, beside the documents whose source is. */
function conditionName(document: string, pointer: string): string {
  return `condition ${document}${pointer}`;
}

function NameDialog({ onName, onClose }: { onName: (title: string) => void; onClose: () => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const title = String(new FormData(event.currentTarget).get('title')).trim();
    if (title !== '') onName(title);
  };
  return (
    <Modal opened onClose={onClose} title="Name this condition">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Name"
            name="title"
            description="What it means, as in “Homeless within 56 days”. Other conditions can then use it by this name."
            required
            data-autofocus
          />
          <Button type="submit">Name it</Button>
        </Stack>
      </form>
    </Modal>
  );
}

/** The workflow whose enquiries a form asks: its sample answers and its named conditions count. */
function workflowOf(configuration: Configuration, form: string | undefined): string | undefined {
  if (form === undefined) return undefined;
  return Object.values(configuration.workflow).find((workflow) => workflow.form === form)?.key;
}

/** What the checks say of the whole condition or of a part of it, as marks in the tree. */
function marksOf(findings: readonly Finding[], document: string, pointer: string): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const finding of findings) {
    if (finding.document !== document || !finding.pointer.startsWith(pointer)) continue;
    const word = wordOf(finding);
    // A finding may be about a part of a clause: its value, its question.
    const [clause = ''] = /^(?:\/conditions\/\d+|\/condition)*/.exec(finding.pointer.slice(pointer.length)) ?? [];
    if (word) marks.set(clause, { word, title: finding.message });
  }
  return marks;
}

const words: Readonly<Record<string, string>> = {
  ADVICE_UNREACHABLE: 'Never true',
  ADVICE_ALWAYS: 'Always true',
  ADVICE_DUPLICATE: 'Same as another',
  ADVICE_GENERIC_DUPLICATE: 'Same as another',
  ADVICE_IMPLIED: 'Within another',
  ADVICE_GENERIC_IMPLIED: 'Within another',
  BRANCH_NEVER_TRUE: 'Never true',
  TASK_NEVER_APPLIES: 'Never true',
  CLOCK_NEVER_STARTS: 'Never true',
  ALLOCATION_RULE_NEVER: 'Never true',
  ADVICE_QUESTION_NEVER_SHOWN: 'Never true',
  ADVICE_QUESTION_NOT_ASKED: 'Not asked here',
  CONDITION_OPTION_UNKNOWN: 'No such option',
  OPTION_UNKNOWN: 'No such option',
  QUESTION_UNKNOWN: 'No such question',
  QUESTION_NOT_ASKED: 'Not asked here',
  CONDITION_TYPE: 'Does not fit the question',
  CONDITION_RANGE_EMPTY: 'Empty range',
  NAMED_CONDITION_UNKNOWN: 'No such name',
};

function wordOf({ code, values }: Finding): string | undefined {
  if (code !== 'ADVICE_CLAUSE_DEAD') return words[code];
  return values['why'] === 'never' ? 'Never true' : values['why'] === 'always' ? 'Always true' : 'Changes nothing';
}
