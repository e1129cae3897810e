-- audience_sms.csv: whom marketing may send text messages to.
-- Grain: one row per customer with a number of which marketing by text is granted and that can take one.
SELECT
  customer_id, phone, entity, display_name, given_name, family_name, city, region, country, company_name, segment, lifecycle_stage
FROM gold.dim_customer
