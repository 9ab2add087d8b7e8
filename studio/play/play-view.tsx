import { Tabs } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { CaseCommandType } from '../../schemas/case-command.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import type { LayoutDocument } from '../../schemas/settings.ts';
import { ApiProblem } from '../api/client.ts';
import type { DirectoryAnswer } from '../api/types.ts';
import { CaseFacts } from '../cases/case-facts.tsx';
import caseClasses from '../cases/case-view.module.css';
import { CommandButtons } from '../cases/command-buttons.tsx';
import { CommandDialog } from '../cases/command-dialog.tsx';
import { commandForms } from '../cases/command-forms.ts';
import { consequenceOf } from '../cases/consequences.tsx';
import { toLive } from '../cases/live-states.ts';
import { handOverChoices } from '../cases/people.ts';
import { slaInWords } from '../cases/sla-words.ts';
import { TaskList } from '../cases/task-list.tsx';
import type { AskedCommand } from '../cases/use-case-command.ts';
import { casePageOf, type PlaySession, storyOf } from '../document/play-engine.ts';
import { zoneOf } from '../document/time-engine.ts';
import { StoryResult } from '../ladder-designer/story-result.tsx';
import { announce } from '../ui/announcer.tsx';
import record from '../ui/record.module.css';
import { SlaBadge, StateBadge } from '../ui/states.tsx';
import { Canvas } from '../workflow-designer/canvas.tsx';
import { layoutByRank } from '../workflow-designer/layout.ts';
import type { Selected } from '../workflow-designer/selection.ts';
import { CaseChart } from './case-chart.tsx';
import classes from './play.module.css';
import { PlayControls } from './play-controls.tsx';
import type { Play } from './use-play.ts';

/** A virtual case as people work it: its tasks, its drawing and timeline with their states, its clocks and every message. */
export function PlayView({
  play,
  session,
  configuration,
  layout,
  actor,
}: {
  play: Play;
  session: PlaySession;
  configuration: Configuration;
  layout: LayoutDocument | undefined;
  actor: string;
}) {
  const { workflow, key } = session.ground.bundle;
  const [tab, setTab] = useState<string | null>('tasks');
  const [selected, setSelected] = useState<Selected>();
  const [asked, setAsked] = useState<AskedCommand>();
  const directory = useMemo((): DirectoryAnswer => {
    const users = Object.entries(session.ground.directory.users);
    return { users: Object.fromEntries(users.map(([id, { name, teams }]) => [id, { name, teams: [...teams] }])) };
  }, [session.ground.directory]);
  const page = useMemo(() => casePageOf(configuration, session, actor), [configuration, session, actor]);
  const story = useMemo(() => storyOf(configuration, session), [configuration, session]);
  const live = useMemo(() => (page ? toLive(page, directory, configuration) : {}), [page, directory, configuration]);
  const shown = useMemo(() => ({ workflow, configuration, live }), [workflow, configuration, live]);
  const drawing = { workflow, layout: layout ?? null };
  if (!page) return null;
  const titleOf = (task: string) => page.tasks.find(({ id }) => id === task)?.title ?? task;
  const send = (command: AskedCommand, values: Record<string, unknown> = {}) => {
    const { type, task } = command;
    const done = play.act(actor, { type, ...(task ? { task } : {}), ...values, ...(consequence?.confirm ?? {}) });
    if (done) setAsked(undefined);
    announce(done ? `Done: ${wordOf(type)} ${task ? titleOf(task) : ''}` : 'Not done: the reason is shown.');
  };
  const onCommand = (command: AskedCommand, needsForm: boolean) => {
    play.forget();
    if (needsForm) setAsked(command);
    else send(command);
  };
  const refused = play.rejection ? toProblem(play.rejection) : undefined;
  const consequence = refused && asked ? consequenceOf(refused, asked.type, titleOf) : undefined;
  const commands = { page, configuration, workflow, busy: false, onCommand };
  const row = page.case;
  const node = workflow.nodes[asked?.task?.replace(/\.\d+$/, '') ?? ''];
  return (
    <>
      <PlayControls play={play} zone={zoneOf(configuration)} actor={actor} />
      <div className={classes['standing']}>
        <StateBadge state={row.status} />
        {row.slaState && !row.closedAt ? <SlaBadge state={row.slaState} /> : null}
        <span>{slaInWords({ ...row, endedAt: row.closedAt }, page.now)}</span>
        <span className={classes['spring']} />
        <CommandButtons {...commands} allowed={page.allowed.case} label="the case" />
      </div>
      {refused && !asked ? (
        <p role="alert" className={record['failure']}>
          {refused.message}
        </p>
      ) : null}
      <div className={record['columns']}>
        <div className={caseClasses['main']}>
          <Tabs value={tab} onChange={setTab} keepMounted={false}>
            <Tabs.List>
              <Tabs.Tab value="tasks">Tasks</Tabs.Tab>
              <Tabs.Tab value="drawing">Drawing</Tabs.Tab>
              <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
              <Tabs.Tab value="story">Messages and history ({story.messages.length})</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="tasks" pt="sm">
              <TaskList {...commands} directory={directory} />
            </Tabs.Panel>
            <Tabs.Panel value="drawing" pt="sm">
              <div className={caseClasses['canvas']}>
                <Canvas
                  drawing={shown}
                  positions={{ ...layoutByRank(workflow), ...layout?.positions }}
                  selected={selected}
                  onSelect={setSelected}
                  label={`Drawing of ${workflow.title} with the state of each task. Arrows walk from task to task.`}
                />
              </div>
            </Tabs.Panel>
            <Tabs.Panel value="timeline" pt="sm">
              <div className={caseClasses['canvas']}>
                <CaseChart
                  key={key}
                  session={session}
                  configuration={configuration}
                  selected={selected}
                  onSelect={setSelected}
                />
              </div>
            </Tabs.Panel>
            <Tabs.Panel value="story" pt="sm">
              <StoryResult story={story} users={directory.users} newestFirst />
            </Tabs.Panel>
          </Tabs>
        </div>
        <CaseFacts page={page} configuration={configuration} drawing={drawing} />
      </div>
      {asked ? (
        <CommandDialog
          key={`${asked.type} ${asked.task ?? ''}`}
          type={asked.type}
          title={asked.task ? titleOf(asked.task) : workflow.title}
          taskId={asked.task}
          page={page}
          consequence={consequence}
          task={node?.type === 'task' ? configuration.task[node.task] : undefined}
          workflow={workflow}
          configuration={configuration}
          people={handOverChoices(directory, configuration)}
          addable={page.allowed.addable ?? []}
          busy={false}
          failure={refused?.message}
          onSend={(values) => send(asked, values)}
          onClose={() => {
            setAsked(undefined);
            play.forget();
          }}
        />
      ) : null}
    </>
  );
}

/** A refusal as the server would answer it. */
function toProblem({ code, reason, allowed, cascade, moves }: NonNullable<Play['rejection']>): ApiProblem {
  const more = { ...(cascade ? { cascade } : {}), ...(moves ? { moves } : {}) };
  return new ApiProblem(409, {
    code,
    detail: reason,
    allowed: cascade || moves ? { commands: allowed, ...more } : allowed,
  });
}

function wordOf(type: CaseCommandType): string {
  return commandForms[type]?.label ?? type;
}
