import { whereUsed } from '../document/engine.ts';
import type { EditorProps } from '../document-editor/editor.ts';
import { WideNote } from '../document-editor/wide-note.tsx';
import classes from './form-designer.module.css';
import { QuestionContent } from './question-content.tsx';

/** A question of the library: what is changed here changes on every form that asks it. */
export default function QuestionEditor({ document, configuration }: EditorProps<'question'>) {
  const uses = whereUsed(configuration, 'question', document.key);
  const forms = new Set(uses.filter((use) => use.pointer.endsWith('/library')).map((use) => use.document)).size;
  const inputs = Object.values(configuration.question)
    .filter((question) => question.key !== document.key)
    .map(({ key, label, type }) => ({ value: key, label, type }));
  return (
    <div className={classes['form']}>
      {uses.length > 0 ? (
        <WideNote>
          {forms === 1 ? 'One form asks it' : `${forms} forms ask it`}, and it is named in {uses.length}{' '}
          {uses.length === 1 ? 'place' : 'places'}. What you change here changes in all of them; rules keep naming an
          option by its key.
        </WideNote>
      ) : null}
      <QuestionContent content={document} path={[]} inputs={inputs} />
    </div>
  );
}
