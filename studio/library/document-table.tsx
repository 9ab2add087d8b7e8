import type { AnyDocument, Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { kindIcons } from '../app/areas.ts';
import { DocumentLink } from '../document-editor/document-link.tsx';
import { SeverityBadge } from '../ui/states.tsx';
import tables from '../ui/table.module.css';
import { dateInWords } from '../words/date-words.ts';
import { summarise } from './summarise.ts';
import { countUses } from './where-used.ts';

export interface DocumentTableProps {
  documents: readonly AnyDocument[];
  configuration: Configuration;
  findings: ReadonlyMap<string, readonly Finding[]>;
}

/** Documents with what matters about them, where they are used, and how many findings they have. */
export function DocumentTable({ documents, configuration, findings }: DocumentTableProps) {
  const uses = countUses(configuration);
  const sorted = [...documents].sort(
    (a, b) => a.kind.localeCompare(b.kind) || a.key.localeCompare(b.key, 'en', { numeric: true }),
  );
  return (
    <div className={tables['wrap']}>
      <table className={tables['table']}>
        <thead>
          <tr>
            <th scope="col">Title</th>
            <th scope="col">Content</th>
            <th scope="col">Used in</th>
            <th scope="col">In effect</th>
            <th scope="col">Findings</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((document) => {
            const name = `${document.kind}/${document.key}`;
            const Icon = kindIcons[document.kind];
            return (
              <tr key={name}>
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
                <td className="numeric" data-label="Used in">
                  {usedIn(uses.get(name) ?? 0)}
                </td>
                <td data-label="In effect">{inEffect(document)}</td>
                <td data-label="Findings">
                  <FindingCounts findings={findings.get(name) ?? []} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

export function FindingCounts({ findings }: { findings: readonly Finding[] }) {
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings, notes] = [count('error'), count('warning'), count('info')];
  if (errors + warnings + notes === 0) return <span style={{ color: 'var(--ink-muted)' }}>None</span>;
  return (
    <span style={{ display: 'inline-flex', gap: 4, flexWrap: 'wrap' }}>
      {errors > 0 ? <SeverityBadge severity="error" count={errors} /> : null}
      {warnings > 0 ? <SeverityBadge severity="warning" count={warnings} /> : null}
      {notes > 0 ? <SeverityBadge severity="info" count={notes} /> : null}
    </span>
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
