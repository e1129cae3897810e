-- Invariant 5: a denial denies what it names, for its purpose and channel.
--   It names a contact point that the channel reaches (an e-mail for e-mail and ads, a phone for calls, SMS and ads): that
--   contact point, whoever has it.
--   It names none that the channel reaches (only a record; or an e-mail, and forbids calls; all about post): everything by
--   which the channel reaches a customer: the record's; else, where the record is gone or none is named, that of whoever has
--   the contact point that it names, or alone has one that the record had. And all that any version of the record had.
-- It falls to a later grant of the same source about the same, or to a grant with evidence at a front desk that is no older.
-- Would come about by a mistake on the way to gold.customer_consents (a lost join, a channel spelled otherwise); so it is
-- asked of silver.consents.
WITH reaches AS (
  SELECT column1 AS contact_channel, column2 AS channel
  FROM (VALUES
    ('email', 'email'), ('email', 'ads'), ('phone', 'phone'), ('phone', 'sms'), ('phone', 'ads'), ('address', 'post')
  )
),
meant_channels AS (
  SELECT DISTINCT channel AS stated, channel FROM reaches
  UNION ALL
  SELECT DISTINCT 'all', channel FROM reaches
),
meant_purposes AS (
  SELECT purpose AS stated, purpose FROM silver.consents WHERE purpose <> 'all'
  UNION
  SELECT 'all', purpose FROM silver.consents WHERE purpose <> 'all'
  UNION
  SELECT 'marketing', 'marketing'
  UNION
  SELECT 'all', 'marketing'
),
said AS (
  SELECT
    s.statement_key, s.source_system, s.owner_key, s.contact_key, p.purpose, c.channel,
    r.channel IS NOT NULL AS is_reached,
    s.status = 'granted' AS is_grant,
    coalesce(s.status = 'granted' AND s.source_role = 'front_desk' AND s.evidence <> '', false) AS is_desk,
    -- a "no" whose date is lost was said when it came, at the latest
    coalesce(
      s.stated_at, f.extracted_at, CASE WHEN s.status <> 'granted' THEN s.ingested_at END, to_timestamp_micros(0)
    ) AS stated_at
  FROM silver.consents AS s
  JOIN scratch.complete_files AS f ON f.file_key = s.file_key
  JOIN meant_purposes AS p ON p.stated = s.purpose
  JOIN meant_channels AS c ON c.stated = s.channel
  LEFT JOIN reaches AS r ON r.contact_channel = s.contact_channel AND r.channel = c.channel
  WHERE s.status IN ('denied', 'withdrawn')
    -- a grant of tomorrow is not known yet
    OR (s.status = 'granted' AND coalesce(s.stated_at, f.extracted_at, to_timestamp_micros(0)) <= $as_of)
),
-- one statement about SMS may name an e-mail and a phone: then it is about the phone
placed AS (
  SELECT *, bool_or(is_reached) OVER (PARTITION BY statement_key, purpose, channel) AS is_placed FROM said
),
-- what a statement is about: a later grant about the same replaces a denial
about AS (
  SELECT
    CASE WHEN is_reached THEN 'contact point' WHEN owner_key IS NOT NULL THEN 'record' ELSE 'holder' END AS subject,
    CASE WHEN is_reached OR owner_key IS NULL THEN contact_key ELSE owner_key END AS subject_key,
    source_system, owner_key, contact_key, purpose, channel, is_grant, is_desk, stated_at
  FROM placed
  WHERE (is_reached OR NOT is_placed)
    -- an e-mail's owner grants no calls; about post an e-mail may say who spoke
    AND NOT (is_grant AND NOT is_reached AND contact_key IS NOT NULL AND channel <> 'post')
),
granted AS (
  SELECT subject, subject_key, source_system, purpose, channel, max(stated_at) AS granted_at
  FROM about
  WHERE is_grant
  GROUP BY subject, subject_key, source_system, purpose, channel
),
said_no AS (
  SELECT subject, subject_key, source_system, owner_key, contact_key, purpose, channel, max(stated_at) AS denied_at
  FROM about
  WHERE NOT is_grant
  GROUP BY subject, subject_key, source_system, owner_key, contact_key, purpose, channel
),
standing AS (
  SELECT n.*
  FROM said_no AS n
  LEFT JOIN granted AS g
    ON g.subject = n.subject AND g.subject_key = n.subject_key AND g.source_system = n.source_system
    AND g.purpose = n.purpose AND g.channel = n.channel
  WHERE coalesce(n.denied_at >= g.granted_at, true)
),
-- what a record has or had
had AS (
  SELECT DISTINCT p.owner_key AS record_key, p.owner_entity AS entity, p.contact_key, p.channel AS contact_channel
  FROM silver.contact_points AS p
  JOIN scratch.complete_files AS f ON f.file_key = p.file_key
  WHERE p.contact_key IS NOT NULL AND p.owner_key IS NOT NULL
),
current_records AS (
  SELECT record_key, file_key, source_row FROM silver.persons
  UNION ALL
  SELECT record_key, file_key, source_row FROM silver.accounts
),
-- what current records have now
has AS (
  SELECT DISTINCT w.entity, w.customer_id, w.record_key, p.contact_key, p.channel AS contact_channel
  FROM silver.contact_points AS p
  JOIN current_records AS r ON r.record_key = p.owner_key
  JOIN silver.crosswalk AS w ON w.record_key = p.owner_key
  LEFT JOIN scratch.active_files AS f ON f.file_key = p.file_key
  WHERE p.contact_key IS NOT NULL
    AND CASE p.origin
      WHEN 'feed' THEN f.file_key IS NOT NULL
      ELSE p.file_key = r.file_key AND p.source_row = r.source_row
    END
),
sole_holders AS (
  SELECT entity, contact_key, min(customer_id) AS customer_id
  FROM has
  GROUP BY entity, contact_key
  HAVING count(DISTINCT customer_id) = 1
),
-- whom a denial means that names no contact point which its channel reaches
meant_customers AS (
  SELECT w.customer_id, n.purpose, n.channel, n.denied_at
  FROM standing AS n
  JOIN silver.crosswalk AS w ON w.record_key = n.owner_key
  WHERE n.subject = 'record'
  UNION ALL
  SELECT p.customer_id, n.purpose, n.channel, n.denied_at
  FROM standing AS n
  LEFT ANTI JOIN silver.crosswalk AS w ON w.record_key = n.owner_key
  JOIN gold.customer_contact_points AS p ON p.contact_key = n.contact_key
  WHERE n.subject IN ('record', 'holder')
  UNION ALL
  SELECT o.customer_id, n.purpose, n.channel, n.denied_at
  FROM standing AS n
  LEFT ANTI JOIN silver.crosswalk AS w ON w.record_key = n.owner_key
  JOIN had ON had.record_key = n.owner_key
  JOIN sole_holders AS o ON o.contact_key = had.contact_key AND o.entity = had.entity
  WHERE n.subject = 'record'
),
denied AS (
  SELECT contact_key, purpose, channel, denied_at FROM standing WHERE subject = 'contact point'
  UNION ALL
  SELECT p.contact_key, m.purpose, m.channel, m.denied_at
  FROM meant_customers AS m
  JOIN gold.customer_contact_points AS p ON p.customer_id = m.customer_id
  JOIN reaches AS r ON r.contact_channel = p.channel AND r.channel = m.channel
  UNION ALL
  -- a customer's addresses are one contact point, with the customer's key
  SELECT key_hash(customer_id), purpose, channel, denied_at FROM meant_customers WHERE channel = 'post'
  UNION ALL
  SELECT had.contact_key, n.purpose, n.channel, n.denied_at
  FROM standing AS n
  JOIN had ON had.record_key = n.owner_key
  JOIN reaches AS r ON r.contact_channel = had.contact_channel AND r.channel = n.channel
  WHERE n.subject = 'record'
),
desk AS (
  SELECT subject, owner_key, contact_key, purpose, channel, max(stated_at) AS granted_at
  FROM about
  WHERE is_desk
  GROUP BY subject, owner_key, contact_key, purpose, channel
),
-- what a front desk granted: the contact point that it named, those that the record has now, the post of a customer who
-- alone has what it named
lifted AS (
  SELECT contact_key, purpose, channel, max(granted_at) AS granted_at
  FROM (
    SELECT contact_key, purpose, channel, granted_at FROM desk WHERE subject = 'contact point'
    UNION ALL
    SELECT has.contact_key, d.purpose, d.channel, d.granted_at
    FROM desk AS d
    JOIN has ON has.record_key = d.owner_key
    JOIN reaches AS r ON r.contact_channel = has.contact_channel AND r.channel = d.channel
    WHERE d.subject = 'record'
    UNION ALL
    SELECT key_hash(w.customer_id), d.purpose, d.channel, d.granted_at
    FROM desk AS d
    JOIN silver.crosswalk AS w ON w.record_key = d.owner_key
    WHERE d.subject = 'record' AND d.channel = 'post'
    UNION ALL
    SELECT key_hash(o.customer_id), d.purpose, d.channel, d.granted_at
    FROM desk AS d
    JOIN sole_holders AS o ON o.contact_key = d.contact_key
    WHERE d.subject IN ('record', 'holder') AND d.channel = 'post'
  )
  GROUP BY contact_key, purpose, channel
)
SELECT DISTINCT d.contact_key, d.purpose, d.channel
FROM denied AS d
LEFT JOIN lifted AS l ON l.contact_key = d.contact_key AND l.purpose = d.purpose AND l.channel = d.channel
LEFT ANTI JOIN gold.customer_consents AS c
  ON c.contact_key = d.contact_key AND c.purpose = d.purpose AND c.channel = d.channel AND c.permission = 'denied'
WHERE coalesce(l.granted_at < d.denied_at, true)
