-- Every statement that binds one contact point, by purpose and channel, the newest first.
SELECT
  purpose, channel, bound_by, probability, source_system, subject, status, unmet,
  CAST(stated_at AS BIGINT) AS stated_at,
  CAST(expires_at AS BIGINT) AS expires_at,
  coalesce(is_front_desk, false) AS is_front_desk,
  owner_entity, owner_record_id, stated_status, evidence, legal_basis, jurisdiction, source_file, source_row
FROM gold.consent_statements
WHERE contact_key = $contact_key
ORDER BY purpose, channel, stated_at DESC NULLS LAST, source_system, subject, bound_by, source_file, source_row
