import { Button, Menu } from '@mantine/core';
import { IconClockPlay } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../api/client.ts';
import { meQuery } from '../api/queries.ts';
import { announce } from '../ui/announcer.tsx';
import { momentInFull } from '../words/date-words.ts';

const steps = [
  { label: '1 hour', seconds: 3600 },
  { label: '1 day', seconds: 86_400 },
  { label: '1 week', seconds: 604_800 },
];

/** Moves time on where the server lives on a preview clock; nothing elsewhere. */
export function PreviewClock() {
  const { data: me } = useQuery(meQuery);
  const queryClient = useQueryClient();
  const advance = useMutation({
    mutationFn: async (advanceSeconds: number) =>
      (await request<{ now: number }>('/v1/admin/clock', { method: 'POST', body: { advanceSeconds } })).body,
    onSuccess: async ({ now }) => {
      await queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'draft' });
      announce(`It is now ${momentInFull(now)}`);
    },
  });
  if (!me?.previewClock) return null;
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" loading={advance.isPending} leftSection={<IconClockPlay size={14} />}>
          Let time pass
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {steps.map(({ label, seconds }) => (
          <Menu.Item key={label} onClick={() => advance.mutate(seconds)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
