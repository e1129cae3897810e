-- Invariant 8: a fact belongs to a customer_id that there is, or to none: its person to a person, its account to an account.
-- Would come about if facts were computed from another version of the crosswalk than the dimensions, or from links to
-- accounts that were merged since.
WITH facts AS (
  SELECT 'orders' AS fact, customer_id, person_customer_id, account_customer_id FROM gold.fact_orders
  UNION ALL
  SELECT 'invoices', customer_id, person_customer_id, account_customer_id FROM gold.fact_invoices
  UNION ALL
  SELECT 'subscriptions', customer_id, person_customer_id, account_customer_id FROM gold.fact_subscriptions
  UNION ALL
  SELECT 'tickets', customer_id, person_customer_id, account_customer_id FROM gold.fact_tickets
  UNION ALL
  SELECT 'interactions', customer_id, person_customer_id, account_customer_id FROM gold.fact_interactions
),
-- facts are many more than the customers that they name
named AS (
  SELECT DISTINCT fact, customer_id, person_customer_id, account_customer_id FROM facts
),
-- whether or not they count as customers
known AS (
  SELECT DISTINCT entity, customer_id FROM silver.crosswalk
)
SELECT f.fact, 'customer_id' AS named_as, f.customer_id
FROM named AS f
LEFT ANTI JOIN known AS k ON k.customer_id = f.customer_id
WHERE f.customer_id IS NOT NULL
UNION ALL
SELECT f.fact, 'person_customer_id', f.person_customer_id
FROM named AS f
LEFT ANTI JOIN known AS k ON k.entity = 'person' AND k.customer_id = f.person_customer_id
WHERE f.person_customer_id IS NOT NULL
UNION ALL
SELECT f.fact, 'account_customer_id', f.account_customer_id
FROM named AS f
LEFT ANTI JOIN known AS k ON k.entity = 'account' AND k.customer_id = f.account_customer_id
WHERE f.account_customer_id IS NOT NULL
UNION ALL
SELECT fact, 'customer_id that is neither', customer_id
FROM named
WHERE (customer_id IS DISTINCT FROM person_customer_id) AND (customer_id IS DISTINCT FROM account_customer_id)
