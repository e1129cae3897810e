-- Person records as rules look at them, of their evidence.
WITH fields AS (
  SELECT
    record_key,
    evidence_field(evidence, 0) AS given_key,
    evidence_field(evidence, 1) AS family_key,
    evidence_field(evidence, 3) AS name_suffix,
    evidence_field(evidence, 4) AS birth_date,
    evidence_field(evidence, 8) AS street_key,
    evidence_field(evidence, 9) AS postcode_key,
    evidence_field(evidence, 10) AS city_key,
    evidence_field(evidence, 11) AS country,
    evidence_field(evidence, 12) AS company_key,
    evidence_field(evidence, 13) AS national_id
  FROM scratch.near_records
)
SELECT
  record_key,
  -- one record is told from another by its key here
  '' AS source_system,
  CAST(record_key AS TEXT) AS source_record_id,
  given_key,
  family_key,
  name_suffix,
  to_date(birth_date, '%Y%m%d') AS birth_date,
  country,
  company_key,
  street_key || '|' || coalesce(postcode_key, '') || '|' || coalesce(city_key, '') AS address_key,
  split_part(national_id, ' ', 1) AS national_id
FROM fields
