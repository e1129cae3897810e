-- gold.consent_statements
-- Grain: one row per statement, purpose, channel and contact point that it binds, and how it came to bind it.
SELECT
  b.contact_key, b.purpose, b.channel, b.bound_by, b.probability,
  b.source_system, b.subject, b.status, b.unmet, b.stated_at, b.expires_at, b.is_front_desk,
  s.owner_entity, s.owner_record_id, s.owner_key, s.status AS stated_status,
  s.evidence, s.legal_basis, s.jurisdiction, s.source_file, s.source_row, s.file_key,
  $run_id AS run_id
FROM scratch.bound_statements AS b
JOIN (
  SELECT DISTINCT
    statement_key, file_key, source_row, source_file, owner_entity, owner_record_id, owner_key, status, evidence, legal_basis, jurisdiction
  FROM silver.consents
) AS s ON s.statement_key = b.statement_key
