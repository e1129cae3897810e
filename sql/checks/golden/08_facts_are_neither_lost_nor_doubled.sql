-- Invariant 8: every order, invoice, subscription, ticket and interaction whose newest version is not a deletion is a fact
-- exactly once. Would come about if two versions counted, or an owner were two customers. It is asked here in another
-- way than scratch.fact_owners decides it: where only some versions are deletions, either answer passes.
WITH versions AS (
  SELECT 'orders' AS fact, record_key, is_deleted, file_key FROM silver.orders
  UNION ALL
  SELECT 'invoices', record_key, is_deleted, file_key FROM silver.invoices
  UNION ALL
  SELECT 'subscriptions', record_key, is_deleted, file_key FROM silver.subscriptions
  UNION ALL
  SELECT 'tickets', record_key, is_deleted, file_key FROM silver.tickets
  UNION ALL
  SELECT 'interactions', record_key, is_deleted, file_key FROM silver.interactions
),
expected AS (
  SELECT
    v.fact, v.record_key,
    bool_or(NOT coalesce(v.is_deleted, false)) AS may_be_there,
    -- with no deletion at all it has to be
    bool_and(NOT coalesce(v.is_deleted, false)) AS must_be_there
  FROM versions AS v
  LEFT SEMI JOIN scratch.active_files AS f ON f.file_key = v.file_key
  GROUP BY v.fact, v.record_key
),
facts AS (
  SELECT 'orders' AS fact, record_key FROM gold.fact_orders
  UNION ALL
  SELECT 'invoices', record_key FROM gold.fact_invoices
  UNION ALL
  SELECT 'subscriptions', record_key FROM gold.fact_subscriptions
  UNION ALL
  SELECT 'tickets', record_key FROM gold.fact_tickets
  UNION ALL
  SELECT 'interactions', record_key FROM gold.fact_interactions
),
counted AS (
  SELECT fact, record_key, count(*) AS rows_found FROM facts GROUP BY fact, record_key
)
SELECT coalesce(e.fact, c.fact) AS fact, coalesce(e.record_key, c.record_key) AS record_key, coalesce(c.rows_found, 0) AS rows_found
FROM expected AS e
FULL JOIN counted AS c ON c.fact = e.fact AND c.record_key = e.record_key
WHERE c.rows_found > 1
  OR (c.rows_found IS NOT NULL AND NOT coalesce(e.may_be_there, false))
  OR (c.rows_found IS NULL AND e.must_be_there)
