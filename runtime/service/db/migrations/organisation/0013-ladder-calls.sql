-- How far the events were read for webhooks that rungs of ladders ask for (E14); rows of before this are not called any more.
CREATE TABLE webhook_calls_read (id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL) STRICT;
INSERT INTO webhook_calls_read SELECT 1, COALESCE(MAX(position), 0) FROM case_events;
