import { type Database, intOf, intOrNull, jsonOf, type Row, textOf, textOrNull } from '../db/database.ts';
import { FIRST_ORGANISATION } from '../organisations/organisation-rows.ts';
import { Problem } from '../problem.ts';
import { createCallerMemory } from './caller-memory.ts';
import { hashPassword, hashSecret, isPassword, newSecret } from './secrets.ts';

export const SESSION_SECONDS = 12 * 3600;
export const IDLE_SECONDS = 30 * 60;
const FAILURES_ALLOWED = 5;
const LOCKED_SECONDS = 15 * 60;
/** Idle time counts to the minute: writing every request's second would double the writes. */
const SEEN_STEP_SECONDS = 60;

export type Role =
  | 'reader'
  | 'officer'
  | 'teamLeader'
  | 'designer'
  | 'publisher'
  | 'administrator'
  | 'auditor'
  | 'integration';

/** Who asks: the login with its organisation and its user in the directory. */
export interface Caller {
  identity: string;
  organisation: string;
  user: string;
  login: string;
  roles: readonly Role[];
  via: 'session' | 'key';
}

export interface IdentityStore {
  addIdentity(
    identity: {
      id: string;
      organisation: string;
      user: string;
      login: string;
      roles: readonly Role[];
      password?: string;
    },
    now: number,
  ): Promise<void>;
  /** Signs in by name and password; answers the session's secret. Throws 401, also while locked. */
  signIn(login: string, password: string, now: number): Promise<string>;
  /** Uses a one-time sign-in token; answers the session's secret. Throws 401. */
  redeemSignInToken(token: string, now: number): Promise<string>;
  /** A one-time token; `signIn` belongs to an identity. Answers the token. */
  issueToken(
    purpose: 'setup' | 'signIn',
    identity: string | null,
    lifeSeconds: number,
    now: number,
    organisation?: string,
  ): Promise<string>;
  /** Creates the first administrator of the token's organisation; token and identity change hands in one transaction. Throws 401. */
  setUp(token: string, name: string, password: string, now: number): Promise<string>;
  hasPassword(organisation: string): Promise<boolean>;
  /** At once where it was asked for in the same second. */
  findSession(secret: string, now: number): Caller | Promise<Caller | undefined>;
  endSession(secret: string): Promise<void>;
  addKey(identity: string, name: string, expiresAt: number | null, now: number): Promise<string>;
  findKey(secret: string, now: number): Caller | Promise<Caller | undefined>;
}

