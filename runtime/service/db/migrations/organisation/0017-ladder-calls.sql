-- What rungs of ladders call is found at once, so that nothing needs to be read or written while nobody calls anything.
CREATE INDEX case_events_calls ON case_events (position) WHERE type = 'webhookRequested';
