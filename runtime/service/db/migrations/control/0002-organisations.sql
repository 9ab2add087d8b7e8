-- Whose first administrator a set-up link makes; null: of the first organisation.
ALTER TABLE one_time_tokens ADD COLUMN organisation TEXT REFERENCES organisations (id);
-- `next_wake`: when a closed organisation has something to do; 0 while it is open, so that one that was killed is looked at; null: nothing.
CREATE INDEX organisations_by_wake ON organisations (next_wake) WHERE next_wake IS NOT NULL;
