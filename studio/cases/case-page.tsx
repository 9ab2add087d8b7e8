import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import { emptyConfiguration } from '../../schemas/empty-configuration.ts';
import { caseQuery, directoryQuery, drawingQuery, releaseDocumentsQuery, timelineQuery } from '../api/queries.ts';
import { CasePanels } from './case-panels.tsx';
import { CasePlan } from './case-plan.tsx';
import { CaseView } from './case-view.tsx';
import { CommandDialog } from './command-dialog.tsx';
import { handOverChoices } from './people.ts';
import { useCaseCommand } from './use-case-command.ts';

/** One case: where it stands, what can be done, what happened. */
export function CasePage() {
  const { id } = useParams({ strict: false });
  const caseId = id ?? '';
  const { data: page } = useSuspenseQuery(caseQuery(caseId));
  const { data: drawing } = useSuspenseQuery(drawingQuery(caseId));
  const { data: timeline } = useQuery(timelineQuery(caseId));
  const { data: directory } = useQuery(directoryQuery);
  const { data: documents } = useQuery(releaseDocumentsQuery(page.case.release));
  const titleOf = (task: string) => page.tasks.find(({ id: one }) => one === task)?.title ?? task;
  const command = useCaseCommand(caseId, titleOf);
  const configuration = useMemo(() => ({ ...emptyConfiguration(), ...documents }) as Configuration, [documents]);
  const askedNode = command.asked?.task?.replace(/\.\d+$/, '');
  const node = askedNode ? drawing.workflow.nodes[askedNode] : undefined;
  return (
    <>
      <CaseView
        page={page}
        drawing={drawing}
        configuration={configuration}
        timeline={timeline}
        directory={directory}
        busy={command.busy}
        failure={command.asked ? undefined : command.failure}
        onCommand={command.ask}
        panels={<CasePanels page={page} />}
        plan={<CasePlan caseId={caseId} />}
      />
      {command.asked ? (
        <CommandDialog
          type={command.asked.type}
          title={command.asked.task ? titleOf(command.asked.task) : page.case.reference}
          taskId={command.asked.task}
          page={page}
          consequence={command.consequence}
          task={node?.type === 'task' ? configuration.task[node.task] : undefined}
          workflow={drawing.workflow}
          configuration={configuration}
          people={handOverChoices(directory, configuration)}
          addable={page.allowed.addable ?? []}
          busy={command.busy}
          failure={command.failure}
          onSend={(values) => command.asked && command.send(command.asked, values)}
          onClose={command.close}
        />
      ) : null}
    </>
  );
}
