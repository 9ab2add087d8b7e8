-- Open cases whose dates are reckoned again after a release published calendars anew (T3, T14): a job that goes on after a kill.
CREATE TABLE date_refreshes (
  release INTEGER PRIMARY KEY, calendars TEXT NOT NULL, state TEXT NOT NULL, started_by TEXT NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER
) STRICT;
CREATE INDEX date_refreshes_running ON date_refreshes (state) WHERE state <> 'done';
