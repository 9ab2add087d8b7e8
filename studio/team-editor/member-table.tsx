import { Button } from '@mantine/core';
import { IconUserOff } from '@tabler/icons-react';
import { type Directory, toDateTimeText } from '../document/time-engine.ts';
import { Badge } from '../ui/badge.tsx';
import tables from '../ui/table.module.css';

/** The members of a team: who they are, what they carry, whether they are there. */
export function MemberTable({
  directory,
  team,
  now,
  zone,
  onEdit,
}: {
  directory: Directory;
  team: string;
  now: number;
  zone: string;
  onEdit: (user: string) => void;
}) {
  const members = Object.entries(directory.users)
    .filter(([, user]) => user.teams.includes(team))
    .sort(([, a], [, b]) => a.name.localeCompare(b.name));
  const nameOf = (id: string | undefined) => (id === undefined ? undefined : (directory.users[id]?.name ?? id));
  return (
    <div className={tables['wrap']}>
      <table className={tables['table']}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Skills</th>
            <th scope="col">Carries at most</th>
            <th scope="col">Manager</th>
            <th scope="col">There</th>
            <th scope="col">
              <span className="visually-hidden">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {members.map(([id, user]) => {
            const away = user.absences?.find(({ from, to }) => from <= now && now < to);
            const next = user.absences?.filter(({ from }) => from > now).sort((a, b) => a.from - b.from)[0];
            return (
              <tr key={id}>
                <td>
                  {user.name} <span className={tables['key']}>{id}</span>
                </td>
                <td data-label="Skills">{user.skills?.join(', ') || '–'}</td>
                <td data-label="Carries at most">{user.capacity ?? 'no limit'}</td>
                <td data-label="Manager">{nameOf(user.manager) ?? '–'}</td>
                <td data-label="There">
                  {user.active ? null : <Badge icon={<IconUserOff size={12} />}>does not work here</Badge>}
                  {user.active && away ? (
                    <Badge tone="amber" icon={<IconUserOff size={12} />}>
                      away until {day(away.to, zone)}
                      {away.cover ? `, ${nameOf(away.cover)} covers` : ', nobody covers'}
                    </Badge>
                  ) : null}
                  {user.active && !away ? (next ? `away from ${day(next.from, zone)}` : 'yes') : null}
                </td>
                <td>
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    aria-label={`Change ${user.name}`}
                    onClick={() => onEdit(id)}
                  >
                    Change
                  </Button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function day(at: number, zone: string): string {
  return toDateTimeText(at, zone).split(',')[0] ?? '';
}
