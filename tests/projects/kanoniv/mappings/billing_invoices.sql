-- Amounts are cents. Void invoices stay, with their status.
SELECT invoice_id AS source_record_id, billing_account_id AS person_id, issued_at, paid_at,
       CAST(amount_cents AS DECIMAL(18, 2)) / 100 AS amount, upper(currency) AS currency, status
FROM input
