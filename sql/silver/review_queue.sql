-- What a steward should look at: pairs that the rules would not merge alone, links that clustering cut, decisions that are
-- not applied because others contradict them, and people whose account is in doubt. Pairs that stand in one customer after
-- all, or that a steward has settled, are left out.
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
-- Decisions whose records are two customers.
apart AS (
  SELECT
    settled.entity,
    settled.kind,
    a.source_system AS a_source_system,
    a.source_record_id AS a_source_record_id,
    b.source_system AS b_source_system,
    b.source_record_id AS b_source_record_id,
    a.customer_id AS a_customer_id,
    b.customer_id AS b_customer_id,
    least(a.customer_id, b.customer_id) AS low_id,
    greatest(a.customer_id, b.customer_id) AS high_id,
    concat(
      a.source_system, ':', a.source_record_id, ' and ', b.source_system, ':', b.source_record_id, ' are distinct (',
      settled.decided_by, ', ', to_char(settled.decided_at, '%Y-%m-%d'), ')'
    ) AS in_words
  FROM scratch.settled AS settled
  JOIN silver.crosswalk AS a ON a.entity = settled.entity AND a.record_key = settled.a_record_key
  JOIN silver.crosswalk AS b ON b.entity = settled.entity AND b.record_key = settled.b_record_key
  WHERE a.customer_id <> b.customer_id
),
-- A same B, B same C, A distinct C: "distinct" wins, and the "same" that cannot be applied comes back to the steward.
contradictions AS (
  SELECT
    same.entity,
    'contradiction' AS kind,
    same.a_source_system,
    same.a_source_record_id,
    same.b_source_system,
    same.b_source_record_id,
    same.a_customer_id,
    same.b_customer_id,
    'decided same, but not applied: it was also decided that '
      || array_to_string(array_sort(array_agg(DISTINCT kept.in_words)), '; ') AS reason,
    CAST(NULL AS DOUBLE) AS name_similarity
  FROM apart AS same
  JOIN apart AS kept
    ON kept.entity = same.entity AND kept.low_id = same.low_id AND kept.high_id = same.high_id
    AND kept.kind = 'distinct'
  WHERE same.kind = 'same'
  GROUP BY
    same.entity, same.a_source_system, same.a_source_record_id, same.b_source_system, same.b_source_record_id,
    same.a_customer_id, same.b_customer_id
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
-- In doubt: several accounts claim the person, or the source names an account that is not there though it delivers accounts;
-- and nothing else links.
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
    concat_ws('; ',
      CASE WHEN count(account_sources.source_system) > 0 THEN 'the source names an account id that no account of it has' END,
      CASE
        WHEN count(claims.record_key) > 0 THEN 'several accounts could be this person''s company'
        ELSE 'no account has the e-mail''s domain or the company''s name'
      END
    ) AS reason,
    CAST(NULL AS DOUBLE) AS name_similarity
  FROM silver.persons AS person
  LEFT JOIN claims ON claims.record_key = person.record_key
  LEFT JOIN (SELECT DISTINCT source_system FROM silver.accounts) AS account_sources
    ON account_sources.source_system = person.source_system AND person.account_id IS NOT NULL
  LEFT JOIN silver.account_links AS links ON links.person_record_key = person.record_key
  WHERE links.person_record_key IS NULL
    AND (claims.record_key IS NOT NULL OR account_sources.source_system IS NOT NULL)
  GROUP BY person.source_system, person.source_record_id
),
items AS (
  SELECT * FROM pairs
  UNION ALL
  SELECT * FROM contradictions
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
