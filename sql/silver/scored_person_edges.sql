-- Pairs of person records with what was compared, the match weight, and the decision: deterministic rules beside the model.
-- Bits of rules: 1 email, 2 phone, 4 customer_number, 8 name_company (identities); candidates from 256 on.
WITH compared AS (
  SELECT
    pairs.a_record_key,
    pairs.b_record_key,
    (pairs.rules >> 40) & 15 AS shared_rules,
    (pairs.rules >> 48) & 15 AS ambiguous_rules,
    pairs.rules,
    pairs.vector,
    pairs.match_weight,
    pairs.weight_beyond_names,
    a.source_system AS a_source_system,
    a.source_record_id AS a_source_record_id,
    b.source_system AS b_source_system,
    b.source_record_id AS b_source_record_id,
    -- identities that identify: those not shared by too many names
    pairs.rules & (15 - ((pairs.rules >> 40) & 15)) AS live_rules,
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
    address_similarity(a.address_key, b.address_key) AS address_similarity,
    -- twins, parent and child: they share all but the given name. Where ids that one person has alone were compared, the
    -- weight knows better
    are_relatives_names(a.given_key, a.family_key, b.given_key, b.family_key) = 'yes'
      AND (a.national_id IS NULL OR b.national_id IS NULL) AS is_relative
  FROM scratch.weighed_pairs AS pairs
  JOIN scratch.comparable_persons AS a ON a.record_key = pairs.a_record_key
  JOIN scratch.comparable_persons AS b ON b.record_key = pairs.b_record_key
),
judged AS (
  SELECT
    *,
    birth_date_level = 'different' OR suffix_level = 'different' OR country_level = 'different' AS is_conflict,
    -- no weight of evidence merges these
    suffix_level = 'different' OR country_level = 'different' OR is_relative AS is_guarded,
    name_level IN ('given_differs', 'different') AS is_other_name,
    -- such a name fits several people, so the value must belong to one name only
    name_level IN ('missing', 'given_missing', 'initial') AS is_thin_name,
    -- name_company has the full name in it, whoever else works there
    (live_rules & (15 - ambiguous_rules)) | (live_rules & 8) AS sure_rules
  FROM compared
),
ruled AS (
  SELECT
    *,
    CASE
      WHEN live_rules <> 0 AND is_conflict AND NOT is_other_name THEN 'review'
      WHEN live_rules & 4 <> 0 AND is_other_name THEN 'review'
      WHEN live_rules & 7 <> 0 AND is_other_name AND name_similarity >= 0.92 THEN 'review'
      WHEN live_rules <> 0 AND is_other_name THEN 'distinct'
      WHEN live_rules <> 0 AND NOT is_thin_name THEN 'auto'
      WHEN sure_rules <> 0 THEN 'auto'
      WHEN live_rules <> 0 THEN 'thin'
      WHEN name_similarity >= 0.92 AND address_similarity >= 0.9 AND country_level <> 'different' THEN 'review'
      ELSE 'distinct'
    END AS rule_decision
  FROM judged
),
decided AS (
  SELECT
    *,
    CASE
      WHEN is_guarded AND (match_weight >= $review_weight OR rule_decision <> 'distinct') THEN 'review'
      WHEN rule_decision = 'thin' THEN 'review'
      -- a rule alone does not stand against all other evidence
      WHEN rule_decision = 'auto' AND match_weight >= 0 THEN 'auto'
      -- namesakes are two, however rare the name is among these records
      WHEN match_weight >= $auto_weight AND weight_beyond_names > 0 THEN 'auto'
      WHEN match_weight >= $review_weight OR rule_decision <> 'distinct' THEN 'review'
      ELSE 'distinct'
    END AS decision
  FROM ruled
)
SELECT
  'person' AS entity,
  a_record_key,
  b_record_key,
  a_source_system,
  a_source_record_id,
  b_source_system,
  b_source_record_id,
  rule_names(rules & ((1::BIGINT << 40) - 1)) AS match_keys,
  rule_names(shared_rules) AS shared_keys,
  name_level,
  name_similarity,
  birth_date_level,
  suffix_level,
  country_level,
  company_level,
  address_similarity,
  decision,
  CASE
    WHEN decision = 'auto' AND rule_decision = 'auto' AND is_thin_name THEN 'an identity in common that only one name uses'
    WHEN decision = 'auto' AND rule_decision = 'auto' THEN 'an identity in common and names that agree'
    WHEN decision = 'auto' THEN 'the evidence weighs enough'
    WHEN live_rules <> 0 AND is_conflict AND NOT is_other_name THEN concat_ws(', ',
      'an identity in common, but a conflict',
      CASE WHEN birth_date_level = 'different' THEN 'birth dates differ' END,
      CASE WHEN suffix_level = 'different' THEN 'generational suffixes differ' END,
      CASE WHEN country_level = 'different' THEN 'countries differ' END)
    WHEN rule_decision = 'auto' THEN 'an identity in common, but the evidence weighs against it'
    WHEN live_rules <> 0 AND is_other_name THEN 'an identity in common, but names that disagree'
    WHEN live_rules <> 0 THEN 'an identity in common that several names use, and too little of a name'
    WHEN decision = 'review' AND is_guarded THEN concat_ws(', ',
      'the evidence weighs enough, but a conflict',
      CASE WHEN suffix_level = 'different' THEN 'generational suffixes differ' END,
      CASE WHEN country_level = 'different' THEN 'countries differ' END,
      CASE WHEN is_relative THEN 'two given names of one family' END)
    WHEN decision = 'review' AND match_weight >= $auto_weight THEN 'the names are rare, and nothing else agrees'
    WHEN decision = 'review' AND match_weight >= $review_weight THEN 'likely the same, not surely'
    WHEN decision = 'review' THEN 'name and address alike, no identity that identifies'
    WHEN shared_rules <> 0 THEN 'the value in common is shared by too many names'
    ELSE 'no identity in common, and too little evidence'
  END AS reason,
  is_guarded,
  vector,
  -- a deterministic rule is worth as much as merging needs
  CASE WHEN decision = 'auto' THEN greatest(match_weight, $auto_weight) ELSE match_weight END AS link_weight,
  match_weight,
  1 / (1 + power(2, -match_weight)) AS match_probability,
  $model_id AS model_id,
  $run_id AS run_id
FROM decided
