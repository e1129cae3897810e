-- The change events of completed runs and of this one; what a dead run left behind is not among them.
SELECT e.*
FROM gold.change_events AS e
LEFT SEMI JOIN gold.publications AS p ON p.run_id = e.run_id AND p.publication_id = e.publication_id
UNION ALL
SELECT * FROM scratch.change_events
