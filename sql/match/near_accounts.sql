-- Account records as rules look at them, of their evidence.
WITH fields AS (
  SELECT
    record_key,
    evidence_field(evidence, 0) AS name_key,
    evidence_field(evidence, 3) AS street_key,
    evidence_field(evidence, 4) AS postcode_key,
    evidence_field(evidence, 5) AS city_key,
    evidence_field(evidence, 6) AS country,
    evidence_field(evidence, 7) AS tax_id,
    evidence_field(evidence, 13) AS own_domain
  FROM scratch.near_records
)
SELECT
  record_key,
  -- one record is told from another by its key here
  '' AS source_system,
  CAST(record_key AS TEXT) AS source_record_id,
  name_key,
  street_key || '|' || coalesce(postcode_key, '') || '|' || coalesce(city_key, '') AS address_key,
  country,
  tax_id,
  own_domain IS NOT NULL AS is_own_domain
FROM fields
