-- scratch.orphaned_events
-- Grain: one row per change event of a run that died before its publication.
SELECT e.event_id
FROM gold.change_events AS e
LEFT ANTI JOIN gold.publications AS p ON p.run_id = e.run_id AND p.publication_id = e.publication_id
