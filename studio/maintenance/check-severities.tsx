import { Checkbox, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { findingCatalogue } from '../../runtime/engine/index.ts';
import type { SettingsDocument } from '../../schemas/settings.ts';
import { useFindings } from '../document/draft-context.tsx';
import { useEditor } from '../document-editor/editor.ts';
import { DataTable } from '../ui/data-table.tsx';
import { SearchBar, useSearch } from '../ui/search-bar.tsx';
import tables from '../ui/table.module.css';
import classes from './maintenance.module.css';

type Severities = SettingsDocument['checkSeverity'];

const words = { error: 'an error', warning: 'a warning', info: 'a note', off: 'not said' } as const;

/** How loud each check is that does not always hold up publishing: the organisation's own choice. */
export default function CheckSeverities({ severities }: { severities: Severities }) {
  const { set } = useEditor();
  const { findings } = useFindings();
  const search = useSearch();
  const [isAll, setAll] = useState(false);
  const optional = useMemo(() => findingCatalogue().filter(({ severity }) => severity !== 'error'), []);
  const said = useMemo(() => {
    const counts = new Map<string, number>();
    for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
    return counts;
  }, [findings]);
  const { wanted: asked } = search;
  const rows = optional.filter(({ code, means }) =>
    asked === ''
      ? isAll || said.has(code) || Object.hasOwn(severities, code)
      : `${code} ${means}`.toLowerCase().includes(asked),
  );
  const unknown = Object.keys(severities).filter((code) => !optional.some((one) => one.code === code));
  return (
    <>
      <p className={classes['plain']}>
        Errors always hold publishing up. The others you may make louder, or leave out where they do not matter to you.
      </p>
      <div style={{ marginTop: 10 }}>
        <SearchBar
          label="Search checks"
          placeholder="Welsh, long text message, unused…"
          search={search}
          count={`${rows.length} shown`}
        >
          <Checkbox
            label={`All ${optional.length}`}
            checked={isAll}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
        </SearchBar>
      </div>
      {rows.length === 0 ? (
        <p className={classes['plain']}>
          {asked === '' ? 'The draft gives none of them now, and none is set.' : `No check speaks of “${search.text}”.`}
        </p>
      ) : (
        <DataTable heads={['What is said', 'Now', 'It counts as']}>
          {rows.map(({ code, severity, means }) => (
            <tr key={code}>
              <td>
                {means} <span className={tables['sub']}>{code}</span>
              </td>
              <td className="numeric" data-label="Now">
                {said.get(code) ?? '–'}
              </td>
              <td data-label="It counts as">
                <Select
                  aria-label={`${code} counts as`}
                  w={200}
                  data={[
                    { value: '', label: `${words[severity]} (as usual)` },
                    ...(['error', 'warning', 'info', 'off'] as const)
                      .filter((one) => one !== severity)
                      .map((one) => ({ value: one, label: words[one] })),
                  ]}
                  value={severities[code] === severity ? '' : (severities[code] ?? '')}
                  onChange={(next) => set(['checkSeverity', code], next || undefined)}
                />
              </td>
            </tr>
          ))}
        </DataTable>
      )}
      {unknown.length > 0 ? (
        <p className={classes['warning']}>Set, but no check that can be changed: {unknown.join(', ')}.</p>
      ) : null}
    </>
  );
}
