-- What comparisons look at, packed into one column, in their order.
SELECT
  record_key,
  account_evidence(
    name_key,
    domain,
    phones,
    street_key,
    postcode_key,
    city_key,
    country,
    tax_id,
    registration_number,
    duns,
    lei,
    customer_number,
    trading_key,
    CASE WHEN is_own_domain THEN '1' END
  ) AS evidence
FROM scratch.comparable_accounts
