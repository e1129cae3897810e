-- audience_phone.csv: whom marketing may call.
-- Grain: one row per customer with a phone number of which marketing by phone is granted.
SELECT
  customer_id, phone, entity, display_name, given_name, family_name, city, region, country, company_name, segment, lifecycle_stage
FROM gold.dim_customer
