import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { AnyDocument, Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { meQuery } from '../api/queries.ts';
import { areas } from '../app/areas.ts';
import { useDraft, useFindings } from '../document/draft-context.tsx';
import { DraftProvider } from '../document/draft-provider.tsx';
import { ExchangeMenu } from '../exchange/exchange-menu.tsx';
import { PublishButton } from '../publish/publish-button.tsx';
import { StatementTable } from '../statement-bank/statement-table.tsx';
import { TourOffer } from '../tour/tour-offer.tsx';
import { EmptyState } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { SearchBar, useSearch } from '../ui/search-bar.tsx';
import { DocumentTable } from './document-table.tsx';
import { NewDocumentButton } from './new-document.tsx';

/** The documents of one maintenance area. */
export function LibraryPage() {
  return (
    <DraftProvider>
      <Library />
    </DraftProvider>
  );
}

function Library() {
  const { area: slug } = useParams({ strict: false });
  const search = useSearch();
  const { wanted } = search;
  const { configuration } = useDraft().content;
  const { findings } = useFindings();
  const counted = useMemo(() => byDocument(findings), [findings]);
  const area = areas.find((one) => one.slug === slug) ?? areas[0];
  const { data: me } = useSuspenseQuery(meQuery);
  const navigate = useNavigate();
  const all = useMemo(() => documentsOf(area, configuration), [area, configuration]);
  const found = useMemo(
    () => all.filter((document) => `${document.key} ${document.title}`.toLowerCase().includes(wanted)),
    [all, wanted],
  );
  if (!area) return null;
  // The tour needs something to show: the drawing that holds most.
  const [sample] =
    area.slug === 'workflows'
      ? Object.values(configuration.workflow).sort((a, b) => Object.keys(b.nodes).length - Object.keys(a.nodes).length)
      : [];
  const Table = area.slug === 'advice' ? StatementTable : DocumentTable;
  return (
    <Page
      wide={area.slug === 'advice'}
      title={area.title}
      lead={area.purpose}
      actions={
        <>
          {area.slug === 'settings' && all.length > 0 ? null : <NewDocumentButton area={area} />}
          <ExchangeMenu documents={found.map(({ kind, key }) => `${kind}/${key}`)} />
          <PublishButton />
        </>
      }
    >
      {sample ? (
        <TourOffer
          person={me.user.id}
          onBegin={() => void navigate({ to: '/workflow/$key', params: { key: sample.key } })}
        />
      ) : null}
      <SearchBar
        label={`Search ${area.title.toLowerCase()}`}
        placeholder="Search by title or key"
        search={search}
        count={found.length === all.length ? `${all.length} in all` : `${found.length} of ${all.length}`}
      />
      {found.length > 0 ? (
        <Table documents={found} configuration={configuration} findings={counted} />
      ) : (
        <EmptyState
          title={all.length === 0 ? `No ${area.one} yet` : 'Nothing found'}
          action={
            all.length === 0 ? (
              <NewDocumentButton area={area} />
            ) : (
              <Button variant="default" leftSection={<IconPlus size={14} />} onClick={() => search.setText('')}>
                Show all
              </Button>
            )
          }
        >
          {all.length === 0 ? `Add the first ${area.one} to begin.` : `No title or key holds “${search.text}”.`}
        </EmptyState>
      )}
    </Page>
  );
}

function documentsOf(area: (typeof areas)[number] | undefined, configuration: Configuration): AnyDocument[] {
  if (!area) return [];
  const { kinds, categories } = area;
  return kinds
    .flatMap((kind) => Object.values(configuration[kind]) as AnyDocument[])
    .filter((document) => document.kind !== 'workflow' || !categories || categories.includes(document.category));
}

function byDocument(findings: readonly Finding[]): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    const known = found.get(finding.document);
    if (known) known.push(finding);
    else found.set(finding.document, [finding]);
  }
  return found;
}
