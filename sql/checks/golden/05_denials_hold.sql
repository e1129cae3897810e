-- Invariant 5: a denial denies what it names, for its purpose and channel: the contact point; or, where it names only a
-- record, all contact points of the record's customer and all that any version of the record had. It falls to a later grant
-- of the same source about the same, or to a grant with evidence at a front desk that is no older. Would come about by a
-- mistake on the way to gold.customer_consents (a lost join, a channel spelled otherwise); so it is asked of silver.consents.
WITH purposes AS (
  SELECT purpose AS stated, purpose FROM silver.consents WHERE purpose <> 'all'
  UNION
  SELECT 'all', purpose FROM silver.consents WHERE purpose <> 'all'
  UNION
  SELECT 'marketing', 'marketing'
  UNION
  SELECT 'all', 'marketing'
),
stated AS (
  SELECT
    s.source_system, s.owner_key, s.contact_key, p.purpose, c.channel,
    c.contact_channel IS NOT DISTINCT FROM s.contact_channel AS is_reached,
    s.status = 'granted' AS is_grant,
    s.status = 'granted' AND s.source_role = 'front_desk' AND s.evidence <> '' AS is_desk,
    coalesce(s.stated_at, f.extracted_at, to_timestamp_micros(0)) AS stated_at
  FROM silver.consents AS s
  JOIN scratch.complete_files AS f ON f.file_key = s.file_key
  JOIN purposes AS p ON p.stated = s.purpose
  JOIN (
    SELECT channel, channel AS stated, contact_channel FROM scratch.contact_channels
    UNION ALL
    SELECT channel, 'all', contact_channel FROM scratch.contact_channels
  ) AS c ON c.stated = s.channel
  WHERE s.status IN ('denied', 'withdrawn')
    -- a grant of tomorrow is not known yet
    OR (s.status = 'granted' AND coalesce(s.stated_at, f.extracted_at, to_timestamp_micros(0)) <= $as_of)
),
-- of one source about one record, which it names alone (about post it may name an e-mail as well, to say who spoke)
about_records AS (
  SELECT
    source_system, owner_key AS record_key, purpose, channel,
    max(stated_at) FILTER (WHERE NOT is_grant AND contact_key IS NULL) AS denied_at,
    max(stated_at) FILTER (WHERE is_grant) AS granted_at,
    max(stated_at) FILTER (WHERE is_desk) AS desk_at
  FROM stated
  WHERE owner_key IS NOT NULL AND (contact_key IS NULL OR channel = 'post')
  GROUP BY source_system, owner_key, purpose, channel
),
about_contact_points AS (
  SELECT
    source_system, contact_key, purpose, channel,
    max(stated_at) FILTER (WHERE NOT is_grant) AS denied_at,
    max(stated_at) FILTER (WHERE is_grant) AS granted_at,
    max(stated_at) FILTER (WHERE is_desk) AS desk_at
  FROM stated
  WHERE contact_key IS NOT NULL AND is_reached
  GROUP BY source_system, contact_key, purpose, channel
),
denied_records AS (
  SELECT * FROM about_records WHERE denied_at >= coalesce(granted_at, denied_at)
),
denied AS (
  SELECT contact_key, purpose, channel, denied_at
  FROM about_contact_points
  WHERE denied_at >= coalesce(granted_at, denied_at)
  UNION ALL
  SELECT p.contact_key, d.purpose, d.channel, d.denied_at
  FROM denied_records AS d
  JOIN silver.crosswalk AS w ON w.record_key = d.record_key
  JOIN gold.customer_contact_points AS p ON p.customer_id = w.customer_id
  JOIN scratch.contact_channels AS c ON c.contact_channel = p.channel AND c.channel = d.channel
  UNION ALL
  -- what any complete version of the record had
  SELECT p.contact_key, d.purpose, d.channel, d.denied_at
  FROM denied_records AS d
  JOIN silver.contact_points AS p ON p.owner_key = d.record_key
  JOIN scratch.complete_files AS f ON f.file_key = p.file_key
  JOIN scratch.contact_channels AS c ON c.contact_channel = p.channel AND c.channel = d.channel
  WHERE p.contact_key IS NOT NULL
  UNION ALL
  -- a customer's addresses are one contact point, with the customer's key
  SELECT key_hash(w.customer_id), d.purpose, d.channel, d.denied_at
  FROM denied_records AS d
  JOIN silver.crosswalk AS w ON w.record_key = d.record_key
  WHERE d.channel = 'post'
),
current_records AS (
  SELECT record_key, file_key, source_row FROM silver.persons
  UNION ALL
  SELECT record_key, file_key, source_row FROM silver.accounts
),
-- what a front desk granted: the contact point that it named, those that the record has now, a customer's post
lifted AS (
  SELECT contact_key, purpose, channel, max(desk_at) AS granted_at
  FROM (
    SELECT contact_key, purpose, channel, desk_at FROM about_contact_points WHERE desk_at IS NOT NULL
    UNION ALL
    SELECT p.contact_key, d.purpose, d.channel, d.desk_at
    FROM about_records AS d
    JOIN silver.contact_points AS p ON p.owner_key = d.record_key
    JOIN scratch.contact_channels AS c ON c.contact_channel = p.channel AND c.channel = d.channel
    JOIN current_records AS r ON r.record_key = d.record_key
    WHERE d.desk_at IS NOT NULL AND (p.origin = 'feed' OR (p.file_key = r.file_key AND p.source_row = r.source_row))
    UNION ALL
    SELECT key_hash(w.customer_id), d.purpose, d.channel, d.desk_at
    FROM about_records AS d
    JOIN silver.crosswalk AS w ON w.record_key = d.record_key
    WHERE d.desk_at IS NOT NULL AND d.channel = 'post'
    UNION ALL
    SELECT key_hash(p.customer_id), s.purpose, s.channel, s.stated_at
    FROM stated AS s
    JOIN gold.customer_contact_points AS p ON p.contact_key = s.contact_key
    WHERE s.is_desk AND s.channel = 'post'
  )
  GROUP BY contact_key, purpose, channel
)
SELECT DISTINCT d.contact_key, d.purpose, d.channel
FROM denied AS d
LEFT JOIN lifted AS l ON l.contact_key = d.contact_key AND l.purpose = d.purpose AND l.channel = d.channel
LEFT ANTI JOIN gold.customer_consents AS c
  ON c.contact_key = d.contact_key AND c.purpose = d.purpose AND c.channel = d.channel AND c.permission = 'denied'
WHERE coalesce(l.granted_at < d.denied_at, true)
