-- What of a current account record takes part in comparisons, null = no evidence.
WITH points AS (
  SELECT record_key, array_to_string(array_sort(array_agg(match_value)), ' ') AS phones
  FROM scratch.match_points
  WHERE entity = 'account' AND channel = 'phone'
  GROUP BY record_key
)
SELECT
  account.record_key,
  account.source_system,
  account.source_record_id,
  account.name_key,
  account.phonetic_key,
  account.country,
  account.domain,
  account.is_own_domain,
  account.tax_id,
  account.address_key,
  company_key(account.trading_name) AS trading_key,
  sorted_words(account.name_key) AS sorted_name_key,
  longest_word(account.name_key) AS longest_word,
  points.phones,
  nullif(split_part(account.address_key, '|', 1), '') AS street_key,
  postcode_form(account.postcode) AS postcode_key,
  folded(account.city) AS city_key,
  account.registration_number,
  account.duns,
  account.lei,
  account.customer_number
FROM silver.accounts AS account
LEFT JOIN points ON points.record_key = account.record_key
