-- change_events.ndjson: what happened to customers since the last file.
-- Grain: one row per event of the publications after $after_sequence, the last one that was extracted.
SELECT
  p.sequence, e.event_type, e.entity, e.customer_id, e.old_customer_id, e.new_customer_id, e.occurred_at,
  e.event_id, e.publication_id
FROM gold.change_events AS e
-- by run, not by publication: a run that died before its publication may have left events of the same id
JOIN gold.publications AS p ON p.run_id = e.run_id AND p.publication_id = e.publication_id
WHERE p.sequence > $after_sequence
