-- Invariant 5: a denial that names a contact point denies it, unless the same source, or a front desk, granted later. Asked
-- of silver.consents directly, so that a mistake on the way to gold.customer_consents (a lost join, a channel spelled
-- otherwise) is seen. Two rows of one source may grant and deny at one instant: then the denial counts.
WITH stated AS (
  SELECT
    s.contact_key, s.source_system, s.contact_channel, s.purpose, s.channel,
    s.status IN ('denied', 'withdrawn') AS is_denial,
    coalesce(s.stated_at, f.extracted_at, to_timestamp_micros(0)) AS stated_at
  FROM silver.consents AS s
  JOIN scratch.complete_files AS f ON f.file_key = s.file_key
  WHERE s.contact_key IS NOT NULL AND s.status IN ('denied', 'withdrawn', 'granted')
),
denied AS (
  SELECT DISTINCT d.contact_key, c.channel
  FROM stated AS d
  JOIN scratch.contact_channels AS c
    ON c.contact_channel = d.contact_channel AND (d.channel = c.channel OR d.channel = 'all')
  LEFT ANTI JOIN stated AS g
    ON g.contact_key = d.contact_key AND g.source_system = d.source_system AND NOT g.is_denial AND g.stated_at > d.stated_at
  LEFT ANTI JOIN (SELECT DISTINCT contact_key FROM scratch.bound_statements WHERE is_front_desk) AS desk
    ON desk.contact_key = d.contact_key
  WHERE d.is_denial AND d.purpose IN ('marketing', 'all')
)
SELECT d.contact_key, d.channel
FROM denied AS d
LEFT ANTI JOIN gold.customer_consents AS c
  ON c.contact_key = d.contact_key AND c.channel = d.channel AND c.purpose = 'marketing' AND c.permission = 'denied'
