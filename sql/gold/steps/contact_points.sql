-- scratch.contact_points
-- Grain: one row per current, valid contact point and the record, or row of a feed, that states it for a customer.
SELECT
  customer_key, entity, record_key, contact_key, channel, value, number_type, kind, is_primary, verified_at,
  source_system, source_record_id, source_role, known_at
FROM scratch.owned_contact_points
UNION ALL
-- a contact_point feed that names its owner by another contact point: it states no record, so record_key is null
SELECT
  o.customer_key, k.entity, CAST(NULL AS BIGINT), p.contact_key, p.channel, p.value, p.number_type, p.kind, p.is_primary, p.verified_at,
  p.source_system, CAST(NULL AS TEXT), p.source_role, CAST(NULL AS TIMESTAMP)
FROM silver.contact_points AS p
JOIN scratch.active_files AS f ON f.file_key = p.file_key
JOIN scratch.contact_owners AS o
  ON o.contact_key = coalesce(contact_key('email', p.owner_email), contact_key('phone', p.owner_phone))
JOIN scratch.customers AS k ON k.customer_key = o.customer_key
LEFT ANTI JOIN scratch.members AS m ON m.record_key = p.owner_key
WHERE p.origin = 'feed' AND p.contact_key IS NOT NULL
