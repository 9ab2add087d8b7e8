import { Group, Select } from '@mantine/core';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import type { AnyDocument, Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { describeStatements, type StatementRow, sha256 } from '../document/engine.ts';
import { DocumentLink } from '../document-editor/document-link.tsx';
import { Badge } from '../ui/badge.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { FindingCounts } from '../ui/finding-counts.tsx';
import { EmptyState } from '../ui/notice.tsx';
import tables from '../ui/table.module.css';
import { dateInWords, todayOn } from '../words/date-words.ts';
import { type Lack, lacks, lackWords } from './completeness.ts';

export interface StatementTableProps {
  documents: readonly AnyDocument[];
  configuration: Configuration;
  findings: ReadonlyMap<string, readonly Finding[]>;
}

const nothing = null;

/** The statement bank: what is advised where, how hard it reads, what it rests on, and what it still lacks. */
export const StatementTable = memo(({ documents, configuration, findings }: StatementTableProps) => {
  const [section, setSection] = useState<string | null>(nothing);
  const [workflow, setWorkflow] = useState<string | null>(nothing);
  const [lack, setLack] = useState<Lack | null>(nothing);
  const settled = useDeferredValue(configuration);
  const rows = useMemo(() => describeStatements(settled, todayOn(), sha256), [settled]);
  const isBilingual = Object.values(configuration.settings).some(({ languages }) => languages.includes('cy'));
  const wanted = useMemo(() => new Set(documents.map(({ key }) => key)), [documents]);
  const shown = useMemo(
    () =>
      rows.filter(
        (row) =>
          wanted.has(row.statement) &&
          (section === null || row.section === section) &&
          (workflow === null || row.advisedIn.includes(workflow)) &&
          (lack === null || lacks(row, isBilingual).includes(lack)),
      ),
    [rows, wanted, section, workflow, lack, isBilingual],
  );
  const filter = { size: 'xs', clearable: true, w: 190 } as const;
  return (
    <>
      <Group gap="xs" mb="sm">
        <Select
          {...filter}
          aria-label="Section"
          placeholder="Every section"
          data={[...new Set(rows.map((row) => row.section))].sort()}
          value={section}
          onChange={setSection}
        />
        <Select
          {...filter}
          aria-label="Workflow"
          placeholder="Every workflow"
          data={[...new Set(rows.flatMap((row) => row.advisedIn))].sort().map((key) => ({
            value: key,
            label: titleOf(settled, key),
          }))}
          value={workflow}
          onChange={setWorkflow}
        />
        <Select
          {...filter}
          aria-label="What is missing"
          placeholder="Complete or not"
          data={Object.entries(lackWords).map(([value, label]) => ({ value, label }))}
          value={lack}
          onChange={(value) => setLack(value as Lack | null)}
        />
        <span className={tables['count']} role="status">
          {shown.length} shown
        </span>
      </Group>
      {shown.length === 0 ? (
        <EmptyState title="Nothing found">No statement is like that. Take a filter off to see more.</EmptyState>
      ) : (
        <DataTable heads={['Statement', 'Given in', 'Reading age', 'Source', 'In effect', 'Missing', 'Findings']}>
          {shown.map((row) => (
            <Row
              key={row.statement}
              row={row}
              isBilingual={isBilingual}
              configuration={settled}
              findings={findings.get(`advice/${row.statement}`) ?? none}
            />
          ))}
        </DataTable>
      )}
    </>
  );
});

const none: readonly Finding[] = [];

function Row({
  row,
  isBilingual,
  configuration,
  findings,
  ...place
}: {
  row: StatementRow;
  isBilingual: boolean;
  configuration: Configuration;
  findings: readonly Finding[];
}) {
  const missing = lacks(row, isBilingual);
  return (
    <tr {...place}>
      <td>
        <DocumentLink document={{ kind: 'advice', key: row.statement, title: row.title }} />{' '}
        <span className={tables['key']}>{row.statement}</span>
        <span className={tables['sub']}>{row.section}</span>
      </td>
      <td data-label="Given in">{advisedInWords(row.advisedIn.map((key) => titleOf(configuration, key)))}</td>
      <td className="numeric" data-label="Reading age">
        {row.readability.words < 20 ? '–' : row.readability.readingAge}
      </td>
      <td data-label="Source">{row.source ?? '–'}</td>
      <td data-label="In effect">{effectInWords(row)}</td>
      <td data-label="Missing">
        {missing.length === 0 ? (
          <span className={tables['count']}>Nothing</span>
        ) : (
          <Group gap={4}>
            {missing.map((one) => (
              <Badge key={one} tone="amber">
                {lackWords[one]}
              </Badge>
            ))}
          </Group>
        )}
      </td>
      <td data-label="Findings">
        <FindingCounts findings={findings} />
      </td>
    </tr>
  );
}

function titleOf({ workflow }: Configuration, key: string): string {
  return workflow[key]?.title ?? key;
}

function advisedInWords(workflows: readonly string[]): string {
  if (workflows.length === 0) return 'Nowhere';
  return workflows.length > 3 ? `${workflows.length} workflows` : workflows.join(', ');
}

function effectInWords({ effectiveFrom, effectiveTo }: StatementRow): string {
  if (effectiveFrom && effectiveTo) return `${dateInWords(effectiveFrom)} to ${dateInWords(effectiveTo)}`;
  if (effectiveFrom) return `from ${dateInWords(effectiveFrom)}`;
  return effectiveTo ? `until ${dateInWords(effectiveTo)}` : 'Always';
}
