import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { request } from '../api/client.ts';
import { workForNobody } from '../api/person.ts';
import { closeOpened } from '../document/opened-draft.ts';
import { forgetDraft } from '../offline/keeping.ts';
import { Brand } from './brand.tsx';
import classes from './sign-in-page.module.css';

/** Where people come in: by a one-time link (#signin=TOKEN), as first administrator (#setup=TOKEN), or by name and password. */
export function SignInPage() {
  const [link] = useState(() => new URLSearchParams(window.location.hash.slice(1)));
  const [signInToken, setupToken] = [link.get('signin'), link.get('setup')];
  const entrance = useEntrance(signInToken !== null);
  const waiting = useRef(signInToken);
  useEffect(() => {
    if (waiting.current === null) return;
    const body = { token: waiting.current };
    // A token works once: under React's double effects too.
    waiting.current = null;
    void entrance.enter('/v1/session', body);
  }, [entrance.enter]);
  return setupToken === null ? (
    <SignInForm {...entrance} />
  ) : (
    <SetUpForm {...entrance} enter={(path, fields) => entrance.enter(path, { token: setupToken, ...fields })} />
  );
}

interface Entrance {
  busy: boolean;
  failure: string | undefined;
  enter: (path: string, fields: Record<string, string>) => Promise<void>;
}

export function SignInForm({ enter, ...entrance }: Entrance) {
  return (
    <EntranceForm
      {...entrance}
      title="Sign in"
      button="Sign in"
      onSubmit={({ name = '', password = '' }) => void enter('/v1/session', { name, password })}
    >
      <TextInput label="Name" name="name" autoComplete="username" required />
      <PasswordInput label="Password" name="password" autoComplete="current-password" required />
    </EntranceForm>
  );
}

const PASSWORD_LENGTH = 12;

/** The first administrator of a new server chooses a name and a password. */
export function SetUpForm({ enter, failure, busy }: Entrance) {
  const [mistake, setMistake] = useState<string>();
  return (
    <EntranceForm
      title="Set up Lintel"
      lead="You are the first here. Choose the name and the password you will sign in with; you become the administrator."
      button="Create and sign in"
      busy={busy}
      failure={failure}
      onSubmit={({ name = '', password = '', again = '' }) => {
        const found = mistakeIn(password, again);
        setMistake(found);
        if (!found) void enter('/v1/setup', { name: name.trim(), password });
      }}
    >
      <TextInput label="Name" name="name" autoComplete="username" required maxLength={100} />
      <PasswordInput
        label="Password"
        description={`At least ${PASSWORD_LENGTH} characters; a few words are easy to remember.`}
        name="password"
        autoComplete="new-password"
        required
        maxLength={200}
        error={mistake}
      />
      <PasswordInput label="Password again" name="again" autoComplete="new-password" required maxLength={200} />
    </EntranceForm>
  );
}

function mistakeIn(password: string, again: string): string | undefined {
  if (password.length < PASSWORD_LENGTH) return `Choose at least ${PASSWORD_LENGTH} characters.`;
  return password === again ? undefined : 'The two passwords differ. Type the same one twice.';
}

function EntranceForm({
  title,
  lead,
  button,
  busy,
  failure,
  onSubmit,
  children,
}: {
  title: string;
  lead?: string;
  button: string;
  busy: boolean;
  failure: string | undefined;
  onSubmit: (fields: Record<string, string>) => void;
  children: ReactNode;
}) {
  return (
    <main className={classes['page']}>
      <form
        className={classes['card']}
        onSubmit={(event) => {
          event.preventDefault();
          const fields = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]);
          onSubmit(Object.fromEntries(fields));
        }}
      >
        <Brand />
        <h1 className={classes['title']}>{title}</h1>
        {lead ? <p className={classes['lead']}>{lead}</p> : null}
        <Stack gap="sm">
          {children}
          {failure ? (
            <p role="alert" className={classes['failure']}>
              {failure}
            </p>
          ) : null}
          <Button type="submit" size="sm" loading={busy}>
            {button}
          </Button>
        </Stack>
      </form>
    </main>
  );
}

/** Asks the server for a session and, when it gives one, goes where the person wanted to be. */
function useEntrance(isBusyFirst: boolean): Entrance {
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(isBusyFirst);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { from } = useSearch({ from: '/sign-in' });
  const enter = useRef(async (path: string, fields: Record<string, string>) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await forgetDraft();
      await request(path, { method: 'POST', body: fields });
      await closeOpened();
      workForNobody();
      queryClient.clear();
      const inside = from && !from.includes('sign-in') ? from.replace(/#.*$/, '') : '/';
      await navigate({ to: inside === '' ? '/' : inside, replace: true, hash: '' });
    } catch (error) {
      setFailure((error as Error).message);
    } finally {
      setBusy(false);
    }
  });
  return { busy, failure, enter: enter.current };
}
