-- suppression_email.csv: e-mail addresses that must not be written to by e-mail.
-- Grain: one row per denied e-mail address and customer that has it; customer_id is empty where no current customer does.
SELECT contact_value AS email, customer_id, permission AS reason, source_system, stated_at
FROM gold.customer_consents
WHERE channel = 'email' AND purpose = 'marketing' AND permission = 'denied'
