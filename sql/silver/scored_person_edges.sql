-- Compared pairs of person records with their comparison vector and the decision.
-- Bits of rules: 1 email, 2 phone, 4 customer_number, 8 name_company (identities), 16 family_birth_date,
-- 32 family_address (candidates).
WITH compared AS (
  SELECT
    pairs.*,
    a.source_system AS a_source_system,
    a.source_record_id AS a_source_record_id,
    b.source_system AS b_source_system,
    b.source_record_id AS b_source_record_id,
    -- identities that identify: those not shared by too many names
    (pairs.rules & 15) & (63 - pairs.shared_rules) AS live_rules,
    name_level(a.given_key, a.family_key, b.given_key, b.family_key) AS name_level,
    name_similarity(a.given_key, a.family_key, b.given_key, b.family_key) AS name_similarity,
    CASE
      WHEN a.birth_date IS NULL OR b.birth_date IS NULL THEN 'missing'
      WHEN a.birth_date = b.birth_date THEN 'exact'
      ELSE 'different'
    END AS birth_date_level,
    CASE
      WHEN a.name_suffix IS NULL OR b.name_suffix IS NULL THEN 'missing'
      WHEN a.name_suffix = b.name_suffix THEN 'exact'
      ELSE 'different'
    END AS suffix_level,
    CASE
      WHEN a.country IS NULL OR b.country IS NULL THEN 'missing'
      WHEN a.country = b.country THEN 'exact'
      ELSE 'different'
    END AS country_level,
    CASE
      WHEN a.company_key IS NULL OR b.company_key IS NULL THEN 'missing'
      WHEN a.company_key = b.company_key THEN 'exact'
      ELSE 'different'
    END AS company_level,
    address_similarity(a.address_key, b.address_key) AS address_similarity
  FROM scratch.person_pairs AS pairs
  JOIN scratch.comparable_persons AS a ON a.record_key = pairs.a_record_key
  JOIN scratch.comparable_persons AS b ON b.record_key = pairs.b_record_key
),
judged AS (
  SELECT
    *,
    birth_date_level = 'different' OR suffix_level = 'different' OR country_level = 'different' AS is_conflict,
    name_level IN ('given_differs', 'different') AS is_other_name,
    -- such a name fits several people, so the value must belong to one name only
    name_level IN ('missing', 'given_missing', 'initial') AS is_thin_name,
    -- name_company has the full name in it, whoever else works there
    (live_rules & (63 - ambiguous_rules)) | (live_rules & 8) AS sure_rules
  FROM compared
),
decided AS (
  SELECT
    *,
    CASE
      WHEN live_rules <> 0 AND is_conflict AND NOT is_other_name THEN 'review'
      WHEN live_rules & 4 <> 0 AND is_other_name THEN 'review'
      WHEN live_rules & 7 <> 0 AND is_other_name AND name_similarity >= 0.92 THEN 'review'
      WHEN live_rules <> 0 AND is_other_name THEN 'distinct'
      WHEN live_rules <> 0 AND NOT is_thin_name THEN 'auto'
      WHEN sure_rules <> 0 THEN 'auto'
      WHEN live_rules <> 0 THEN 'review'
      WHEN name_similarity >= 0.92 AND address_similarity >= 0.9 AND country_level <> 'different' THEN 'review'
      ELSE 'distinct'
    END AS decision
  FROM judged
)
SELECT
  'person' AS entity,
  a_record_key,
  b_record_key,
  a_source_system,
  a_source_record_id,
  b_source_system,
  b_source_record_id,
  concat_ws(',',
    CASE WHEN rules & 1 <> 0 THEN 'email' END,
    CASE WHEN rules & 2 <> 0 THEN 'phone' END,
    CASE WHEN rules & 4 <> 0 THEN 'customer_number' END,
    CASE WHEN rules & 8 <> 0 THEN 'name_company' END,
    CASE WHEN rules & 16 <> 0 THEN 'family_birth_date' END,
    CASE WHEN rules & 32 <> 0 THEN 'family_address' END
  ) AS match_keys,
  concat_ws(',',
    CASE WHEN shared_rules & 1 <> 0 THEN 'email' END,
    CASE WHEN shared_rules & 2 <> 0 THEN 'phone' END,
    CASE WHEN shared_rules & 4 <> 0 THEN 'customer_number' END
  ) AS shared_keys,
  name_level,
  name_similarity,
  birth_date_level,
  suffix_level,
  country_level,
  company_level,
  address_similarity,
  decision,
  CASE
    WHEN live_rules <> 0 AND is_conflict AND NOT is_other_name THEN concat_ws(', ',
      'an identity in common, but a conflict',
      CASE WHEN birth_date_level = 'different' THEN 'birth dates differ' END,
      CASE WHEN suffix_level = 'different' THEN 'generational suffixes differ' END,
      CASE WHEN country_level = 'different' THEN 'countries differ' END)
    WHEN decision = 'auto' AND is_thin_name THEN 'an identity in common that only one name uses'
    WHEN decision = 'auto' THEN 'an identity in common and names that agree'
    WHEN live_rules <> 0 AND is_other_name THEN 'an identity in common, but names that disagree'
    WHEN live_rules <> 0 THEN 'an identity in common that several names use, and too little of a name'
    WHEN decision = 'review' THEN 'name and address alike, no identity that identifies'
    WHEN shared_rules <> 0 THEN 'the value in common is shared by too many names'
    ELSE 'no identity in common, name or address not alike'
  END AS reason,
  -- more identities first, then the better name, then what else agrees
  1000 * (
    CASE WHEN live_rules & 1 <> 0 THEN 1 ELSE 0 END
    + CASE WHEN live_rules & 2 <> 0 THEN 1 ELSE 0 END
    + CASE WHEN live_rules & 4 <> 0 THEN 1 ELSE 0 END
    + CASE WHEN live_rules & 8 <> 0 THEN 1 ELSE 0 END
  )
  + CAST(round(100 * name_similarity) AS BIGINT)
  + CASE WHEN birth_date_level = 'exact' THEN 200 ELSE 0 END
  + CASE WHEN address_similarity >= 0.9 THEN 100 ELSE 0 END AS strength,
  $run_id AS run_id
FROM decided
-- a candidate that came to nothing is counted, not kept
WHERE decision <> 'distinct' OR rules & 15 <> 0
