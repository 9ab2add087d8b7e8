-- A command is acknowledged by the last event of each of its streams, found by stream and number: no index of events by command.
DROP INDEX case_events_by_command;
