-- crm_upsert.csv: golden customers that are new, other or gone since the file before; crm_id_map.csv has what ids became.
-- Grain: one row per customer.
SELECT
  customer_id, entity, display_name, given_name, family_name, email, phone, address_line1, address_line2, city, region, postcode,
  country, company_name, account_customer_id, segment, lifecycle_stage, tags
FROM gold.dim_customer
