import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newIdempotencyKey, request } from '../api/client.ts';
import { announce } from '../ui/announcer.tsx';
import { type ResourceAction, resourceForms } from './resource-forms.ts';

/** A command that a person wants to give; `with` names what it is about. */
export interface AskedAction {
  type: ResourceAction;
  with: Record<string, string | boolean>;
  /** Whom or what the dialog names. */
  about: string;
}

/** Sends commands of one resource; a refusal is shown with its reason. */
export function useResourceCommand(id: string) {
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<AskedAction>();
  const mutation = useMutation({
    mutationFn: ({ action, values }: { action: AskedAction; values: Record<string, unknown> }) => {
      const { type, with: ids } = action;
      const isWithdrawal = type === 'withdrawInterest';
      const path = isWithdrawal
        ? `/v1/interests/${encodeURIComponent(String(ids['interest']))}/withdrawal`
        : `/v1/resources/${encodeURIComponent(id)}/commands`;
      const body = isWithdrawal ? values : { command: { type, ...ids, ...values } };
      return request(path, { method: 'POST', body, headers: { 'Idempotency-Key': newIdempotencyKey() } });
    },
    onSuccess: async (_, { action }) => {
      announce(`Done: ${resourceForms[action.type].label}`);
      setAsked(undefined);
      await Promise.all(
        [['resource', id], ['resources']].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
      );
    },
    onError: (error) => announce(`Not done: ${error.message}`),
  });
  return {
    asked,
    busy: mutation.isPending,
    failure: mutation.error?.message,
    /** Sends at once what needs nothing, else asks for it. */
    ask: (action: AskedAction) => {
      mutation.reset();
      if (resourceForms[action.type].fields.length > 0) setAsked(action);
      else mutation.mutate({ action, values: {} });
    },
    send: (action: AskedAction, values: Record<string, unknown>) => mutation.mutate({ action, values }),
    close: () => {
      mutation.reset();
      setAsked(undefined);
    },
  };
}
