-- What was said to the outside, and what it answered (N6 to N9).
ALTER TABLE outbox ADD COLUMN target TEXT;
ALTER TABLE outbox ADD COLUMN event_type TEXT;
ALTER TABLE outbox ADD COLUMN provider_status TEXT;
ALTER TABLE outbox ADD COLUMN delivered_at INTEGER;
ALTER TABLE outbox ADD COLUMN rendered TEXT;
CREATE INDEX outbox_by_reference ON outbox (provider_reference) WHERE provider_reference IS NOT NULL;
CREATE INDEX outbox_failed ON outbox (created_at) WHERE state = 'failed';

-- One row a subscriber; `position` is the last event it was told of (the feed's cursor).
CREATE TABLE webhook_endpoints (
  id TEXT PRIMARY KEY, url TEXT NOT NULL, types TEXT NOT NULL, secrets TEXT NOT NULL, state TEXT NOT NULL, position INTEGER NOT NULL, note TEXT NOT NULL, created_by TEXT NOT NULL, created_at INTEGER NOT NULL
) STRICT;

ALTER TABLE incidents ADD COLUMN state TEXT NOT NULL DEFAULT 'open';
ALTER TABLE incidents ADD COLUMN subject TEXT;
ALTER TABLE incidents ADD COLUMN seen INTEGER NOT NULL DEFAULT 1;
ALTER TABLE incidents ADD COLUMN closed_by TEXT;
ALTER TABLE incidents ADD COLUMN resolution TEXT;
ALTER TABLE incidents ADD COLUMN reason TEXT;
CREATE INDEX incidents_open ON incidents (created_at) WHERE closed_at IS NULL;

-- Heads of the chain, signed; a copy goes off the box, so that a cut tail is found too.
CREATE TABLE audit_checkpoints (
  number INTEGER PRIMARY KEY, position INTEGER NOT NULL, events INTEGER NOT NULL, digest TEXT NOT NULL, created_at INTEGER NOT NULL, signature TEXT NOT NULL
) STRICT;
