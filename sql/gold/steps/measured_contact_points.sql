-- scratch.measured_contact_points
-- Grain: one row per channel (email, phone) and source system: contact points that current records state, and rows of contact point
-- feeds, and how many of these are valid.
WITH stated AS (
  SELECT p.channel, m.source_system, p.contact_key
  FROM silver.contact_points AS p
  JOIN scratch.members AS m
    ON m.record_key = p.owner_key AND m.file_key = p.file_key AND m.source_row = p.source_row
  WHERE p.origin = 'record'
  UNION ALL
  SELECT p.channel, p.source_system, p.contact_key
  FROM silver.contact_points AS p
  JOIN scratch.active_files AS f ON f.file_key = p.file_key
  WHERE p.origin = 'feed'
)
SELECT channel, source_system, count(*) AS stated, count(contact_key) AS valid
FROM stated
GROUP BY channel, source_system
