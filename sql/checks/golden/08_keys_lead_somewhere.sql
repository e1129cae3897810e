-- Invariant 8: what names a customer names one that there is: rows of golden values, segments and households a row of the dimensions, all
-- others a customer_id of the crosswalk. Would come about if tables of one publication were made from different crosswalks.
WITH of_customers AS (
  SELECT 'dim_person' AS in_table, customer_id FROM gold.dim_person
  UNION ALL
  SELECT 'dim_account', customer_id FROM gold.dim_account
  UNION ALL
  SELECT 'golden_values', customer_id FROM gold.golden_values
  UNION ALL
  SELECT 'golden_lineage', customer_id FROM gold.golden_lineage
  UNION ALL
  SELECT 'customer_segments', customer_id FROM gold.customer_segments
  UNION ALL
  SELECT 'customer_relationships', from_customer_id FROM gold.customer_relationships
  UNION ALL
  SELECT 'customer_relationships', to_customer_id FROM gold.customer_relationships
  UNION ALL
  SELECT 'dim_household', unnest(string_to_array(person_customer_ids, ',')) FROM gold.dim_household
  UNION ALL
  SELECT 'dim_customer_history', customer_id FROM gold.dim_customer_history WHERE valid_to IS NULL
),
of_anybody AS (
  SELECT 'customer_contact_points' AS in_table, customer_id FROM gold.customer_contact_points
  UNION ALL
  SELECT 'customer_addresses', customer_id FROM gold.customer_addresses
  UNION ALL
  SELECT 'customer_consents', customer_id FROM gold.customer_consents
  UNION ALL
  SELECT 'customer_preferences', customer_id FROM gold.customer_preferences
  UNION ALL
  SELECT 'customer_firmographics', customer_id FROM gold.customer_firmographics
  UNION ALL
  SELECT 'dim_person.account_customer_id', account_customer_id FROM gold.dim_person
)
SELECT DISTINCT f.in_table, f.customer_id
FROM of_customers AS f
LEFT ANTI JOIN gold.dim_customer AS d ON d.customer_id = f.customer_id
UNION ALL
SELECT DISTINCT f.in_table, f.customer_id
FROM of_anybody AS f
LEFT ANTI JOIN silver.crosswalk AS k ON k.customer_id = f.customer_id
WHERE f.customer_id IS NOT NULL
UNION ALL
-- and everybody has one row of today in the history
SELECT 'dim_customer_history', d.customer_id
FROM gold.dim_customer AS d
LEFT JOIN (
  SELECT customer_id, count(*) AS open_rows FROM gold.dim_customer_history WHERE valid_to IS NULL GROUP BY customer_id
) AS h ON h.customer_id = d.customer_id
WHERE h.open_rows IS DISTINCT FROM 1
