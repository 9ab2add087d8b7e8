import { useMemo } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { LadderDocument, Rung } from '../../schemas/ladder.ts';
import { Field } from '../document-editor/field.tsx';
import { ConditionField } from '../rule-builder/condition-field.tsx';
import { workflowsWatched } from './workflows-watched.ts';

/** The condition that is asked when a rung fires; false skips it (E16). It may speak of all that the cases it watches know. */
export function RungCondition({
  ladder,
  configuration,
  rung,
  onField,
}: {
  ladder: LadderDocument;
  configuration: Configuration;
  rung: Rung & { key: string };
  onField: (field: keyof Rung, value: unknown) => void;
}) {
  const workflows = useMemo(() => workflowsWatched(ladder.key, configuration), [ladder.key, configuration]);
  return (
    <Field path={['rungs', rung.key, 'when']}>
      <ConditionField
        label="Only if"
        condition={rung.when}
        absent="Always, when it is due"
        about={{ workflows }}
        document={`ladder/${ladder.key}`}
        pointer={`/rungs/${rung.key}/when`}
        onChange={(when) => onField('when', when)}
      />
    </Field>
  );
}
