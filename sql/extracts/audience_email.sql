-- audience_email.csv: whom marketing may write to.
-- Grain: one row per customer with an e-mail address of which marketing by e-mail is granted: the golden one, else the one
-- that is primary, was verified last, comes first in the alphabet.
SELECT
  customer_id, email, entity, display_name, given_name, family_name, city, region, country, company_name, segment, lifecycle_stage
FROM gold.dim_customer
