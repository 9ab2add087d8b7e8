CREATE TABLE streams (id TEXT PRIMARY KEY, kind TEXT NOT NULL, revision INTEGER NOT NULL) STRICT;
CREATE TABLE commands (
  id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, actor TEXT NOT NULL, type TEXT NOT NULL, request_hash TEXT NOT NULL, response TEXT NOT NULL, recorded_at INTEGER NOT NULL
) STRICT;

-- The source of truth. No personal values: references only, the values are in personal_values.
CREATE TABLE case_events (
  position INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL, seq INTEGER NOT NULL, command TEXT NOT NULL, actor TEXT NOT NULL,
  effective_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, type TEXT NOT NULL, payload TEXT NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT NULL,
  UNIQUE (stream, seq)
) STRICT;
CREATE INDEX case_events_by_command ON case_events (command);
-- IGNORE, not ABORT: an aborting trigger would take the neighbours' rows of a group with it; the acknowledgement counts events instead.
CREATE TRIGGER case_events_next_seq BEFORE INSERT ON case_events
WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM case_events WHERE stream = NEW.stream)
BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER case_events_no_update BEFORE UPDATE ON case_events BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER case_events_no_delete BEFORE DELETE ON case_events BEGIN SELECT RAISE(IGNORE); END;

