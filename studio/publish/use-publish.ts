import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { newIdempotencyKey, request } from '../api/client.ts';
import { useOpenDraft } from '../document/draft-context.tsx';
import { announce } from '../ui/announcer.tsx';
import type { Resolve } from './queries.ts';
import type { Wish } from './use-kept.ts';

interface Sent {
  wish: Wish;
  digest: string;
  resolve: Resolve | undefined;
  selected: readonly string[];
}

/** A release of its own, or a proposal that waits for a second person. */
export interface PublishedAs {
  number?: number;
  proposal?: string;
  /** The move of open cases that was begun with it. */
  move?: string;
  /** Why the move was not begun. */
  unmoved?: string;
}

/** Publishes what was reviewed; sending the same wish again is the same release. */
export function usePublish() {
  const { autosave } = useOpenDraft();
  const queryClient = useQueryClient();
  const keys = useRef(new Map<string, string>());
  const keyFor = (body: unknown) => {
    const text = JSON.stringify(body);
    const key = keys.current.get(text) ?? newIdempotencyKey();
    keys.current.set(text, key);
    return key;
  };
  return useMutation({
    mutationFn: async ({ wish, digest, resolve, selected }: Sent): Promise<PublishedAs> => {
      await autosave.flush();
      const body = {
        note: wish.note.trim(),
        acceptWarnings: wish.accepted,
        digest,
        ...(resolve ? { resolve } : {}),
        ...(wish.startsAt === '' ? {} : { startsAt: Math.floor(Date.parse(wish.startsAt) / 1000) }),
      };
      const options = { method: 'POST', body, headers: { 'Idempotency-Key': keyFor(body) } } as const;
      const { body: published } = await request<{ number?: number; proposal?: string }>('/v1/releases', options);
      if (published.number === undefined || wish.cases === 'leave') return published;
      return { ...published, ...(await startMove(published.number, wish, selected)) };
    },
    onSuccess: async ({ number }) => {
      announce(number === undefined ? 'Put forward for a second person' : `Published release ${number}`);
      await Promise.all(
        ['releases', 'proposals', 'moves', 'effect'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
      );
    },
  });
}

/** The release stands whatever becomes of the move. */
async function startMove(
  to: number,
  { cases, note }: Wish,
  selected: readonly string[],
): Promise<Pick<PublishedAs, 'move' | 'unmoved'>> {
  try {
    const body = { to, note: note.trim(), ...(cases === 'selected' ? { cases: selected } : {}) };
    const { id } = (await request<{ id: string }>('/v1/moves', { method: 'POST', body })).body;
    return { move: id };
  } catch (error) {
    return { unmoved: (error as Error).message };
  }
}
