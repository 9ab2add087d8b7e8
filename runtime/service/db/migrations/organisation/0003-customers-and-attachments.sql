-- Cases that only their owner and leaders see; customers that were merged; where to look for people; documents beside the database.
ALTER TABLE cases ADD COLUMN private INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN merged_into TEXT;
ALTER TABLE customers ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN last_hash TEXT NOT NULL DEFAULT '';
CREATE INDEX customers_by_merger ON customers (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX customers_by_creation ON customers (created_at DESC, id);
-- Keyed hashes of the beginnings of names, addresses and numbers: a search finds people, the file does not name them.
CREATE TABLE customer_tokens (token TEXT NOT NULL, customer TEXT NOT NULL, PRIMARY KEY (token, customer)) STRICT;
CREATE INDEX customer_tokens_by_customer ON customer_tokens (customer);
-- The bytes lie in a folder beside the database, sealed under the person's key.
CREATE TABLE attachments (
  id TEXT PRIMARY KEY, case_id TEXT NOT NULL, task TEXT, name_ref TEXT NOT NULL, type TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL, created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX attachments_by_case ON attachments (case_id, created_at, id);
CREATE INDEX cases_private ON cases (id) WHERE private = 1;
