-- A billing account is also a subscription; the recurring amount is in cents and US dollars, like the invoices.
SELECT billing_account_id AS source_record_id, billing_account_id AS person_id, plan, status, created_at AS started_at,
       CAST(mrr_cents AS DECIMAL(18, 2)) / 100 AS amount, 'USD' AS currency
FROM input
