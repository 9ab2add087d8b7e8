import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Configuration } from '../../schemas/configuration.ts';
import type { LadderDocument, Rung } from '../../schemas/ladder.ts';
import { Field } from '../document-editor/field.tsx';
import { conditionInWords } from '../words/condition-words.ts';
import classes from './ladder-designer.module.css';

/** The condition that is asked when a rung fires; false skips it. */
export function RungCondition({
  ladder,
  rung,
  configuration,
  onField,
}: {
  ladder: LadderDocument;
  rung: Rung & { key: string };
  configuration: Configuration;
  onField: (field: keyof Rung, value: unknown) => void;
}) {
  const { when } = rung;
  return (
    <Field path={['rungs', rung.key, 'when']}>
      <p className={classes['legend']}>Only if</p>
      <Group gap="sm">
        <span>{when ? conditionInWords(when, configuration) : 'always'}</span>
        <Link
          to="/source/$kind/$key"
          params={{ kind: 'ladder', key: ladder.key }}
          search={{ pointer: `/rungs/${rung.key}${when ? '/when' : ''}` }}
        >
          {when ? 'Change in the source' : 'Write a condition in the source'}
        </Link>
        {when ? (
          <Button variant="default" size="compact-xs" onClick={() => onField('when', undefined)}>
            Always
          </Button>
        ) : null}
      </Group>
    </Field>
  );
}
