import type { DirectoryAnswer, TaskRow } from '../api/types.ts';
import { Badge } from '../ui/badge.tsx';
import { SlaBadge, StateBadge } from '../ui/states.tsx';
import { momentInWords } from '../words/date-words.ts';
import classes from './case-view.module.css';
import { CommandButtons, type CommandContext } from './command-buttons.tsx';
import { ownerName } from './people.ts';
import { slaInWords } from './sla-words.ts';
import { WhyDate } from './why-date.tsx';

const groups = [
  { title: 'To do', states: ['ready', 'inProgress', 'onHold'] },
  { title: 'Waiting', states: ['pending'] },
  { title: 'Can be added', states: ['notAdded'] },
  { title: 'Finished', states: ['complete', 'bypassed', 'notApplicable', 'cancelled'] },
];

/** Tasks by state, the urgent ones first, each with what may be done now. */
export function TaskList({ directory, ...context }: CommandContext & { directory?: DirectoryAnswer | undefined }) {
  const { page, configuration } = context;
  const urgency = { exceeded: 0, amber: 1, onTrack: 2 };
  return groups.map(({ title, states }) => {
    const tasks = page.tasks
      .filter((task) => states.includes(task.state))
      .sort(
        (a, b) =>
          (title === 'To do' ? urgency[a.slaState] - urgency[b.slaState] : 0) ||
          a.id.localeCompare(b.id, 'en', { numeric: true }),
      );
    if (tasks.length === 0) return null;
    return (
      <section key={title} aria-label={title}>
        <h2 className={classes['group']}>
          {title} ({tasks.length})
        </h2>
        <ul className={classes['tasks']}>
          {tasks.map((task) => (
            <li key={task.id} id={task.id} className={classes['task']}>
              <div>
                <h3 className={classes['taskTitle']}>{task.title}</h3>
                <p className={classes['meta']}>
                  <span className="numeric">{task.id}</span>
                  <StateBadge state={task.state} />
                  {title === 'To do' ? <SlaBadge state={task.slaState} /> : null}
                  <span>{timing(task, page.now)}</span>
                  {task.owner || task.group ? <span>{ownerName(task, directory, configuration)}</span> : null}
                  {task.mandatory ? <Badge>mandatory</Badge> : null}
                </p>
                <WhyDate page={page} item={`task:${task.id}`} of={`${task.id} ${task.title}`} />
              </div>
              <div className={classes['buttons']}>
                <CommandButtons
                  {...context}
                  allowed={page.allowed.tasks[task.id] ?? []}
                  task={task.id}
                  label={task.title}
                />
              </div>
            </li>
          ))}
        </ul>
      </section>
    );
  });
}

function timing(task: TaskRow, now: CommandContext['page']['now']): string {
  if (task.state === 'pending')
    return task.releaseAt ? `begins ${momentInWords(task.releaseAt)}` : 'waits for its predecessors';
  if (task.state === 'notAdded') return 'added by hand when it is needed';
  if (task.endedAt) return `${momentInWords(task.endedAt)}${task.breachedAt ? ', after its target' : ''}`;
  return slaInWords(task, now);
}
