import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseCommandType } from '../../schemas/case-command.ts';
import { ApiProblem, newIdempotencyKey, request } from '../api/client.ts';
import { announce } from '../ui/announcer.tsx';
import { commandForms } from './command-forms.ts';
import { type Consequence, consequenceOf } from './consequences.tsx';

export interface AskedCommand {
  type: CaseCommandType;
  task?: string;
}

/** Sends commands of one case; a refusal is shown with its reason. */
export function useCaseCommand(caseId: string, titleOf: (task: string) => string) {
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<AskedCommand>();
  const [consequence, setConsequence] = useState<Consequence>();
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
      setConsequence(undefined);
      await Promise.all(
        [['case', caseId], ['cases'], ['worklist'], ['messages']].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      );
    },
    onError: (error, command) => {
      announce(`Not done: ${error.message}`);
      const type = command['type'] as CaseCommandType;
      setConsequence(error instanceof ApiProblem ? consequenceOf(error, type, titleOf) : undefined);
    },
  });
  const send = (command: AskedCommand, values: Record<string, unknown> = {}) => {
    const { confirm = {} } = consequence ?? {};
    mutation.mutate({ type: command.type, ...(command.task ? { task: command.task } : {}), ...values, ...confirm });
  };
  return {
    asked,
    busy: mutation.isPending,
    failure: mutation.error?.message,
    /** What the person has to agree to before it is sent again. */
    consequence,
    /** Sends at once what needs nothing, else asks for it. */
    ask: (command: AskedCommand, needsForm: boolean) => {
      mutation.reset();
      setConsequence(undefined);
      if (needsForm) setAsked(command);
      else send(command);
    },
    send,
    close: () => setAsked(undefined),
  };
}