CREATE TABLE personal_values (ref TEXT PRIMARY KEY, person TEXT NOT NULL, sealed TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
CREATE INDEX personal_values_by_person ON personal_values (person);
CREATE TABLE customers (id TEXT PRIMARY KEY, name_ref TEXT NOT NULL, contact_ref TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;

CREATE TABLE cases (
  id TEXT PRIMARY KEY, reference TEXT NOT NULL UNIQUE, workflow TEXT NOT NULL, release INTEGER NOT NULL, customer TEXT, enquiry TEXT, sample INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL, stage TEXT, outcome TEXT, sla_state TEXT, owner TEXT, owner_group TEXT, opened_at INTEGER NOT NULL, amber_at INTEGER, due_at INTEGER, breached_at INTEGER,
  paused INTEGER NOT NULL DEFAULT 0, closed_at INTEGER, wake_at INTEGER, revision INTEGER NOT NULL, last_hash TEXT NOT NULL, answers_ref TEXT, state TEXT NOT NULL
) STRICT;
CREATE INDEX cases_by_wake ON cases (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX cases_by_opening ON cases (opened_at DESC, id);
CREATE INDEX cases_by_customer ON cases (customer);
CREATE TABLE case_tasks (
  case_id TEXT NOT NULL, id TEXT NOT NULL, node TEXT NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL, sla_state TEXT, owner TEXT, owner_group TEXT,
  active_at INTEGER, amber_at INTEGER, due_at INTEGER, breached_at INTEGER, paused INTEGER NOT NULL DEFAULT 0, occurrence INTEGER NOT NULL, mandatory INTEGER NOT NULL,
  is_open INTEGER NOT NULL, urgency INTEGER NOT NULL, machine TEXT NOT NULL, PRIMARY KEY (case_id, id)
) STRICT;
CREATE INDEX case_tasks_by_owner ON case_tasks (owner, is_open, urgency, due_at);
CREATE INDEX case_tasks_by_group ON case_tasks (owner_group, is_open, urgency, due_at);
CREATE INDEX case_tasks_by_urgency ON case_tasks (is_open, urgency, due_at);

CREATE TABLE releases (
  number INTEGER PRIMARY KEY, digest TEXT NOT NULL, note TEXT NOT NULL, author TEXT NOT NULL, published_at INTEGER NOT NULL, changes TEXT NOT NULL
) STRICT;
CREATE TABLE release_documents (release INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (release, kind, key)) STRICT;
CREATE TABLE compiled_bundles (release INTEGER NOT NULL, workflow TEXT NOT NULL, digest TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (release, workflow)) STRICT;
CREATE TABLE drafts (id TEXT PRIMARY KEY, base_release INTEGER) STRICT;
-- A deleted document keeps its row with json NULL, so that its revision goes on counting.
CREATE TABLE draft_documents (
  draft TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, title TEXT NOT NULL, revision INTEGER NOT NULL, json TEXT, PRIMARY KEY (draft, kind, key)
) STRICT;
CREATE TABLE layouts (workflow TEXT PRIMARY KEY, revision INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
-- Calendars have their own timeline: the newest content published at or before an instant decides it (T3).
CREATE TABLE calendars (key TEXT NOT NULL, published_at INTEGER NOT NULL, json TEXT NOT NULL, PRIMARY KEY (key, published_at)) STRICT;

CREATE TABLE enquiries (
  id TEXT PRIMARY KEY, reference TEXT NOT NULL UNIQUE, workflow TEXT NOT NULL, release INTEGER NOT NULL, customer TEXT NOT NULL, answers_ref TEXT NOT NULL,
  received_at INTEGER NOT NULL, channel TEXT NOT NULL, case_id TEXT NOT NULL UNIQUE, pack_id TEXT NOT NULL UNIQUE, created_by TEXT NOT NULL, sample INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE unfinished_enquiries (
  id TEXT PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, workflow TEXT NOT NULL, release INTEGER NOT NULL, person TEXT NOT NULL, revision INTEGER NOT NULL,
  sealed TEXT NOT NULL, started_at INTEGER NOT NULL, changed_at INTEGER NOT NULL, submitted_as TEXT
) STRICT;
CREATE TABLE packs (
  id TEXT PRIMARY KEY, enquiry TEXT NOT NULL, case_id TEXT NOT NULL, secret_hash TEXT NOT NULL UNIQUE, release INTEGER NOT NULL, as_at TEXT NOT NULL,
  statements TEXT NOT NULL, content_ref TEXT NOT NULL, created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE outbox (
  id TEXT PRIMARY KEY, case_id TEXT NOT NULL, task TEXT, recipient TEXT NOT NULL, channel TEXT NOT NULL, template TEXT NOT NULL, language TEXT NOT NULL, urgent INTEGER NOT NULL,
  variables TEXT NOT NULL, idempotency_key TEXT NOT NULL UNIQUE, state TEXT NOT NULL, not_before INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, claimed_by TEXT, claimed_until INTEGER,
  provider_reference TEXT, failure TEXT, created_at INTEGER NOT NULL, sent_at INTEGER
) STRICT;
CREATE INDEX outbox_by_time ON outbox (not_before) WHERE state IN ('pending', 'sending');
CREATE TABLE messages (
  id TEXT PRIMARY KEY, user_id TEXT NOT NULL, case_id TEXT NOT NULL, task TEXT, title TEXT NOT NULL, body TEXT NOT NULL, urgent INTEGER NOT NULL, created_at INTEGER NOT NULL, read_at INTEGER
) STRICT;
CREATE INDEX messages_by_user ON messages (user_id, created_at DESC);
CREATE TABLE incidents (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, case_id TEXT, detail TEXT NOT NULL, created_at INTEGER NOT NULL, closed_at INTEGER
) STRICT;
CREATE TABLE directory_users (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT, teams TEXT NOT NULL, manager TEXT, skills TEXT NOT NULL, active INTEGER NOT NULL, absences TEXT NOT NULL, sample INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE allocation_cursors (team TEXT PRIMARY KEY, last_user TEXT NOT NULL) STRICT;

-- Services resources: their lives are cases whose subject is the resource (P11).
CREATE TABLE resources (id TEXT PRIMARY KEY, service_type TEXT NOT NULL, title TEXT NOT NULL, case_id TEXT, state TEXT NOT NULL, json TEXT NOT NULL) STRICT;
CREATE TABLE interests (id TEXT PRIMARY KEY, resource TEXT, customer TEXT NOT NULL, state TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
CREATE TABLE matches (id TEXT PRIMARY KEY, resource TEXT NOT NULL, interest TEXT NOT NULL, state TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
CREATE TABLE offers (id TEXT PRIMARY KEY, match TEXT NOT NULL, state TEXT NOT NULL, expires_at INTEGER, created_at INTEGER NOT NULL) STRICT;
