import { ActionIcon, Button, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconChevronDown, IconLogout, IconMenu2, IconMoon, IconSun } from '@tabler/icons-react';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { ApiProblem, request } from '../api/client.ts';
import { workForNobody } from '../api/person.ts';
import { meQuery } from '../api/queries.ts';
import { closeOpened, saveOpened } from '../document/opened-draft.ts';
import { forgetDraft } from '../offline/keeping.ts';
import { Loading } from '../ui/notice.tsx';
import { NOTICES_ID } from '../ui/notices-place.ts';
import { Brand } from './brand.tsx';
import { Navigation } from './navigation.tsx';
import { OfflineNotice } from './offline-notice.tsx';
import { OvertakenNotice } from './overtaken-notice.tsx';
import classes from './shell.module.css';

const NarrowNavigation = lazy(async () => ({ default: (await import('./narrow-navigation.tsx')).NarrowNavigation }));

/** The frame of every page: bar, navigation by maintenance area, content. */
export function Shell() {
  const [isOpen, setOpen] = useState<boolean>();
  return (
    <div className={classes['shell']}>
      <a className={classes['skip']} href="#content">
        Skip to content
      </a>
      <Bar onMenu={() => setOpen(true)} />
      <nav className={classes['nav']} aria-label="Maintenance areas">
        <Navigation />
      </nav>
      {isOpen === undefined ? null : (
        <Suspense>
          <NarrowNavigation opened={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      )}
      <div className={classes['workspace']}>
        <OvertakenNotice />
        <OfflineNotice />
        <div id={NOTICES_ID} />
        <main id="content" className={classes['content']} tabIndex={-1}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
    </div>
  );
}

function Bar({ onMenu }: { onMenu: () => void }) {
  const { data: me } = useSuspenseQuery(meQuery);
  return (
    <header className={classes['bar']}>
      <ActionIcon
        className={classes['menu'] ?? ''}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label="Open navigation"
        onClick={onMenu}
      >
        <IconMenu2 size={18} />
      </ActionIcon>
      <Link to="/" className={classes['home'] ?? ''} aria-label="Lintel, start page">
        <Brand />
      </Link>
      <span className={classes['organisation']}>{me.organisation.name}</span>
      <span className={classes['spring']} />
      <SchemeButton />
      <UserMenu name={me.user.name} roles={me.roles} />
    </header>
  );
}

function UserMenu({ name, roles }: { name: string; roles: readonly string[] }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const leaving = useMutation({
    mutationFn: async () => {
      await saveOpened();
      await endSession();
      await closeOpened();
      workForNobody();
      await forgetDraft();
      queryClient.clear();
      await navigate({ to: '/sign-in' });
    },
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" color="gray" size="xs" rightSection={<IconChevronDown size={14} />}>
          <span className={classes['user']}>{name}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{roles.join(', ')}</Menu.Label>
        <Menu.Item
          leftSection={<IconLogout size={15} />}
          closeMenuOnClick={false}
          disabled={leaving.isPending}
          onClick={() => leaving.mutate()}
        >
          Sign out
        </Menu.Item>
        {leaving.error ? (
          <Menu.Label role="alert" maw={260}>
            You are still signed in. {leaving.error.message}
          </Menu.Label>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Throws where the server did not hear of it: whoever comes next would go on as this person. */
async function endSession(): Promise<void> {
  try {
    await request('/v1/session', { method: 'DELETE' });
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 401)) throw error;
  }
}

function SchemeButton() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'light' ? 'dark' : 'light';
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={`Use the ${other} scheme`}
      onClick={() => setColorScheme(other)}
    >
      {scheme === 'light' ? <IconMoon size={17} /> : <IconSun size={17} />}
    </ActionIcon>
  );
}
