import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Finding } from '../../schemas/finding.ts';
import { useOpenDraft } from '../document/draft-context.tsx';
import { DraftProvider } from '../document/draft-provider.tsx';
import { Designer } from './designer.tsx';
import { loadLayout } from './load-layout.ts';
import type { DesignerView } from './view.ts';
import { preloadCanvas } from './views.tsx';

/** The workflow of the address, open in the designer. */
export function DesignerPage() {
  const { view = 'canvas' } = useSearch({ from: '/signed-in/workflow/$key' });
  preloadCanvas(view);
  return (
    <DraftProvider>
      <OpenDesigner view={view} />
    </DraftProvider>
  );
}

function OpenDesigner({ view }: { view: DesignerView }) {
  const { key } = useParams({ from: '/signed-in/workflow/$key' });
  const { pointer } = useSearch({ from: '/signed-in/workflow/$key' });
  const draft = useOpenDraft();
  const navigate = useNavigate();
  useEffect(() => void loadLayout(key, draft), [key, draft]);
  const openElsewhere = (finding: Finding) => {
    const [kind = '', other = ''] = finding.document.split('/');
    void navigate({ to: '/source/$kind/$key', params: { kind, key: other }, search: { pointer: finding.pointer } });
  };
  return (
    <Designer
      key={key}
      workflowKey={key}
      view={view}
      onView={(next) =>
        void navigate({ to: '/workflow/$key', params: { key }, search: next === 'canvas' ? {} : { view: next } })
      }
      {...(pointer ? { pointer } : {})}
      onOpenElsewhere={openElsewhere}
    />
  );
}