export function createIdentityStore(control: Database): IdentityStore {
  const remembered = createCallerMemory(control);
  const startSession = async (identity: string, now: number): Promise<string> => {
    const secret = newSecret();
    await control.batch([
      { sql: 'DELETE FROM sessions WHERE expires_at <= ?', args: [BigInt(now)] },
      {
        sql: 'INSERT INTO sessions (id_hash, identity, created_at, seen_at, expires_at) VALUES (?, ?, ?, ?, ?)',
        args: [hashSecret(secret), identity, BigInt(now), BigInt(now), BigInt(now + SESSION_SECONDS)],
      },
    ]);
    return secret;
  };

  const issueToken: IdentityStore['issueToken'] = async (purpose, identity, lifeSeconds, now, organisation) => {
    const token = newSecret();
    await control.batch([
      { sql: 'DELETE FROM one_time_tokens WHERE expires_at <= ?', args: [BigInt(now)] },
      {
        sql: 'INSERT INTO one_time_tokens (hash, purpose, identity, expires_at, organisation) VALUES (?, ?, ?, ?, ?)',
        args: [hashSecret(token), purpose, identity, BigInt(now + lifeSeconds), organisation ?? null],
      },
    ]);
    return token;
  };

  const readSession = async (hash: string, now: number): Promise<Caller | undefined> => {
    const [row] = await control.query(
      `SELECT i.*, s.seen_at FROM sessions s JOIN identities i ON i.id = s.identity
       WHERE s.id_hash = ? AND s.expires_at > ? AND s.seen_at > ? AND i.active = 1`,
      [hash, now, now - IDLE_SECONDS],
    );
    if (!row) return undefined;
    if (now - intOf(row, 'seen_at') >= SEEN_STEP_SECONDS) {
      await control.batch([{ sql: 'UPDATE sessions SET seen_at = ? WHERE id_hash = ?', args: [BigInt(now), hash] }]);
    }
    return remembered.keep(hash, now, toCaller(row, 'session'));
  };

  const readKey = async (hash: string, now: number): Promise<Caller | undefined> => {
    const [row] = await control.query(
      'SELECT i.* FROM api_keys k JOIN identities i ON i.id = k.identity WHERE k.hash = ? AND (k.expires_at IS NULL OR k.expires_at > ?) AND i.active = 1',
      [hash, now],
    );
    return row ? remembered.keep(hash, now, toCaller(row, 'key')) : undefined;
  };

  return {
    issueToken,
    async addIdentity({ id, organisation, user, login, roles, password }, now) {
      const hash = password === undefined ? null : await hashPassword(password);
      await control.batch([insertIdentity(id, organisation, user, login, roles, hash, now)]);
    },
    async signIn(login, password, now) {
      const [row] = await control.query('SELECT * FROM identities WHERE login = ?', [login]);
      const locked = row !== undefined && (intOrNull(row, 'locked_until') ?? 0) > now;
      const right = await isPassword(password, row ? textOrNull(row, 'password_hash') : null);
      if (row && right && !locked && intOf(row, 'active') === 1) {
        await control.batch([
          { sql: 'UPDATE identities SET failed = 0, locked_until = NULL WHERE login = ?', args: [login] },
        ]);
        return startSession(textOf(row, 'id'), now);
      }
      if (row && !locked) {
        await control.batch([
          {
            sql: `UPDATE identities SET locked_until = CASE WHEN failed + 1 >= ${FAILURES_ALLOWED} THEN ? END, failed = CASE WHEN failed + 1 >= ${FAILURES_ALLOWED} THEN 0 ELSE failed + 1 END WHERE login = ?`,
            args: [BigInt(now + LOCKED_SECONDS), login],
          },
        ]);
      }
      throw new Problem(
        401,
        'SIGN_IN_FAILED',
        'Name and password do not match, or the account is locked for a quarter of an hour.',
      );
    },
    async redeemSignInToken(token, now) {
      const [result] = await control.batch([
        {
          sql: "DELETE FROM one_time_tokens WHERE hash = ? AND purpose = 'signIn' AND expires_at > ? RETURNING identity",
          args: [hashSecret(token), BigInt(now)],
        },
      ]);
      const row = result?.rows[0] as unknown as Row | undefined;
      if (!row)
        throw new Problem(
          401,
          'TOKEN_USED',
          'This sign-in link was used before or is too old. Lintel shows a new one each time it starts.',
        );
      return startSession(textOf(row, 'identity'), now);
    },
    async setUp(token, name, password, now) {
      const hash = await hashPassword(password);
      const identity = `i-${newSecret().slice(0, 16)}`;
      const args = [
        identity,
        FIRST_ORGANISATION,
        identity,
        name,
        JSON.stringify(['administrator']),
        hash,
        BigInt(now),
        hashSecret(token),
        BigInt(now),
      ];
      const results = await control
        .batch([
          {
            sql: `INSERT INTO identities (id, organisation, user_id, login, roles, password_hash, created_at) SELECT ?, COALESCE(organisation, ?), ?, ?, ?, ?, ?
              FROM one_time_tokens WHERE hash = ? AND purpose = 'setup' AND expires_at > ? RETURNING id`,
            args,
          },
          { sql: "DELETE FROM one_time_tokens WHERE hash = ? AND purpose = 'setup'", args: [hashSecret(token)] },
        ])
        .catch((cause: unknown) => {
          throw new Problem(409, 'NAME_TAKEN', `There is an account named ${name} already: choose another name.`, {
            cause,
          });
        });
      if (!results[0]?.rows.length)
        throw new Problem(
          401,
          'TOKEN_USED',
          'This set-up link was used before or is too old. Ask whoever runs Lintel for a new one.',
        );
      return startSession(identity, now);
    },
    async hasPassword(organisation) {
      const rows = await control.query(
        'SELECT 1 FROM identities WHERE organisation = ? AND password_hash IS NOT NULL LIMIT 1',
        [organisation],
      );
      return rows.length > 0;
    },
    findSession(secret, now) {
      const hash = hashSecret(secret);
      return remembered.find(hash, now) ?? readSession(hash, now);
    },
    async endSession(secret) {
      await control.batch([{ sql: 'DELETE FROM sessions WHERE id_hash = ?', args: [hashSecret(secret)] }]);
    },
    async addKey(identity, name, expiresAt, now) {
      const secret = `lintel_${newSecret()}`;
      await control.batch([
        {
          sql: 'INSERT INTO api_keys (hash, identity, name, created_at, expires_at) VALUES (?, ?, ?, ?, ?)',
          args: [hashSecret(secret), identity, name, BigInt(now), expiresAt === null ? null : BigInt(expiresAt)],
        },
      ]);
      return secret;
    },
    findKey(secret, now) {
      const hash = hashSecret(secret);
      return remembered.find(hash, now) ?? readKey(hash, now);
    },
  };
}

function insertIdentity(
  id: string,
  organisation: string,
  user: string,
  login: string,
  roles: readonly Role[],
  hash: string | null,
  now: number,
) {
  return {
    sql: 'INSERT INTO identities (id, organisation, user_id, login, roles, password_hash, created_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    args: [id, organisation, user, login, JSON.stringify(roles), hash, BigInt(now)],
  };
}

function toCaller(row: Row, via: Caller['via']): Caller {
  return {
    identity: textOf(row, 'id'),
    organisation: textOf(row, 'organisation'),
    user: textOf(row, 'user_id'),
    login: textOf(row, 'login'),
    roles: jsonOf<Role[]>(row, 'roles'),
    via,
  };
}
