-- scratch.candidates
-- Grain: one row per customer, attribute, and value that a record states for it, once for each role under which survivorship
-- may prefer it. `sort_key` is its place by the rule of its attribute: of a customer's candidates, the one with the least
-- survives (`survivors`).
WITH stated AS (
  SELECT record_key, 'name' AS attribute, full_name AS value,
    -- what people type to get past a form: half a name, or an initial
    given_name IS NOT NULL AND family_name IS NOT NULL AND character_length(given_name) > 1 AND character_length(family_name) > 1 AS is_whole_name
  FROM silver.persons
  UNION ALL SELECT record_key, 'birth_date', CAST(birth_date AS TEXT), NULL FROM silver.persons
  UNION ALL SELECT record_key, 'gender', gender, NULL FROM silver.persons
  UNION ALL SELECT record_key, 'company_name', company_name, NULL FROM silver.persons
  UNION ALL SELECT record_key, 'customer_number', customer_number, NULL FROM silver.persons
  UNION ALL SELECT record_key, 'national_id', national_id, NULL FROM silver.persons
  UNION ALL SELECT record_key, 'tax_id', tax_id, NULL FROM silver.persons
  UNION ALL SELECT record_key, 'country', country, NULL FROM silver.persons
  UNION ALL SELECT record_key, 'legal_name', legal_name, NULL FROM silver.accounts
  UNION ALL SELECT record_key, 'trading_name', trading_name, NULL FROM silver.accounts
  UNION ALL SELECT record_key, 'domain', domain, NULL FROM silver.accounts WHERE website IS NOT NULL
  UNION ALL SELECT record_key, 'website', website, NULL FROM silver.accounts
  UNION ALL SELECT record_key, 'tax_id', tax_id, NULL FROM silver.accounts
  UNION ALL SELECT record_key, 'duns', duns, NULL FROM silver.accounts
  UNION ALL SELECT record_key, 'lei', lei, NULL FROM silver.accounts
  UNION ALL SELECT record_key, 'registration_number', registration_number, NULL FROM silver.accounts
  UNION ALL SELECT record_key, 'industry', industry, NULL FROM silver.accounts
  UNION ALL SELECT record_key, 'employee_count', CAST(employee_count AS TEXT), NULL FROM silver.accounts
  UNION ALL SELECT record_key, 'customer_number', customer_number, NULL FROM silver.accounts
  UNION ALL SELECT record_key, 'country', country, NULL FROM silver.accounts
  UNION ALL
  -- further columns of a mapping; one that is called like an attribute of every project is none
  SELECT record_key, entry['key'], entry['value'], NULL
  FROM (
    SELECT record_key, 'person' AS entity, unnest(json_entries(attributes)) AS entry
    FROM silver.persons
    WHERE attributes IS NOT NULL
    UNION ALL
    SELECT record_key, 'account', unnest(json_entries(attributes))
    FROM silver.accounts
    WHERE attributes IS NOT NULL
  )
  WHERE is_custom(entity, entry['key']) OR entry['key'] IN ('segment', 'lifecycle_stage')
),
candidates AS (
  SELECT
    m.customer_key, m.entity, s.attribute, s.value, m.record_key, m.source_role AS role, m.known_at,
    CAST(NULL AS TIMESTAMP) AS verified_at,
    CAST(NULL AS BOOLEAN) AS is_reachable,
    true AS is_valid,
    s.is_whole_name,
    CAST(NULL AS BIGINT) AS address_hash
  FROM stated AS s
  JOIN scratch.members AS m ON m.record_key = s.record_key
  WHERE s.value IS NOT NULL
  UNION ALL
  -- a domain that was read from an account's own e-mail, or is that of the people who work there
  SELECT m.customer_key, m.entity, 'domain', a.domain, m.record_key, 'from_email', m.known_at, NULL, NULL, true, NULL, NULL
  FROM silver.accounts AS a
  JOIN scratch.members AS m ON m.record_key = a.record_key
  WHERE a.website IS NULL AND a.domain IS NOT NULL
  UNION ALL
  SELECT k.customer_key, 'account', 'domain', p.company_domain, p.record_key, 'from_email', p.updated_at, NULL, NULL, true, NULL, NULL
  FROM silver.account_links AS l
  JOIN silver.persons AS p ON p.record_key = l.person_record_key
  JOIN scratch.customers AS k ON k.customer_key = key_hash(l.account_customer_id)
  WHERE p.company_domain IS NOT NULL
  UNION ALL
  SELECT
    p.customer_key, p.entity, p.channel, p.value, p.record_key, p.source_role, p.known_at, p.verified_at,
    r.contact_key IS NOT NULL, true, NULL, NULL
  FROM scratch.contact_points AS p
  LEFT JOIN scratch.reachable AS r ON r.contact_key = p.contact_key
  WHERE p.record_key IS NOT NULL
  UNION ALL
  -- an address may be preferred for its source's role, its kind, or its kind once verified
  SELECT
    customer_key, entity, 'address', value, record_key, unnest([source_role, kind, 'verified_' || kind]), known_at,
    verified_at, NULL, is_complete, NULL, address_hash
  FROM scratch.addresses
  WHERE record_key IS NOT NULL AND verified_at IS NOT NULL
  UNION ALL
  SELECT
    customer_key, entity, 'address', value, record_key, unnest([source_role, kind]), known_at,
    verified_at, NULL, is_complete, NULL, address_hash
  FROM scratch.addresses
  WHERE record_key IS NOT NULL AND verified_at IS NULL
  UNION ALL
  SELECT k.customer_key, k.entity, d.attribute, d.value, NULL, 'derived', NULL, NULL, NULL, true, NULL, NULL
  FROM scratch.derived AS d
  JOIN scratch.customers AS k ON k.customer_key = d.customer_key
  UNION ALL
  -- a steward may write what no record states, where any text will do
  SELECT customer_key, entity, attribute, value, NULL, 'steward', decided_at, NULL, NULL, true, NULL, NULL
  FROM scratch.overrides
  WHERE is_free_text(entity, attribute)
),
-- Counted only where a rule asks for it.
frequencies AS (
  SELECT customer_key, attribute, value, count(DISTINCT record_key) AS frequency
  FROM candidates
  WHERE asks_for('most_frequent')
  GROUP BY customer_key, attribute, value
),
completenesses AS (
  SELECT customer_key, record_key, count(DISTINCT attribute) AS completeness
  FROM candidates
  WHERE asks_for('most_complete')
  GROUP BY customer_key, record_key
)
SELECT
  c.customer_key, c.entity, c.attribute, c.value, c.record_key, c.role, c.address_hash,
  survivorship_key(
    c.entity, c.attribute, c.value, c.role, c.known_at, c.verified_at, f.frequency, r.completeness,
    c.is_reachable, c.is_valid, c.is_whole_name, o.value IS NOT NULL
  ) AS sort_key
FROM candidates AS c
LEFT JOIN frequencies AS f
  ON f.customer_key = c.customer_key AND f.attribute = c.attribute AND f.value = c.value
LEFT JOIN completenesses AS r
  ON r.customer_key = c.customer_key AND r.record_key = c.record_key
LEFT JOIN scratch.overrides AS o
  ON o.customer_key = c.customer_key AND o.attribute = c.attribute AND o.value = c.value
