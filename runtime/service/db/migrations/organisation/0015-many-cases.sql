-- A hundred thousand cases due at one instant are taken in order without sorting them again for every batch.
DROP INDEX cases_by_wake;
CREATE INDEX cases_by_wake ON cases (wake_at, id) WHERE wake_at IS NOT NULL;
-- What the auditor looks for every minute: hardly ever a row, so that looking costs nothing however many cases are open.
CREATE INDEX cases_unwatched ON cases (id) WHERE wake_at IS NULL AND closed_at IS NULL AND due_at IS NOT NULL AND breached_at IS NULL AND paused = 0;
-- Open cases by how they stand, for the metrics.
CREATE INDEX cases_open_by_sla ON cases (sla_state) WHERE closed_at IS NULL;
-- Open cases of a person, for handing over; who was given work last, without reading every event.
CREATE INDEX cases_by_owner ON cases (owner) WHERE owner IS NOT NULL AND closed_at IS NULL;
CREATE INDEX case_events_allocations ON case_events (position) WHERE type IN ('allocated', 'taskReassigned');
