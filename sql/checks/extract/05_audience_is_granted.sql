-- Invariant 5: no contact point without granted consent is in a marketing file. Would come about if the audience's SELECT
-- fell back to another address of the customer, or forgot purpose or channel.
SELECT a.customer_id
FROM scratch.audience_email AS a
LEFT ANTI JOIN (
  SELECT contact_value, customer_id
  FROM gold.customer_consents
  WHERE purpose = 'marketing' AND channel = 'email' AND permission = 'granted'
) AS g ON g.contact_value = a.email AND g.customer_id = a.customer_id
