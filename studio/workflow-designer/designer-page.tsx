import { useSuspenseQuery } from '@tanstack/react-query';
import { Navigate, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import type { Finding } from '../../schemas/finding.ts';
import { meQuery } from '../api/queries.ts';
import { useDraft, useOpenDraft } from '../document/draft-context.tsx';
import { DraftProvider } from '../document/draft-provider.tsx';
import { toEditor } from '../document-editor/document-link.tsx';
import { playLinkOf } from '../play/counterexample.ts';
import { statementOfRule } from '../statement-bank/rule-place.ts';
import { Designer } from './designer.tsx';
import { loadLayout } from './load-layout.ts';
import type { DesignerView } from './view.ts';

export { preloadCanvas } from './views.tsx';

const DesignerTour = lazy(async () => ({ default: (await import('../tour/designer-tour.tsx')).DesignerTour }));

/** The workflow of the address, open in the designer. */
export function DesignerPage() {
  const { view = 'canvas' } = useSearch({ from: '/signed-in/workflow/$key' });
  const { data: me } = useSuspenseQuery(meQuery);
  return (
    <DraftProvider>
      <OpenDesigner view={view} />
      <Suspense>
        <DesignerTour person={me.user.id} />
      </Suspense>
    </DraftProvider>
  );
}

function OpenDesigner({ view }: { view: DesignerView }) {
  const { key } = useParams({ from: '/signed-in/workflow/$key' });
  const { pointer } = useSearch({ from: '/signed-in/workflow/$key' });
  const draft = useOpenDraft();
  const navigate = useNavigate();
  const { configuration } = useDraft().content;
  useEffect(() => void loadLayout(key, draft), [key, draft]);
  // Rules of advice are written where their statement is.
  const rule = pointer === undefined ? undefined : statementOfRule(configuration, key, pointer);
  if (rule) return <Navigate {...toEditor('advice', rule.statement, rule.pointer)} replace />;
  const openDocument = (name: string, pointer?: string) => {
    const [kind = '', other = ''] = name.split('/');
    void navigate(toEditor(kind, other, pointer));
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
      onOpenElsewhere={(finding: Finding) => openDocument(finding.document, finding.pointer)}
      onOpenDocument={openDocument}
      onPlay={(finding) => {
        const link = finding && playLinkOf(finding, key);
        void navigate({ to: '/play/$key', params: link?.params ?? { key }, search: link?.search ?? {} });
      }}
    />
  );
}
