-- Which account customer a person record works for: by the account id that its source states, else by the domain of its
-- e-mail (free mail excluded), else by the exact clean company name. An account id that no account has decides nothing, and
-- neither does a domain or name that several account customers use: what is not linked for that goes to review
-- (silver/review_queue.sql).
WITH account_customers AS (
  SELECT crosswalk.customer_id, account.record_key, account.domain, account.name_key
  FROM silver.crosswalk AS crosswalk
  JOIN silver.accounts AS account ON account.record_key = crosswalk.record_key
  WHERE crosswalk.entity = 'account'
),
by_domain AS (
  SELECT domain, min(customer_id) AS customer_id
  FROM account_customers
  WHERE domain IS NOT NULL
  GROUP BY domain
  HAVING count(DISTINCT customer_id) = 1
),
by_name AS (
  SELECT name_key, min(customer_id) AS customer_id
  FROM account_customers
  WHERE name_key IS NOT NULL
  GROUP BY name_key
  HAVING count(DISTINCT customer_id) = 1
),
linked AS (
  SELECT
    person.record_key,
    person.source_system,
    person.source_record_id,
    by_id.customer_id AS id_customer,
    by_domain.customer_id AS domain_customer,
    by_name.customer_id AS name_customer
  FROM silver.persons AS person
  LEFT JOIN account_customers AS by_id
    ON by_id.record_key = record_key('account', person.source_system, person.account_id)
  LEFT JOIN by_domain ON by_domain.domain = person.company_domain
  LEFT JOIN by_name ON by_name.name_key = person.company_key
)
SELECT
  record_key AS person_record_key,
  source_system,
  source_record_id,
  coalesce(id_customer, domain_customer, name_customer) AS account_customer_id,
  CASE
    WHEN id_customer IS NOT NULL THEN 'account_id'
    WHEN domain_customer IS NOT NULL THEN 'email_domain'
    ELSE 'company_name'
  END AS rule,
  $run_id AS run_id
FROM linked
WHERE coalesce(id_customer, domain_customer, name_customer) IS NOT NULL
