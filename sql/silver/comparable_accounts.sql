-- What of a current account record takes part in comparisons, null = no evidence.
SELECT
  record_key,
  source_system,
  source_record_id,
  name_key,
  phonetic_key,
  country,
  domain,
  is_own_domain,
  tax_id,
  address_key
FROM silver.accounts
