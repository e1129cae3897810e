-- The change events of this run.
SELECT * FROM scratch.change_events
