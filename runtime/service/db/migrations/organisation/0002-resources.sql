-- Service resources, interests, matches, offers and allocations (P11). Nothing was ever stored in the first drafts of these tables.
DROP TABLE resources;
DROP TABLE interests;
DROP TABLE matches;
DROP TABLE offers;
CREATE TABLE resources (
  id TEXT PRIMARY KEY, reference TEXT NOT NULL UNIQUE, service_type TEXT NOT NULL, release INTEGER NOT NULL, title TEXT NOT NULL, provision TEXT NOT NULL, provider TEXT NOT NULL,
  starts_on TEXT, ends_on TEXT, capacity INTEGER, taken INTEGER NOT NULL, ready INTEGER NOT NULL, delivery TEXT NOT NULL, in_catalogue INTEGER NOT NULL, plan_case TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL, wake_at INTEGER, sample INTEGER NOT NULL DEFAULT 0, revision INTEGER NOT NULL, last_hash TEXT NOT NULL, state TEXT NOT NULL
) STRICT;
CREATE INDEX resources_by_wake ON resources (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX resources_by_creation ON resources (created_at DESC, id);
-- One stream a customer: nobody is offered two places, or merged, at the same time.
CREATE TABLE interest_books (id TEXT PRIMARY KEY, customer TEXT NOT NULL, revision INTEGER NOT NULL, last_hash TEXT NOT NULL, state TEXT NOT NULL) STRICT;
CREATE TABLE interests (
  id TEXT PRIMARY KEY, customer TEXT NOT NULL, service_type TEXT NOT NULL, resource TEXT, release INTEGER NOT NULL, source TEXT NOT NULL, source_case TEXT, state TEXT NOT NULL,
  offer_resource TEXT, answers_ref TEXT NOT NULL, registered_at INTEGER NOT NULL
) STRICT;
CREATE INDEX interests_by_customer ON interests (customer);
CREATE INDEX interests_by_type ON interests (service_type, state);
CREATE INDEX interests_by_time ON interests (registered_at DESC, id);
CREATE TABLE interest_links (secret_hash TEXT PRIMARY KEY, interest TEXT NOT NULL, customer TEXT NOT NULL) STRICT;
CREATE TABLE matches (
  id TEXT PRIMARY KEY, resource TEXT NOT NULL, interest TEXT NOT NULL, customer TEXT NOT NULL, made_by TEXT NOT NULL, state TEXT NOT NULL, made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX matches_by_time ON matches (made_at DESC, id);
CREATE INDEX matches_by_interest ON matches (interest);
CREATE TABLE offers (
  id TEXT PRIMARY KEY, resource TEXT NOT NULL, match TEXT NOT NULL, interest TEXT NOT NULL, customer TEXT NOT NULL, state TEXT NOT NULL, made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
  answered_at INTEGER, charge TEXT
) STRICT;
CREATE INDEX offers_by_time ON offers (made_at DESC, id);
CREATE INDEX offers_by_customer ON offers (customer, state);
CREATE TABLE allocations (
  id TEXT PRIMARY KEY, resource TEXT NOT NULL, offer TEXT NOT NULL, interest TEXT NOT NULL, customer TEXT NOT NULL, start_on TEXT NOT NULL, end_on TEXT, charge TEXT, state TEXT NOT NULL,
  allocated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX allocations_by_time ON allocations (allocated_at DESC, id);
CREATE INDEX allocations_by_customer ON allocations (customer);
