-- gold.change_events
-- Grain: one row per customer and kind of change since the last publication (scratch.published_*: empty before the first).
WITH customers AS (
  SELECT *, false AS is_before FROM gold.dim_customer
  UNION ALL
  SELECT *, true FROM scratch.published_customers
),
-- what an update is: everything but the columns that only say when and by which run
fingerprints AS (
  SELECT is_before, customer_id, entity, key_hash(concat(
    coalesce(display_name, ''), '|', coalesce(given_name, ''), '|', coalesce(family_name, ''), '|',
    coalesce(email, ''), '|', coalesce(phone, ''), '|', coalesce(address_line1, ''), '|', coalesce(address_line2, ''), '|',
    coalesce(city, ''), '|', coalesce(region, ''), '|', coalesce(postcode, ''), '|', coalesce(country, ''), '|',
    coalesce(company_name, ''), '|', coalesce(account_customer_id, ''), '|', coalesce(domain, ''), '|',
    coalesce(segment, ''), '|', coalesce(lifecycle_stage, ''), '|', is_marketing_reachable, '|',
    source_systems, '|', source_record_count
  )) AS fingerprint
  FROM customers
),
described AS (SELECT * FROM fingerprints WHERE NOT is_before),
described_before AS (SELECT * FROM fingerprints WHERE is_before),
-- records that were published under another customer and now have one of their own: an id that nobody had. (An id may have been
-- there without being described, as a prospect's.)
split AS (
  SELECT DISTINCT c.entity, p.customer_id AS old_customer_id, c.customer_id AS new_customer_id
  FROM silver.crosswalk AS c
  JOIN scratch.published_crosswalk AS p ON p.record_key = c.record_key
  LEFT ANTI JOIN (SELECT DISTINCT customer_id FROM scratch.published_crosswalk) AS known ON known.customer_id = c.customer_id
  LEFT SEMI JOIN described AS n ON n.customer_id = c.customer_id
  LEFT SEMI JOIN described_before AS b ON b.customer_id = p.customer_id
  WHERE p.customer_id <> c.customer_id
),
gone AS (
  SELECT b.entity, b.customer_id AS old_customer_id, max(t.customer_id) AS new_customer_id
  FROM described_before AS b
  LEFT ANTI JOIN described AS n ON n.customer_id = b.customer_id
  LEFT JOIN silver.customer_redirects AS r ON r.old_customer_id = b.customer_id AND r.reason = 'merged'
  -- merged into one that is gone since: deleted
  LEFT JOIN described AS t ON t.customer_id = r.new_customer_id
  GROUP BY b.entity, b.customer_id
),
stated AS (
  SELECT customer_id, contact_key, purpose, channel, permission, false AS is_before FROM gold.customer_consents
  UNION ALL
  SELECT customer_id, contact_key, purpose, channel, permission, true FROM scratch.published_consents
),
-- a sum does not mind the order of rows
permissions AS (
  SELECT
    is_before, customer_id,
    sum(key_hash(concat(contact_key, '|', purpose, '|', channel, '|', permission)) % 1000000007) AS fingerprint
  FROM stated
  WHERE customer_id IS NOT NULL
  GROUP BY is_before, customer_id
),
events AS (
  SELECT 'customer.created' AS event_type, n.entity, n.customer_id, CAST(NULL AS TEXT) AS old_customer_id, n.customer_id AS new_customer_id
  FROM described AS n
  LEFT ANTI JOIN described_before AS b ON b.customer_id = n.customer_id
  LEFT ANTI JOIN split AS s ON s.new_customer_id = n.customer_id
  UNION ALL
  SELECT 'customer.updated', n.entity, n.customer_id, NULL AS old_customer_id, NULL AS new_customer_id
  FROM described AS n
  JOIN described_before AS b ON b.customer_id = n.customer_id
  WHERE b.fingerprint <> n.fingerprint
  UNION ALL
  SELECT 'customer.split', s.entity, s.new_customer_id AS customer_id, s.old_customer_id, s.new_customer_id
  FROM split AS s
  UNION ALL
  SELECT 'customer.merged', entity, new_customer_id AS customer_id, old_customer_id, new_customer_id
  FROM gone
  WHERE new_customer_id IS NOT NULL
  UNION ALL
  SELECT 'customer.deleted', entity, old_customer_id AS customer_id, old_customer_id, NULL AS new_customer_id
  FROM gone
  WHERE new_customer_id IS NULL
  UNION ALL
  -- of customers that were there before; what a new one comes with is part of its creation
  SELECT 'customer.consent_changed', n.entity, n.customer_id, NULL AS old_customer_id, NULL AS new_customer_id
  FROM described AS n
  LEFT SEMI JOIN described_before AS b ON b.customer_id = n.customer_id
  LEFT JOIN permissions AS c ON c.customer_id = n.customer_id AND NOT c.is_before
  LEFT JOIN permissions AS cb ON cb.customer_id = n.customer_id AND cb.is_before
  WHERE c.fingerprint IS DISTINCT FROM cb.fingerprint
)
SELECT
  CAST(md5(concat_ws('|', $publication_id, event_type, coalesce(old_customer_id, ''), customer_id)) AS TEXT) AS event_id,
  $publication_id AS publication_id,
  event_type, entity, customer_id, old_customer_id, new_customer_id,
  $as_of AS occurred_at,
  $run_id AS run_id
FROM events
