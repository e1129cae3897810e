-- scratch.review_items
-- Grain: one row per case for a steward: pairs that the rules would not merge alone, links that clustering cut, records that fit
-- two customers nearly equally, decisions that are not applied because others contradict them, and people whose account is in
-- doubt. Pairs that stand in one customer after all, or that a steward has settled, are left out.
WITH ambiguous AS (
  SELECT
    entity,
    'ambiguous_match' AS kind,
    source_system AS a_source_system,
    source_record_id AS a_source_record_id,
    CASE WHEN is_with_best THEN second_source_system ELSE best_source_system END AS b_source_system,
    CASE WHEN is_with_best THEN second_source_record_id ELSE best_source_record_id END AS b_source_record_id,
    customer_id AS a_customer_id,
    CASE WHEN is_with_best THEN second_id ELSE best_id END AS b_customer_id,
    CASE WHEN is_with_best THEN best_source_system ELSE second_source_system END AS other_source_system,
    CASE WHEN is_with_best THEN best_source_record_id ELSE second_source_record_id END AS other_source_record_id,
    CASE WHEN is_with_best THEN best_id ELSE second_id END AS other_customer_id,
    concat(
      'fits two customers nearly equally: ', best_source_system, ':', best_source_record_id, ' (', round(best_weight, 1),
      ' bits) and ', second_source_system, ':', second_source_record_id, ' (', round(second_weight, 1), ' bits)'
    ) AS reason,
    CASE WHEN is_with_best THEN second_similarity ELSE best_similarity END AS name_similarity,
    -- at most one of the two is right
    power(2, CASE WHEN is_with_best THEN second_weight ELSE best_weight END)
      / (1 + power(2, best_weight) + power(2, second_weight)) AS confidence,
    CASE WHEN is_with_best THEN second_weight ELSE best_weight END AS match_weight,
    CASE WHEN is_with_best THEN second_vector ELSE best_vector END AS vector
  FROM scratch.torn_records
),
-- A case of its own stands for the pairs that it is made of.
remaining AS (
  SELECT pairs.*
  FROM scratch.doubtful_pairs AS pairs
  LEFT ANTI JOIN scratch.torn_records AS of_a
    ON of_a.entity = pairs.entity AND of_a.record_key = pairs.a_record_key
    AND (of_a.best_id = pairs.b_customer_id OR of_a.second_id = pairs.b_customer_id)
  LEFT ANTI JOIN scratch.torn_records AS of_b
    ON of_b.entity = pairs.entity AND of_b.record_key = pairs.b_record_key
    AND (of_b.best_id = pairs.a_customer_id OR of_b.second_id = pairs.a_customer_id)
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
      || array_to_string(array_sort(array_agg(DISTINCT kept.in_words)), '; ') AS reason
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
  SELECT
    'domain' AS key_kind, domain AS key_value, min(customer_id) AS first_customer, max(customer_id) AS last_customer,
    count(DISTINCT customer_id) AS customers
  FROM account_customers
  WHERE domain IS NOT NULL
  GROUP BY domain
  HAVING count(DISTINCT customer_id) > 1
  UNION ALL
  SELECT
    'name' AS key_kind, name_key AS key_value, min(customer_id) AS first_customer, max(customer_id) AS last_customer,
    count(DISTINCT customer_id) AS customers
  FROM account_customers
  WHERE name_key IS NOT NULL
  GROUP BY name_key
  HAVING count(DISTINCT customer_id) > 1
),
claims AS (
  SELECT person.record_key, contested.first_customer, contested.last_customer, contested.customers
  FROM silver.persons AS person
  JOIN contested ON contested.key_kind = 'domain' AND contested.key_value = person.company_domain
  UNION ALL
  SELECT person.record_key, contested.first_customer, contested.last_customer, contested.customers
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
    -- any of them could be it
    coalesce(1.0 / max(claims.customers), 0.0) AS confidence
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
  SELECT
    entity, kind, a_source_system, a_source_record_id, b_source_system, b_source_record_id, a_customer_id, b_customer_id,
    CAST(NULL AS TEXT) AS other_source_system, CAST(NULL AS TEXT) AS other_source_record_id,
    CAST(NULL AS TEXT) AS other_customer_id,
    reason, name_similarity, confidence, match_weight, vector
  FROM remaining
  UNION ALL
  SELECT
    entity, kind, a_source_system, a_source_record_id, b_source_system, b_source_record_id, a_customer_id, b_customer_id,
    other_source_system, other_source_record_id, other_customer_id, reason, name_similarity, confidence, match_weight, vector
  FROM ambiguous
  UNION ALL
  SELECT
    entity, kind, a_source_system, a_source_record_id, b_source_system, b_source_record_id, a_customer_id, b_customer_id,
    -- somebody is sure
    NULL, NULL, NULL, reason, NULL, 1.0, NULL, NULL
  FROM contradictions
  UNION ALL
  SELECT
    entity, kind, a_source_system, a_source_record_id, b_source_system, b_source_record_id, a_customer_id, b_customer_id,
    NULL, NULL, NULL, reason, NULL, confidence, NULL, NULL
  FROM unlinked
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
  max(other_source_system) AS other_source_system,
  max(other_source_record_id) AS other_source_record_id,
  max(other_customer_id) AS other_customer_id,
  min(reason) AS reason,
  max(name_similarity) AS name_similarity,
  max(confidence) AS confidence,
  max(match_weight) AS match_weight,
  max(vector) AS vector
FROM items
GROUP BY entity, kind, a_source_system, a_source_record_id, b_source_system, b_source_record_id, a_customer_id, b_customer_id
