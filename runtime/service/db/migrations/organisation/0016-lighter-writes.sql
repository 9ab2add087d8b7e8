-- A case's state is stored every so many events; what came since is told by its events. NULL is a row from before: complete as it stands.
ALTER TABLE cases ADD COLUMN state_revision INTEGER;
-- Worklists ask for open tasks alone: those that wait or are done are in no index, and cost nothing when they change.
DROP INDEX case_tasks_by_owner;
DROP INDEX case_tasks_by_group;
DROP INDEX case_tasks_by_urgency;
DROP INDEX case_tasks_by_delegate;
CREATE INDEX case_tasks_by_owner ON case_tasks (owner, urgency, due_at) WHERE is_open = 1;
CREATE INDEX case_tasks_by_group ON case_tasks (owner_group, urgency, due_at) WHERE is_open = 1;
CREATE INDEX case_tasks_by_urgency ON case_tasks (urgency, due_at) WHERE is_open = 1;
CREATE INDEX case_tasks_by_delegate ON case_tasks (delegate, urgency, due_at) WHERE is_open = 1 AND delegate IS NOT NULL;
