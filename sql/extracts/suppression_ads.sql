-- suppression_ads.csv: contact points that must not be handed to ad platforms: marketing by ads is denied, or they must not be sold.
-- Grain: one row per denied contact point and customer that has it; customer_id is empty where no current customer does.
SELECT contact_channel, contact_value, customer_id, permission AS reason, source_system, stated_at
FROM gold.customer_consents
WHERE channel = 'ads' AND purpose = 'marketing' AND permission = 'denied'
