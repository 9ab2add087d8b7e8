import type { AnyDocument } from '../../../schemas/configuration.ts';
import type { LoadedConfiguration } from '../../../schemas/load-configuration.ts';
import { commandOf, DRAFT, DRAFT_STREAM, documentStream } from '../definitions/draft-store.ts';
import { publishDraft } from '../definitions/publish.ts';
import type { Organisation } from '../organisation.ts';

const SYSTEM = { actor: 'system' };

/** Puts a configuration's documents and layouts into the empty draft and publishes it. Throws the problem with its findings when it cannot be published. */
export async function importConfiguration(organisation: Organisation, loaded: LoadedConfiguration): Promise<void> {
  const broken = loaded.findings.find((finding) => finding.severity === 'error');
  if (broken) throw new Error(`the configuration cannot be imported: ${broken.message}`);
  const documents = Object.values(loaded.configuration).flatMap((byKey) => Object.values(byKey) as AnyDocument[]);
  const layouts = Object.values(loaded.layouts);
  const streams = [
    ...documents.map(({ kind, key }) => documentStream(kind, key)),
    ...layouts.map(({ key }) => `layout:${key}`),
  ];
  await organisation.pump.submit({
    ...commandOf({ ...SYSTEM, key: 'system:import' }, organisation, 'importConfiguration'),
    streams: [DRAFT_STREAM, ...streams],
    decide: () => ({
      moves: [
        { stream: DRAFT_STREAM, kind: 'draft', by: 1 },
        ...streams.map((stream) => ({ stream, kind: 'draftDocument', by: 1 })),
      ],
      events: [],
      rows: [
        { table: 'drafts', values: { id: DRAFT, base_release: null } },
        ...documents.map((document) => ({
          table: 'draft_documents' as const,
          values: {
            draft: DRAFT,
            kind: document.kind,
            key: document.key,
            title: document.title,
            revision: 1,
            json: JSON.stringify(document),
          },
        })),
        ...layouts.map((layout) => ({
          table: 'layouts' as const,
          values: { workflow: layout.key, revision: 1, json: JSON.stringify(layout) },
        })),
      ],
      response: null,
    }),
  });
  await publishDraft(
    organisation,
    { note: 'The configuration as shipped', acceptWarnings: true },
    { ...SYSTEM, key: 'system:publish-shipped' },
  );
}
