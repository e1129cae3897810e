-- Contact values that may identify somebody, per current record: those of its current version, and those that
-- contact_point feeds state for it. Role addresses and placeholders have no match_value.
WITH current_records AS (
  SELECT 'person' AS entity, record_key, file_key, source_row FROM silver.persons
  UNION ALL
  SELECT 'account' AS entity, record_key, file_key, source_row FROM silver.accounts
)
SELECT DISTINCT current_records.entity, current_records.record_key, point.channel, point.match_value
FROM silver.contact_points AS point
JOIN current_records
  ON current_records.record_key = point.owner_key
  AND current_records.file_key = point.file_key
  AND current_records.source_row = point.source_row
WHERE point.origin = 'record' AND point.match_value IS NOT NULL
UNION
SELECT DISTINCT point.owner_entity AS entity, point.owner_key AS record_key, point.channel, point.match_value
FROM silver.contact_points AS point
JOIN scratch.active_files AS active ON active.file_key = point.file_key
WHERE point.origin = 'feed' AND point.match_value IS NOT NULL AND point.owner_key IS NOT NULL
