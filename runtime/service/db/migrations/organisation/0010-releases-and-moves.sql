-- How a release came about and when it begins (R4).
ALTER TABLE releases ADD COLUMN approver TEXT;
ALTER TABLE releases ADD COLUMN starts_at INTEGER;
ALTER TABLE releases ADD COLUMN origin TEXT NOT NULL DEFAULT 'draft';

-- Drafts put forward for a second person (R4); `digest` names exactly what was looked at.
CREATE TABLE proposals (
  id TEXT PRIMARY KEY, state TEXT NOT NULL, author TEXT NOT NULL, note TEXT NOT NULL, accept_warnings INTEGER NOT NULL, starts_at INTEGER, digest TEXT NOT NULL, created_at INTEGER NOT NULL,
  decided_by TEXT, decided_at INTEGER, release INTEGER
) STRICT;

-- Open cases going to another release (R5): a job, and what became of each case. A job that was cut off goes on with the cases that have no row.
CREATE TABLE moves (
  id TEXT PRIMARY KEY, target INTEGER NOT NULL, selection TEXT, state TEXT NOT NULL, note TEXT NOT NULL, started_by TEXT NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER
) STRICT;
CREATE INDEX moves_running ON moves (state) WHERE state <> 'done';
CREATE TABLE moved_cases (
  move TEXT NOT NULL, case_id TEXT NOT NULL, from_release INTEGER NOT NULL, state TEXT NOT NULL, moved_seq INTEGER, last_seq INTEGER, reasons TEXT NOT NULL, PRIMARY KEY (move, case_id)
) STRICT;
CREATE TABLE case_pins (case_id TEXT PRIMARY KEY, pinned INTEGER NOT NULL, pinned_by TEXT NOT NULL, pinned_at INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;
