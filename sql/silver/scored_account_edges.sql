-- Pairs of account records with what was compared, the match weight, and the decision: deterministic rules beside the model.
-- Bits of rules: 1 domain, 2 tax_id (identities); candidates from 256 on.
WITH compared AS (
  SELECT
    pairs.a_record_key,
    pairs.b_record_key,
    (pairs.rules >> 40) & 3 AS shared_rules,
    pairs.rules,
    pairs.vector,
    pairs.match_weight,
    pairs.weight_beyond_names,
    a.source_system AS a_source_system,
    a.source_record_id AS a_source_record_id,
    b.source_system AS b_source_system,
    b.source_record_id AS b_source_record_id,
    pairs.rules & (3 - ((pairs.rules >> 40) & 3)) AS live_rules,
    CASE
      WHEN a.name_key IS NULL OR b.name_key IS NULL THEN 'missing'
      WHEN a.name_key = b.name_key THEN 'exact'
      ELSE 'different'
    END AS name_level,
    organization_similarity(a.name_key, b.name_key) AS name_similarity,
    a.is_own_domain AND b.is_own_domain AS is_own_domain,
    CASE
      WHEN a.tax_id IS NULL OR b.tax_id IS NULL THEN 'missing'
      WHEN a.tax_id = b.tax_id THEN 'exact'
      ELSE 'different'
    END AS tax_id_level,
    CASE
      WHEN a.country IS NULL OR b.country IS NULL THEN 'missing'
      WHEN a.country = b.country THEN 'exact'
      ELSE 'different'
    END AS country_level,
    address_similarity(a.address_key, b.address_key) AS address_similarity
  FROM scratch.weighed_pairs AS pairs
  JOIN scratch.comparable_accounts AS a ON a.record_key = pairs.a_record_key
  JOIN scratch.comparable_accounts AS b ON b.record_key = pairs.b_record_key
),
ruled AS (
  SELECT
    *,
    -- no weight of evidence merges these
    tax_id_level = 'different' OR country_level = 'different' AS is_guarded,
    CASE
      WHEN live_rules <> 0 AND (tax_id_level = 'different' OR country_level = 'different') THEN 'review'
      WHEN live_rules & 2 <> 0 OR (live_rules & 1 <> 0 AND (is_own_domain OR name_similarity >= 0.85)) THEN 'auto'
      WHEN live_rules <> 0 OR shared_rules & 2 <> 0 THEN 'review'
      WHEN name_similarity >= 0.92 AND country_level <> 'different' THEN 'review'
      ELSE 'distinct'
    END AS rule_decision
  FROM compared
),
decided AS (
  SELECT
    *,
    CASE
      WHEN is_guarded AND (match_weight >= $review_weight OR rule_decision <> 'distinct') THEN 'review'
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
  'account' AS entity,
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
  'missing' AS birth_date_level,
  'missing' AS suffix_level,
  country_level,
  tax_id_level AS company_level,
  address_similarity,
  decision,
  CASE
    WHEN decision = 'auto' AND rule_decision = 'auto' THEN 'tax id or own domain in common'
    WHEN decision = 'auto' THEN 'the evidence weighs enough'
    WHEN decision = 'review' AND live_rules <> 0 AND is_guarded THEN concat_ws(', ',
      'an identity in common, but a conflict',
      CASE WHEN tax_id_level = 'different' THEN 'tax ids differ' END,
      CASE WHEN country_level = 'different' THEN 'countries differ' END)
    WHEN decision = 'review' AND rule_decision = 'auto' THEN 'an identity in common, but the evidence weighs against it'
    WHEN decision = 'review' AND live_rules <> 0
      THEN 'an identity in common, but the domain may be somebody else''s, and the names are not alike'
    WHEN decision = 'review' AND shared_rules & 2 <> 0
      THEN 'an identity in common, but too many names use the tax id'
    WHEN decision = 'review' AND is_guarded THEN concat_ws(', ',
      'the evidence weighs enough, but a conflict',
      CASE WHEN tax_id_level = 'different' THEN 'tax ids differ' END,
      CASE WHEN country_level = 'different' THEN 'countries differ' END)
    WHEN decision = 'review' AND match_weight >= $auto_weight THEN 'the names are rare, and nothing else agrees'
    WHEN decision = 'review' AND match_weight >= $review_weight THEN 'likely the same, not surely'
    WHEN decision = 'review' THEN 'legal names alike in one country'
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
