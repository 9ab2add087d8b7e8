import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Finding } from '../../schemas/finding.ts';
import { DraftProvider, useOpenDraft } from '../document/draft-context.tsx';
import { Designer } from './designer.tsx';
import { loadLayout } from './use-designer.ts';

/** The workflow of the address, open in the designer. */
export function DesignerPage() {
  return (
    <DraftProvider>
      <OpenDesigner />
    </DraftProvider>
  );
}

function OpenDesigner() {
  const { key } = useParams({ from: '/signed-in/workflow/$key' });
  const { pointer } = useSearch({ from: '/signed-in/workflow/$key' });
  const draft = useOpenDraft();
  const navigate = useNavigate();
  useEffect(() => void loadLayout(key, draft), [key, draft]);
  const openElsewhere = (finding: Finding) => {
    const [kind = '', other = ''] = finding.document.split('/');
    void navigate({ to: '/source/$kind/$key', params: { kind, key: other }, search: { pointer: finding.pointer } });
  };
  return <Designer key={key} workflowKey={key} {...(pointer ? { pointer } : {})} onOpenElsewhere={openElsewhere} />;
}
