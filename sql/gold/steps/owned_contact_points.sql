-- scratch.owned_contact_points
-- Grain: one row per current, valid contact point of a current record: exploded from the record's own current version, or
-- stated for the record by a contact_point feed.
SELECT
  m.customer_key, m.entity, m.record_key, p.contact_key, p.channel, p.value, p.number_type, p.kind, p.is_primary, p.verified_at,
  m.source_system, m.source_record_id, p.source_role, m.known_at
FROM silver.contact_points AS p
JOIN scratch.members AS m
  ON m.record_key = p.owner_key AND m.file_key = p.file_key AND m.source_row = p.source_row
WHERE p.origin = 'record' AND p.contact_key IS NOT NULL
UNION ALL
SELECT
  m.customer_key, m.entity, m.record_key, p.contact_key, p.channel, p.value, p.number_type, p.kind, p.is_primary, p.verified_at,
  m.source_system, m.source_record_id, p.source_role, m.known_at
FROM silver.contact_points AS p
JOIN scratch.active_files AS f ON f.file_key = p.file_key
JOIN scratch.members AS m ON m.record_key = p.owner_key
WHERE p.origin = 'feed' AND p.contact_key IS NOT NULL
