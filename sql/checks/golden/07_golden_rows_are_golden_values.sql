-- Invariant 7: what dim_customer shows is what gold.golden_values can explain. Would come about if a dimension computed a
-- value of its own.
SELECT shown.customer_id, shown.attribute
FROM (
  SELECT customer_id, 'email' AS attribute, email AS value FROM gold.dim_customer WHERE email IS NOT NULL
  UNION ALL
  SELECT customer_id, 'phone', phone FROM gold.dim_customer WHERE phone IS NOT NULL
  UNION ALL
  SELECT customer_id, 'lifecycle_stage', lifecycle_stage FROM gold.dim_customer
  UNION ALL
  SELECT customer_id, 'segment', segment FROM gold.dim_customer
  UNION ALL
  SELECT customer_id, 'name', full_name FROM gold.dim_person WHERE full_name IS NOT NULL
  UNION ALL
  SELECT customer_id, 'legal_name', legal_name FROM gold.dim_account WHERE legal_name IS NOT NULL
) AS shown
LEFT ANTI JOIN gold.golden_values AS v
  ON v.customer_id = shown.customer_id AND v.attribute = shown.attribute AND v.value = shown.value
