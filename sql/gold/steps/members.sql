-- scratch.members
-- Grain: one row per current record, with the customer it belongs to. Every later plan joins on the two integer keys.
SELECT
  c.customer_id,
  key_hash(c.customer_id) AS customer_key,
  c.entity,
  r.record_key,
  r.source_system,
  r.source_record_id,
  r.source_role,
  -- when the source knew it: a version without updated_at is as old as its extract
  coalesce(r.updated_at, r.extracted_at) AS known_at,
  r.file_key,
  r.source_row
FROM silver.crosswalk AS c
JOIN (
  SELECT record_key, source_system, source_record_id, source_role, updated_at, extracted_at, file_key, source_row
  FROM silver.persons
  UNION ALL
  SELECT record_key, source_system, source_record_id, source_role, updated_at, extracted_at, file_key, source_row
  FROM silver.accounts
) AS r ON r.record_key = c.record_key
