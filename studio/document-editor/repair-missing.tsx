import { Button } from '@mantine/core';
import { useState } from 'react';
import { type DocumentKind, documentKinds } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { whereUsed } from '../document/engine.ts';
import { nameInWords } from '../words/kind-words.ts';
import { useEditor } from './editor.ts';
import { RepairDialog } from './repair-dialog.tsx';

/** Beside a finding about something that is not there any more: puts all places that name it right in one step. */
export function RepairMissing({ finding }: { finding: Finding }) {
  const { configuration, run } = useEditor();
  const [isOpen, setOpen] = useState(false);
  const going = missingIn(finding);
  if (!going) return null;
  const { kind, key } = going;
  return (
    <>
      <Button variant="default" size="compact-xs" onClick={() => setOpen(true)}>
        Put right everywhere…
      </Button>
      {isOpen ? (
        <RepairDialog
          what={nameInWords(`${kind}/${key}`)}
          going={going}
          uses={whereUsed(configuration, kind, key)}
          replacements={Object.values(configuration[kind]).map((one) => ({
            value: one.key,
            label: `${one.title} (${one.key})`,
          }))}
          onClose={() => setOpen(false)}
          onDone={run}
        />
      ) : null}
    </>
  );
}

/** What a finding says is missing. */
function missingIn({ code, values }: Finding): { kind: DocumentKind; key: string } | undefined {
  const name =
    code === 'QUESTION_UNKNOWN' ? values['question'] : code === 'REFERENCE_DANGLING' ? values['key'] : undefined;
  const kind = documentKinds.find((one) => one === (code === 'QUESTION_UNKNOWN' ? 'question' : values['kind']));
  return kind && typeof name === 'string' ? { kind, key: name } : undefined;
}
