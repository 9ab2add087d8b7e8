import classes from './conflict-dialog.module.css';
import type { diffDocument } from './engine.ts';

/** What became of a document, as sentences. */
export function Sentences({ diff }: { diff: ReturnType<typeof diffDocument> }) {
  if (!diff) return <p className={classes['none']}>Nothing.</p>;
  return (
    <ul className={classes['sentences']}>
      {diff.sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
