-- scratch.permitted_points: the e-mail addresses and phones that an extract of $purpose by $channel may use. Where it is shared, what may
-- not be sold is left out, whoever has it.
-- Grain: one row per customer and contact point.
SELECT p.customer_id, p.channel AS contact_channel, p.value, p.contact_key, p.is_golden, p.is_primary, p.verified_at
FROM gold.customer_contact_points AS p
LEFT SEMI JOIN (
  SELECT customer_id, contact_key
  FROM gold.customer_consents
  WHERE purpose = $purpose AND channel = $channel AND permission = 'granted'
) AS g ON g.customer_id = p.customer_id AND g.contact_key = p.contact_key
LEFT ANTI JOIN (
  SELECT contact_key
  FROM gold.customer_consents
  WHERE $is_shared AND purpose = 'sale' AND permission = 'denied'
) AS s ON s.contact_key = p.contact_key
-- a text needs a number that can take one
WHERE $channel <> 'sms' OR p.number_type IN ('mobile', 'fixed_line_or_mobile')
