import { Button, Group, MultiSelect, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useSample } from '../advice/sample-answers.ts';
import { type EditCommand, effectiveAnswers } from '../document/engine.ts';
import { type EditorProps, useEditor } from '../document-editor/editor.ts';
import { TextField } from '../document-editor/field.tsx';
import { keyOfTitle } from '../document-editor/new-key.ts';
import { vocabularyOf } from '../rule-builder/subjects.ts';
import { announce } from '../ui/announcer.tsx';
import { AddQuestion } from './add-question.tsx';
import classes from './form-designer.module.css';
import { homelessQuestions, moveQuestion, questionsBySection, stepQuestion } from './form-edits.ts';
import { QuestionRow } from './question-row.tsx';
import { SectionHead } from './section-head.tsx';

/** All questions of a form on one page with the way through them: what is always asked runs straight down, exceptions stand beside it. */
export default function FormEditor({ document: form, configuration, run, sentTo }: EditorProps<'form'>) {
  const [open, setOpen] = useState<string>();
  const [dragged, setDragged] = useState<string>();
  const wanted = sentTo?.pointer.split('/')[1] === 'questions' ? sentTo.pointer.split('/')[2] : undefined;
  useEffect(() => {
    if (sentTo && wanted) setOpen(wanted);
  }, [sentTo, wanted]);
  const { answers, asAt } = useSample();
  const vocabulary = useMemo(
    () => vocabularyOf(configuration, { form: form.key }, asAt),
    [configuration, form.key, asAt],
  );
  const workflow = Object.values(configuration.workflow).find((one) => one.form === form.key)?.key;
  const given = workflow === undefined ? undefined : answers[workflow];
  const asked = useMemo(
    () => given && new Set(effectiveAnswers(vocabulary.questions, given, asAt, vocabulary.named).shown),
    [given, vocabulary, asAt],
  );
  const homeless = homelessQuestions(form);
  const sections = [
    ...questionsBySection(form),
    ...(homeless.length > 0 ? [{ key: '', title: 'In no section', questions: homeless }] : []),
  ];
  const move = (key: string, by: -1 | 1) => {
    const command = stepQuestion(form, key, by);
    if (command && run(command).ok) announce(`Moved ${key} ${by < 0 ? 'up' : 'down'}`);
  };
  const drop = (section: string, to: number) => {
    const command = dragged === undefined ? undefined : moveQuestion(form, dragged, section, to);
    setDragged(undefined);
    if (command) run(command);
  };
  const addSection = () => {
    const order = Math.floor(Math.max(0, ...Object.values(form.sections).map((section) => section.order))) + 1;
    const key = keyOfTitle('New section', Object.keys(form.sections));
    run({
      type: 'setDocumentField',
      kind: 'form',
      key: form.key,
      path: ['sections', key],
      value: { order, title: 'New section' },
    });
    announce('Added a section');
  };
  let number = 0;
  return (
    <div className={classes['form']}>
      <AskedBy form={form.key} />
      <ol className={classes['sections']} data-place="/questions">
        {sections.map(({ key, questions }) => (
          <li key={key}>
            <SectionHead form={form} section={key} count={questions.length} />
            <ol className={classes['questions']}>
              {questions.map((question, at) => {
                number += 1;
                return (
                  <QuestionRow
                    key={question.key}
                    form={form}
                    placed={question}
                    question={vocabulary.questions.get(question.key)}
                    vocabulary={vocabulary}
                    number={number}
                    isOpen={open === question.key}
                    isAsked={asked === undefined || asked.has(question.key)}
                    isDragged={dragged === question.key}
                    onOpen={() => setOpen(open === question.key ? undefined : question.key)}
                    onMove={(by) => move(question.key, by)}
                    onDrag={setDragged}
                    onDrop={() => drop(key, placeFor(questions, dragged, at))}
                  />
                );
              })}
            </ol>
            {key === '' ? null : <AddQuestion form={form} section={key} onAdded={setOpen} />}
          </li>
        ))}
      </ol>
      <Group>
        <Button variant="default" leftSection={<IconPlus size={14} />} onClick={addSection}>
          Add a section
        </Button>
      </Group>
      <details className={classes['texts']}>
        <summary>Start page and declaration</summary>
        <Stack gap="sm">
          <TextField
            label="Start page"
            path={['startPage']}
            optional
            lines={3}
            description="Markdown. What people read before the first question."
          />
          <TextField
            label="Declaration"
            path={['declaration']}
            optional
            lines={2}
            description="What people declare before they send it."
          />
        </Stack>
      </details>
    </div>
  );
}

/** The workflows whose enquiries begin with this form. */
function AskedBy({ form }: { form: string }) {
  const { configuration, run } = useEditor();
  const workflows = Object.values(configuration.workflow);
  const asking = workflows.filter((workflow) => workflow.form === form).map(({ key }) => key);
  const change = (wanted: readonly string[]) => {
    const set = (key: string, value?: string): EditCommand => ({
      type: 'setDocumentField',
      kind: 'workflow',
      key,
      path: ['form'],
      ...(value === undefined ? {} : { value }),
    });
    const commands = [
      ...asking.filter((key) => !wanted.includes(key)).map((key) => set(key)),
      ...wanted.filter((key) => !asking.includes(key)).map((key) => set(key, form)),
    ];
    if (commands.length > 0) run({ type: 'batch', label: `Choose who asks form ${form}`, commands });
  };
  return (
    <MultiSelect
      label="Asked by the workflows"
      placeholder={asking.length === 0 ? 'None yet: its answers bring no advice' : ''}
      searchable
      data={workflows.map(({ key, title, form: own }) => ({
        value: key,
        label: `${title} (${key})${own !== undefined && own !== form ? `, now asks ${own}` : ''}`,
      }))}
      value={asking}
      onChange={change}
    />
  );
}

/** Dropped on a row it takes that row's place, whichever side it comes from. */
function placeFor(questions: readonly { key: string }[], dragged: string | undefined, at: number): number {
  const from = questions.findIndex(({ key }) => key === dragged);
  return from !== -1 && from < at ? at : Math.max(0, at);
}
