-- scratch.person_accounts
-- Grain: one row per person customer that works for an account: the account of its best link (a stated account id, then the
-- e-mail's domain, then the company's name), of these the most recently known.
SELECT customer_key, account_customer_id, record_key, rule
FROM (
  SELECT
    m.customer_key, l.account_customer_id, m.record_key, l.rule,
    row_number() OVER (
      PARTITION BY m.customer_key
      ORDER BY
        CASE l.rule WHEN 'account_id' THEN 1 WHEN 'email_domain' THEN 2 ELSE 3 END,
        m.known_at DESC NULLS LAST, m.source_system, m.source_record_id
    ) AS place
  FROM silver.account_links AS l
  JOIN scratch.members AS m ON m.record_key = l.person_record_key
)
WHERE place = 1
