-- ads_google.csv, ads_meta.csv: seed of an audience for an ad platform, hashed as it matches people.
-- Grain: one row per person with an e-mail address or phone that marketing by ads may use, and that may be sold or shared.
SELECT customer_id, email, phone, given_name, family_name, city, region, postcode, country
FROM gold.dim_customer
WHERE entity = 'person'
