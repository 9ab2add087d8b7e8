-- One row an event and subscriber: a work queue with a lease, and the dead letters.
CREATE TABLE webhook_deliveries (
  id TEXT PRIMARY KEY, endpoint TEXT NOT NULL, position INTEGER NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, not_before INTEGER NOT NULL,
  claimed_by TEXT, claimed_until INTEGER, status INTEGER, failure TEXT, created_at INTEGER NOT NULL, delivered_at INTEGER
) STRICT;
CREATE INDEX webhook_deliveries_by_time ON webhook_deliveries (not_before) WHERE state IN ('pending', 'sending');
CREATE INDEX webhook_deliveries_failed ON webhook_deliveries (created_at) WHERE state = 'failed';
