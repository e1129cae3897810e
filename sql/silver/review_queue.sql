-- What a steward should look at: pairs that the rules would not merge alone, links that clustering cut, and account links
-- that several accounts could claim. Pairs that stand in one customer after all, or that a steward has settled, are left out.
WITH doubtful AS (
  SELECT
    entity,
    -- candidates share no identity; the others share one that something contradicts
    CASE WHEN reason LIKE 'an identity in common%' THEN 'conflict' ELSE 'candidate' END AS kind,
    a_record_key, b_record_key, reason, name_similarity
  FROM silver.scored_edges
  WHERE decision = 'review'
  UNION ALL
  SELECT
    cuts.entity,
    CASE WHEN cuts.reason = 'weak_bridge' THEN 'weak_bridge' ELSE 'conflict' END AS kind,
    cuts.a_record_key,
    cuts.b_record_key,
    'linked, but the customers that it would join disagree: ' || cuts.reason AS reason,
    edges.name_similarity
  FROM scratch.cuts AS cuts
  LEFT JOIN silver.scored_edges AS edges
    ON edges.entity = cuts.entity
    AND edges.a_record_key = cuts.a_record_key
    AND edges.b_record_key = cuts.b_record_key
),
pairs AS (
  SELECT
    doubtful.entity,
    doubtful.kind,
    a.source_system AS a_source_system,
    a.source_record_id AS a_source_record_id,
    b.source_system AS b_source_system,
    b.source_record_id AS b_source_record_id,
    a.customer_id AS a_customer_id,
    b.customer_id AS b_customer_id,
    doubtful.reason,
    doubtful.name_similarity
  FROM doubtful
  JOIN silver.crosswalk AS a ON a.entity = doubtful.entity AND a.record_key = doubtful.a_record_key
  JOIN silver.crosswalk AS b ON b.entity = doubtful.entity AND b.record_key = doubtful.b_record_key
  LEFT JOIN scratch.settled AS settled
    ON settled.entity = doubtful.entity
    AND settled.a_record_key = doubtful.a_record_key
    AND settled.b_record_key = doubtful.b_record_key
  WHERE a.customer_id <> b.customer_id AND settled.entity IS NULL
),
account_customers AS (
  SELECT crosswalk.customer_id, crosswalk.source_system, crosswalk.source_record_id, account.domain, account.name_key
  FROM silver.crosswalk AS crosswalk
  JOIN silver.accounts AS account ON account.record_key = crosswalk.record_key
  WHERE crosswalk.entity = 'account'
),
contested AS (
  SELECT 'domain' AS key_kind, domain AS key_value, min(customer_id) AS first_customer, max(customer_id) AS last_customer
  FROM account_customers
  WHERE domain IS NOT NULL
  GROUP BY domain
  HAVING count(DISTINCT customer_id) > 1
  UNION ALL
  SELECT 'name' AS key_kind, name_key AS key_value, min(customer_id) AS first_customer, max(customer_id) AS last_customer
  FROM account_customers
  WHERE name_key IS NOT NULL
  GROUP BY name_key
  HAVING count(DISTINCT customer_id) > 1
),
claims AS (
  SELECT person.record_key, contested.first_customer, contested.last_customer
  FROM silver.persons AS person
  JOIN contested ON contested.key_kind = 'domain' AND contested.key_value = person.company_domain
  UNION ALL
  SELECT person.record_key, contested.first_customer, contested.last_customer
  FROM silver.persons AS person
  JOIN contested ON contested.key_kind = 'name' AND contested.key_value = person.company_key
),
unlinked AS (
  SELECT
    'account' AS entity,
    'account_link' AS kind,
    person.source_system AS a_source_system,
    person.source_record_id AS a_source_record_id,
    CAST(NULL AS TEXT) AS b_source_system,
    CAST(NULL AS TEXT) AS b_source_record_id,
    min(claims.first_customer) AS a_customer_id,
    max(claims.last_customer) AS b_customer_id,
    'several accounts could be this person''s company' AS reason,
    CAST(NULL AS DOUBLE) AS name_similarity
  FROM silver.persons AS person
  JOIN claims ON claims.record_key = person.record_key
  LEFT JOIN silver.account_links AS links ON links.person_record_key = person.record_key
  WHERE links.person_record_key IS NULL
  GROUP BY person.source_system, person.source_record_id
),
items AS (
  SELECT * FROM pairs
  UNION ALL
  SELECT * FROM unlinked
)
SELECT
  'R-' || CAST(abs(key_hash(concat_ws('|', entity, kind, a_source_system, a_source_record_id,
    coalesce(b_source_system, ''), coalesce(b_source_record_id, '')))) AS TEXT) AS review_id,
  entity,
  kind,
  a_source_system,
  a_source_record_id,
  b_source_system,
  b_source_record_id,
  a_customer_id,
  b_customer_id,
  min(reason) AS reason,
  max(name_similarity) AS name_similarity,
  $run_id AS run_id
FROM items
GROUP BY entity, kind, a_source_system, a_source_record_id, b_source_system, b_source_record_id, a_customer_id, b_customer_id
