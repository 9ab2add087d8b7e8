-- Who works on a task for its owner: it is in that person's worklist too (L8).
ALTER TABLE case_tasks ADD COLUMN delegate TEXT;
UPDATE case_tasks SET delegate = json_extract(machine, '$.row.delegate') WHERE json_extract(machine, '$.row.delegate') IS NOT NULL;
CREATE INDEX case_tasks_by_delegate ON case_tasks (delegate, is_open, urgency, due_at) WHERE delegate IS NOT NULL;
