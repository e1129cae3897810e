-- scratch.permitted_customers: whom an extract of $purpose by $channel may see, and what it may use of them: the golden contact point, else
-- the one that is primary, was verified last, comes first in the alphabet.
-- Grain: one row per customer.
WITH placed AS (
  SELECT
    customer_id, contact_channel, value,
    row_number() OVER (
      PARTITION BY customer_id, contact_channel
      ORDER BY is_golden DESC, is_primary DESC, verified_at DESC NULLS LAST, value
    ) AS place
  FROM scratch.permitted_points
),
-- all addresses of a customer are one contact point
by_post AS (
  SELECT DISTINCT c.customer_id
  FROM gold.customer_consents AS c
  LEFT ANTI JOIN (
    SELECT customer_id
    FROM gold.customer_consents
    WHERE $is_shared AND purpose = 'sale' AND permission = 'denied'
  ) AS s ON s.customer_id = c.customer_id
  WHERE c.purpose = $purpose AND c.channel = $channel AND c.permission = 'granted' AND c.contact_channel = 'address'
    AND c.customer_id IS NOT NULL
),
permitted AS (
  SELECT customer_id, contact_channel, value FROM placed WHERE place = 1
  UNION ALL
  SELECT customer_id, 'address', NULL FROM by_post
)
SELECT
  customer_id AS permitted_id,
  max(CASE WHEN contact_channel = 'email' THEN value END) AS permitted_email,
  max(CASE WHEN contact_channel = 'phone' THEN value END) AS permitted_phone,
  bool_or(contact_channel = 'address') AS permits_post
FROM permitted
GROUP BY customer_id
