import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseCommandType } from '../../schemas/case-command.ts';
import { ApiProblem, newIdempotencyKey, request } from '../api/client.ts';
import { announce } from '../ui/announcer.tsx';
import { commandForms } from './command-forms.ts';

export interface AskedCommand {
  type: CaseCommandType;
  task?: string;
}

/** Sends commands of one case; a refusal is shown with its reason. */
export function useCaseCommand(caseId: string) {
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<AskedCommand>();
  const [cascade, setCascade] = useState<string[]>();
  const mutation = useMutation({
    mutationFn: (command: Record<string, unknown>) =>
      request(`/v1/cases/${encodeURIComponent(caseId)}/commands`, {
        method: 'POST',
        body: { command },
        headers: { 'Idempotency-Key': newIdempotencyKey() },
      }),
    onSuccess: async (_, command) => {
      announce(`Done: ${commandForms[command['type'] as CaseCommandType]?.label ?? String(command['type'])}`);
      setAsked(undefined);
      setCascade(undefined);
      await Promise.all(
        [['case', caseId], ['cases'], ['worklist'], ['messages']].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      );
    },
    onError: (error) => {
      announce(`Not done: ${error.message}`);
      const dependants = error instanceof ApiProblem ? error.body['cascade'] : undefined;
      if (Array.isArray(dependants)) setCascade(dependants.map(String));
    },
  });
  const send = (command: AskedCommand, values: Record<string, unknown> = {}) => {
    const confirmed = command.type === 'cancelTask' && cascade ? { confirmed: cascade } : {};
    mutation.mutate({ type: command.type, ...(command.task ? { task: command.task } : {}), ...values, ...confirmed });
  };
  return {
    asked,
    busy: mutation.isPending,
    failure:
      mutation.error?.message && cascade
        ? `${mutation.error.message} Send again to cancel ${cascade.join(', ')} too.`
        : mutation.error?.message,
    /** Sends at once what needs nothing, else asks for it. */
    ask: (command: AskedCommand, needsForm: boolean) => {
      mutation.reset();
      setCascade(undefined);
      if (needsForm) setAsked(command);
      else send(command);
    },
    send,
    close: () => setAsked(undefined),
  };
}
