import type { LadderDocument, Rung } from '../../schemas/ladder.ts';
import { Field } from '../document-editor/field.tsx';
import { ConditionField } from '../rule-builder/condition-field.tsx';

/** The condition that is asked when a rung fires; false skips it (E16). It may speak of every question there is. */
export function RungCondition({
  ladder,
  rung,
  onField,
}: {
  ladder: LadderDocument;
  rung: Rung & { key: string };
  onField: (field: keyof Rung, value: unknown) => void;
}) {
  return (
    <Field path={['rungs', rung.key, 'when']}>
      <ConditionField
        label="Only if"
        condition={rung.when}
        absent="Always, when it is due"
        about={{}}
        document={`ladder/${ladder.key}`}
        pointer={`/rungs/${rung.key}/when`}
        onChange={(when) => onField('when', when)}
      />
    </Field>
  );
}
