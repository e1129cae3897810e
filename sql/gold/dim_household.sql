-- gold.dim_household
-- Grain: one row per household of at least two current customers.
WITH people AS (
  SELECT h.household_id, h.evidence, d.*
  FROM silver.households AS h
  JOIN gold.dim_customer AS d ON d.customer_id = h.customer_id
),
names AS (
  SELECT
    household_id, family_name,
    row_number() OVER (PARTITION BY household_id ORDER BY count(*) DESC, family_name) AS place
  FROM people
  WHERE family_name IS NOT NULL
  GROUP BY household_id, family_name
),
homes AS (
  SELECT
    household_id, address_line1, address_line2, city, region, postcode, country,
    row_number() OVER (
      PARTITION BY household_id
      ORDER BY count(*) DESC, address_line1, address_line2, city, region, postcode, country
    ) AS place
  FROM people
  WHERE address_line1 IS NOT NULL
  GROUP BY household_id, address_line1, address_line2, city, region, postcode, country
),
ties AS (
  SELECT DISTINCT household_id, unnest(string_to_array(evidence, ',')) AS tie FROM people
),
evidence AS (
  SELECT household_id, string_agg(tie, ',' ORDER BY tie) AS evidence FROM ties GROUP BY household_id
),
sums AS (
  SELECT
    household_id,
    count(*) AS person_count,
    string_agg(customer_id, ',' ORDER BY customer_id) AS person_customer_ids,
    sum(order_count) AS order_count,
    min(first_order_at) AS first_order_at,
    max(last_order_at) AS last_order_at,
    CASE WHEN count(DISTINCT currency) = 1 THEN sum(lifetime_value) END AS lifetime_value,
    CASE WHEN count(DISTINCT currency) = 1 THEN min(currency) END AS currency,
    bool_or(is_marketing_reachable) AS is_marketing_reachable
  FROM people
  GROUP BY household_id
)
SELECT
  s.household_id, n.family_name AS name, s.person_count, s.person_customer_ids, e.evidence, h.address_line1, h.address_line2, h.city,
  h.region, h.postcode, h.country, s.order_count, s.first_order_at, s.last_order_at, s.lifetime_value, s.currency,
  s.is_marketing_reachable, $as_of AS as_of, $run_id AS run_id
FROM sums AS s
LEFT JOIN names AS n ON n.household_id = s.household_id AND n.place = 1
LEFT JOIN homes AS h ON h.household_id = s.household_id AND h.place = 1
LEFT JOIN evidence AS e ON e.household_id = s.household_id
WHERE s.person_count > 1
