import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { InterestAnswers } from './interest-answers.tsx';
import { NewInterest } from './new-interest.tsx';
import { resourceHistoryQuery, resourceQuery, serviceTypesQuery } from './queries.ts';
import { ResourceDialog } from './resource-dialog.tsx';
import { ResourceView } from './resource-view.tsx';
import { useResourceCommand } from './use-resource-command.ts';

/** One service resource: readiness, places, interests, matches, offers, allocations, history (P11). */
export function ResourcePage() {
  const { id } = useParams({ strict: false });
  const resource = id ?? '';
  const { data: page } = useSuspenseQuery(resourceQuery(resource));
  const { data: history } = useQuery(resourceHistoryQuery(resource));
  const { data: types } = useQuery(serviceTypesQuery);
  const [isRegistering, setRegistering] = useState(false);
  const [shown, setShown] = useState<{ id: string; name: string }>();
  const command = useResourceCommand(resource);
  const { asked } = command;
  return (
    <>
      <ResourceView
        page={page}
        history={history}
        busy={command.busy}
        failure={asked ? undefined : command.failure}
        onAction={command.ask}
        onRegister={() => setRegistering(true)}
        onAnswers={setShown}
      />
      {asked ? (
        <ResourceDialog
          action={asked}
          page={page}
          busy={command.busy}
          failure={command.failure}
          onSend={(values) => command.send(asked, values)}
          onClose={command.close}
        />
      ) : null}
      {shown ? <InterestAnswers interest={shown.id} name={shown.name} onClose={() => setShown(undefined)} /> : null}
      {isRegistering ? (
        <NewInterest
          resource={page.resource}
          questions={types?.find(({ key }) => key === page.resource.serviceType)?.questions ?? []}
          onClose={() => setRegistering(false)}
        />
      ) : null}
    </>
  );
}
