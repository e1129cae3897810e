-- audience_post.csv: whom marketing may write letters to.
-- Grain: one row per customer with a golden address and of whom marketing by post is granted.
SELECT
  customer_id, entity, display_name, given_name, family_name, company_name, address_line1, address_line2, city, region, postcode,
  country, segment, lifecycle_stage
FROM gold.dim_customer
WHERE address_line1 IS NOT NULL
