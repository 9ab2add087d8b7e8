import { useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { Finding } from '../../schemas/finding.ts';
import { useDraft, useFindings, useOpenDraft } from '../document/draft-context.tsx';
import { DraftProvider } from '../document/draft-provider.tsx';
import { usePeople } from '../document/use-people.ts';
import { ErrorState } from '../ui/notice.tsx';
import { loadLayout } from '../workflow-designer/load-layout.ts';
import { findByName } from './counterexample.ts';
import { PlayCase } from './play-case.tsx';

/** The workflow of the address, played as a virtual case over the draft. */
export function PlayPage() {
  return (
    <DraftProvider>
      <OpenPlay />
    </DraftProvider>
  );
}

function OpenPlay() {
  const { key } = useParams({ from: '/signed-in/play/$key' });
  const { finding: named } = useSearch({ from: '/signed-in/play/$key' });
  const draft = useOpenDraft();
  const { content } = useDraft();
  const { configuration } = content;
  useEffect(() => void loadLayout(key, draft), [key, draft]);
  const people = usePeople(configuration);
  const finding = useNamedFinding(named);
  if (!configuration.workflow[key])
    return (
      <ErrorState
        title={`There is no workflow ${key}`}
        error={new Error('It may have been deleted. Choose another from the list of workflows.')}
      />
    );
  return (
    <PlayCase
      key={`${key} ${finding?.message ?? ''}`}
      configuration={configuration}
      workflow={key}
      layout={content.layouts[key]}
      directory={people.directory}
      finding={finding}
    />
  );
}

/** The finding of the address as first found: it stays, whatever is edited meanwhile. */
function useNamedFinding(named: string | undefined): Finding | undefined {
  const { findings } = useFindings();
  const found = useMemo(() => (named ? findByName(findings, named) : undefined), [findings, named]);
  const [kept, setKept] = useState<Finding>();
  useEffect(() => {
    if (found) setKept((now) => now ?? found);
  }, [found]);
  return kept ?? found;
}
