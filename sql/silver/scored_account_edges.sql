-- Compared pairs of account records with their comparison vector and the decision.
-- Bits of rules: 1 domain, 2 tax_id (identities), 16 country_name (candidates).
WITH compared AS (
  SELECT
    pairs.*,
    a.source_system AS a_source_system,
    a.source_record_id AS a_source_record_id,
    b.source_system AS b_source_system,
    b.source_record_id AS b_source_record_id,
    (pairs.rules & 3) & (63 - pairs.shared_rules) AS live_rules,
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
  FROM scratch.account_pairs AS pairs
  JOIN scratch.comparable_accounts AS a ON a.record_key = pairs.a_record_key
  JOIN scratch.comparable_accounts AS b ON b.record_key = pairs.b_record_key
),
decided AS (
  SELECT
    *,
    CASE
      WHEN live_rules <> 0 AND (tax_id_level = 'different' OR country_level = 'different') THEN 'review'
      WHEN live_rules & 2 <> 0 OR (live_rules & 1 <> 0 AND (is_own_domain OR name_similarity >= 0.85)) THEN 'auto'
      WHEN live_rules <> 0 OR shared_rules & 2 <> 0 THEN 'review'
      WHEN name_similarity >= 0.92 AND country_level <> 'different' THEN 'review'
      ELSE 'distinct'
    END AS decision
  FROM compared
)
SELECT
  'account' AS entity,
  a_record_key,
  b_record_key,
  a_source_system,
  a_source_record_id,
  b_source_system,
  b_source_record_id,
  concat_ws(',',
    CASE WHEN rules & 1 <> 0 THEN 'domain' END,
    CASE WHEN rules & 2 <> 0 THEN 'tax_id' END,
    CASE WHEN rules & 16 <> 0 THEN 'country_name' END
  ) AS match_keys,
  concat_ws(',',
    CASE WHEN shared_rules & 1 <> 0 THEN 'domain' END,
    CASE WHEN shared_rules & 2 <> 0 THEN 'tax_id' END
  ) AS shared_keys,
  name_level,
  name_similarity,
  'missing' AS birth_date_level,
  'missing' AS suffix_level,
  country_level,
  tax_id_level AS company_level,
  address_similarity,
  decision,
  CASE
    WHEN decision = 'review' AND live_rules <> 0 AND tax_id_level <> 'different' AND country_level <> 'different'
      THEN 'an identity in common, but the domain may be somebody else''s, and the names are not alike'
    WHEN decision = 'review' AND live_rules = 0 AND shared_rules & 2 <> 0
      THEN 'an identity in common, but too many names use the tax id'
    WHEN decision = 'review' AND live_rules <> 0 THEN concat_ws(', ',
      'an identity in common, but a conflict',
      CASE WHEN tax_id_level = 'different' THEN 'tax ids differ' END,
      CASE WHEN country_level = 'different' THEN 'countries differ' END)
    WHEN decision = 'auto' THEN 'tax id or own domain in common'
    WHEN decision = 'review' THEN 'legal names alike in one country'
    WHEN shared_rules <> 0 THEN 'the value in common is shared by too many names'
    ELSE 'no identity in common, names not alike'
  END AS reason,
  1000 * (CASE WHEN live_rules & 1 <> 0 THEN 1 ELSE 0 END + CASE WHEN live_rules & 2 <> 0 THEN 2 ELSE 0 END)
  + CAST(round(100 * name_similarity) AS BIGINT)
  + CASE WHEN address_similarity >= 0.9 THEN 100 ELSE 0 END AS strength,
  $run_id AS run_id
FROM decided
WHERE decision <> 'distinct' OR rules & 3 <> 0
