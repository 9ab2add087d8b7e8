CREATE TABLE organisations (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, file TEXT NOT NULL UNIQUE, secret TEXT NOT NULL, next_wake INTEGER, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE identities (
  id TEXT PRIMARY KEY, organisation TEXT NOT NULL REFERENCES organisations (id), user_id TEXT NOT NULL, login TEXT NOT NULL UNIQUE,
  roles TEXT NOT NULL, password_hash TEXT, failed INTEGER NOT NULL DEFAULT 0, locked_until INTEGER, active INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE sessions (
  id_hash TEXT PRIMARY KEY, identity TEXT NOT NULL REFERENCES identities (id), created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE TABLE api_keys (
  hash TEXT PRIMARY KEY, identity TEXT NOT NULL REFERENCES identities (id), name TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER
) STRICT;
CREATE TABLE one_time_tokens (
  hash TEXT PRIMARY KEY, purpose TEXT NOT NULL CHECK (purpose IN ('setup', 'signIn')), identity TEXT, expires_at INTEGER NOT NULL
) STRICT;
CREATE TABLE person_keys (
  person TEXT PRIMARY KEY, organisation TEXT NOT NULL REFERENCES organisations (id), key TEXT NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
