import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Badge } from '../ui/badge.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/notice.tsx';
import { Panel } from '../ui/page.tsx';
import classes from './publish.module.css';
import type { Covered, TestRun } from './queries.ts';

const measures: readonly { of: keyof TestRun['coverage']; title: string }[] = [
  { of: 'nodes', title: 'Tasks and steps' },
  { of: 'links', title: 'Links' },
  { of: 'branches', title: 'Branches of decisions' },
  { of: 'rules', title: 'Advice rules' },
  { of: 'statements', title: 'Statements' },
  { of: 'options', title: 'Answer options' },
  { of: 'rungs', title: 'Ladder rungs' },
];

/** Every saved test with its outcome, and what the tests touch. */
export function TestStep({ run }: { run: TestRun }) {
  const failedFirst = [...run.results].sort((a, b) => Number(a.passed) - Number(b.passed));
  return (
    <>
      <Panel
        title={run.failed === 0 ? `All ${run.passed} tests pass` : `${run.failed} of ${run.results.length} tests fail`}
      >
        {run.results.length === 0 ? (
          <EmptyState title="No saved tests yet">Save an answered preview or a played case as a test.</EmptyState>
        ) : (
          <details open={run.failed > 0}>
            <summary>Every test</summary>
            <ul className={classes['tests']}>
              {failedFirst.map((test) => (
                <li key={test.key}>
                  <Badge
                    tone={test.passed ? 'good' : 'bad'}
                    icon={test.passed ? <IconCircleCheck size={13} /> : <IconCircleX size={13} />}
                  >
                    {test.passed ? 'Passes' : 'Fails'}
                  </Badge>
                  <span>
                    <Link to="/edit/$kind/$key" params={{ kind: 'test', key: test.key }}>
                      {test.title}
                    </Link>
                    {test.failures.map((failure) => (
                      <span key={failure} className={classes['failure']}>
                        {failure}
                      </span>
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </Panel>
      <Panel title="What the tests touch" flush>
        <DataTable heads={['Of', 'Touched', 'Left out']}>
          {measures.map(({ of, title }) => (
            <Measure key={of} title={title} covered={run.coverage[of]} />
          ))}
        </DataTable>
      </Panel>
    </>
  );
}

const MOST_NAMED = 200;

function Measure({ title, covered: { covered, total, missing } }: { title: string; covered: Covered }) {
  return (
    <tr>
      <th scope="row">{title}</th>
      <td className="numeric" data-label="Touched">
        {covered} of {total}
        <span className={classes['meter']} aria-hidden="true">
          <span style={{ inlineSize: `${total === 0 ? 100 : (covered / total) * 100}%` }} />
        </span>
      </td>
      <td data-label="Left out">
        {missing.length === 0 ? (
          'Nothing'
        ) : (
          <details>
            <summary>{missing.length} left out</summary>
            <p className={classes['missing']}>
              {missing.slice(0, MOST_NAMED).join(', ')}
              {missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : ''}
            </p>
          </details>
        )}
      </td>
    </tr>
  );
}
