-- suppression_changes.csv: what came to the suppression lists, and left them, since the file before.
-- Grain: one row per channel, denied contact point and customer that has it; by post, the customer.
SELECT DISTINCT channel, contact_channel, contact_value, customer_id, permission AS reason
FROM gold.customer_consents
WHERE purpose = 'marketing' AND permission = 'denied'
