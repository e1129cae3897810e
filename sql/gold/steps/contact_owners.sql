-- scratch.contact_owners
-- Grain: one row per contact point that exactly one person, or exactly one account, has: whom a row means that names its
-- owner by e-mail or phone only. A value shared by several customers identifies none of them.
WITH held AS (
  SELECT
    contact_key,
    min(customer_key) FILTER (WHERE entity = 'person') AS first_person,
    max(customer_key) FILTER (WHERE entity = 'person') AS last_person,
    min(customer_key) FILTER (WHERE entity = 'account') AS first_account,
    max(customer_key) FILTER (WHERE entity = 'account') AS last_account
  FROM scratch.owned_contact_points
  GROUP BY contact_key
)
SELECT contact_key, person_key, account_key, coalesce(person_key, account_key) AS customer_key
FROM (
  SELECT
    contact_key,
    CASE WHEN first_person = last_person THEN first_person END AS person_key,
    CASE WHEN first_account = last_account THEN first_account END AS account_key
  FROM held
)
WHERE person_key IS NOT NULL OR account_key IS NOT NULL
