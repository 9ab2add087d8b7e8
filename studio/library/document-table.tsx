import { memo, useMemo } from 'react';
import type { AnyDocument, Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { kindIcons } from '../app/areas.ts';
import { countUses } from '../document/engine.ts';
import { DocumentLink } from '../document-editor/document-link.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { FindingCounts } from '../ui/finding-counts.tsx';
import tables from '../ui/table.module.css';
import { dateInWords } from '../words/date-words.ts';
import { missingIn } from './completeness.ts';
import { summarise } from './summarise.ts';

export interface DocumentTableProps {
  documents: readonly AnyDocument[];
  configuration: Configuration;
  findings: ReadonlyMap<string, readonly Finding[]>;
}

/** Documents with what matters about them, where they are used, and how many findings they have. */
export const DocumentTable = memo(({ documents, configuration, findings }: DocumentTableProps) => {
  const uses = useMemo(() => countUses(configuration), [configuration]);
  const sorted = useMemo(() => inKeyOrder(documents), [documents]);
  return (
    <DataTable heads={['Title', 'Content', 'Used in', 'In effect', 'Missing', 'Findings']}>
      {sorted.map((document) => {
        const name = `${document.kind}/${document.key}`;
        return (
          <Row
            key={name}
            document={document}
            configuration={configuration}
            uses={uses.get(name) ?? 0}
            findings={findings.get(name) ?? none}
          />
        );
      })}
    </DataTable>
  );
});

const none: readonly Finding[] = [];

function Row({
  document,
  configuration,
  uses,
  findings,
  ...place
}: {
  document: AnyDocument;
  configuration: Configuration;
  uses: number;
  findings: readonly Finding[];
}) {
  const Icon = kindIcons[document.kind];
  return (
    <tr {...place}>
      <td>
        <Icon
          size={15}
          stroke={1.7}
          aria-hidden="true"
          style={{ verticalAlign: '-3px', marginRight: 8, color: 'var(--ink-muted)' }}
        />
        <DocumentLink document={document} /> <span className={tables['key']}>{document.key}</span>
      </td>
      <td>{summarise(document, configuration)}</td>
      <td className={`numeric ${tables['together']}`} data-label="Used in">
        {usedIn(uses)}
      </td>
      <td data-label="In effect">{inEffect(document)}</td>
      <td data-label="Missing">{missingIn(document, configuration).join(', ') || 'Nothing'}</td>
      <td data-label="Findings">
        <FindingCounts findings={findings} />
      </td>
    </tr>
  );
}

function usedIn(count: number): string {
  return count === 0 ? '–' : `${count} ${count === 1 ? 'place' : 'places'}`;
}

function inEffect({ effectiveFrom, effectiveTo }: AnyDocument): string {
  if (effectiveFrom && effectiveTo) return `${dateInWords(effectiveFrom)} to ${dateInWords(effectiveTo)}`;
  if (effectiveFrom) return `from ${dateInWords(effectiveFrom)}`;
  return effectiveTo ? `until ${dateInWords(effectiveTo)}` : 'Always';
}

const collator = new Intl.Collator('en', { numeric: true });

function inKeyOrder(documents: readonly AnyDocument[]): AnyDocument[] {
  return [...documents].sort((a, b) => collator.compare(a.kind, b.kind) || collator.compare(a.key, b.key));
}
