import { Group, Select } from '@mantine/core';
import { DocumentLink } from '../document-editor/document-link.tsx';
import { useEditor } from '../document-editor/editor.ts';
import { TextField } from '../document-editor/field.tsx';
import { dateInWords } from '../words/date-words.ts';
import classes from './statement-bank.module.css';

/** The law a statement rests on, as cited; choosing a provision writes its name in front. */
export function SourceField({ source }: { source: string | undefined }) {
  const { configuration, set } = useEditor();
  const provisions = Object.values(configuration.provision);
  const plain = (source ?? '').replaceAll(/[\s/]+/g, '-');
  const cited = provisions.filter(({ key }) => new RegExp(`(?:^|[^A-Za-z0-9])${key}(?![A-Za-z0-9])`).test(plain));
  return (
    <div>
      <Group gap="sm" align="flex-end">
        <div className={classes['grow']}>
          <TextField label="Legal source" placeholder="HA96 s195(2), or local" path={['source']} optional />
        </div>
        <Select
          aria-label="Cite a provision"
          placeholder="Cite a provision"
          searchable
          data={provisions.map(({ key, title }) => ({ value: key, label: `${key}: ${title}` }))}
          value={null}
          onChange={(key) => key && set(['source'], source ? `${source}; ${key} ` : `${key} `)}
        />
      </Group>
      {cited.length > 0 ? (
        <p className={classes['hint']}>
          Cites{' '}
          {cited.map((provision, at) => (
            <span key={provision.key}>
              {at > 0 ? ', ' : ''}
              <DocumentLink document={provision} />
              {provision.reviewBy ? ` (to be looked at by ${dateInWords(provision.reviewBy)})` : ''}
            </span>
          ))}
          .
        </p>
      ) : null}
    </div>
  );
}
