-- suppression_sms.csv: phone numbers that must not be sent text messages.
-- Grain: one row per denied phone number and customer that has it; customer_id is empty where no current customer does.
SELECT contact_value AS phone, customer_id, permission AS reason, source_system, stated_at
FROM gold.customer_consents
WHERE channel = 'sms' AND purpose = 'marketing' AND permission = 'denied'
