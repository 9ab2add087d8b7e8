import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { request } from '../api/client.ts';
import { Brand } from './brand.tsx';
import classes from './sign-in-page.module.css';

/** Signs in by the one-time token of a link (#signin=TOKEN), or by name and password. */
export function SignInPage() {
  const token = useRef(new URLSearchParams(window.location.hash.slice(1)).get('signin'));
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(token.current !== null);
  const signIn = useSignIn(setFailure, setBusy);
  useEffect(() => {
    if (token.current === null) return;
    const body = { token: token.current };
    // A token works once: under React's double effects too.
    token.current = null;
    void signIn(body);
  }, [signIn]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    void signIn({ name: String(fields.get('name')), password: String(fields.get('password')) });
  };
  return (
    <main className={classes['page']}>
      <form className={classes['card']} onSubmit={submit}>
        <Brand />
        <h1 className={classes['title']}>Sign in</h1>
        <Stack gap="sm">
          <TextInput label="Name" name="name" autoComplete="username" required />
          <PasswordInput label="Password" name="password" autoComplete="current-password" required />
          {failure ? (
            <p role="alert" className={classes['failure']}>
              {failure}
            </p>
          ) : null}
          <Button type="submit" size="sm" loading={busy}>
            Sign in
          </Button>
        </Stack>
      </form>
    </main>
  );
}

function useSignIn(setFailure: (text: string | undefined) => void, setBusy: (busy: boolean) => void) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { from } = useSearch({ from: '/sign-in' });
  const signIn = useRef(async (body: object) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await request('/v1/session', { method: 'POST', body });
      queryClient.clear();
      const inside = from && !from.includes('sign-in') ? from.replace(/#.*$/, '') : '/';
      await navigate({ to: inside === '' ? '/' : inside, replace: true, hash: '' });
    } catch (error) {
      setFailure((error as Error).message);
    } finally {
      setBusy(false);
    }
  });
  return signIn.current;
}
