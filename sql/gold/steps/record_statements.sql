-- scratch.record_statements
-- Grain: one row per statement that speaks of a customer and not of a contact point that its channel reaches, and customer:
-- statements that name only a record, all about post, those that name, say, an e-mail and forbid calls, and those about selling.
WITH unplaced AS (
  SELECT
    statement_key, owner_key, contact_key, purpose, channel, status, source_system, is_confirmed, legal_basis, jurisdiction,
    stated_at,
    is_front_desk AND NOT is_for_contact_only AS is_front_desk,
    CASE WHEN is_for_contact_only THEN to_timestamp_micros(0) ELSE expires_at END AS expires_at,
    CASE
      WHEN owner_key IS NULL OR is_statement_placed THEN concat('contact ', contact_key)
      ELSE CAST(owner_key AS TEXT)
    END AS subject
  FROM (
    -- a grant binds what it names: an e-mail's owner grants no calls; post has no contact point that could be named
    SELECT *, contact_key IS NOT NULL AND channel <> 'post' AND status = 'granted' AS is_for_contact_only
    FROM scratch.statements
    -- nobody is sold by one contact point only: who has it is meant as well
    WHERE NOT is_statement_placed OR (purpose = 'sale' AND is_contact_reached)
  )
  -- a yes to selling that names a contact point takes back the no that named it
  WHERE is_statement_placed OR NOT is_for_contact_only
),
-- A record that was deleted, or never came, is in no customer any more. Its denials still bind the customer that alone
-- has a contact point which the record had.
absent AS (
  SELECT DISTINCT
    u.owner_key AS record_key,
    CASE p.owner_entity WHEN 'account' THEN o.account_key ELSE o.person_key END AS customer_key
  FROM (SELECT DISTINCT owner_key FROM unplaced WHERE owner_key IS NOT NULL) AS u
  LEFT ANTI JOIN scratch.members AS m ON m.record_key = u.owner_key
  JOIN silver.contact_points AS p ON p.owner_key = u.owner_key
  JOIN scratch.complete_files AS f ON f.file_key = p.file_key
  JOIN scratch.contact_owners AS o ON o.contact_key = p.contact_key
)
SELECT
  m.customer_key, m.record_key, true AS is_record_current, 'record' AS bound_by, CAST(NULL AS DOUBLE) AS probability,
  '' AS as_whose, u.*
FROM unplaced AS u
JOIN scratch.members AS m ON m.record_key = u.owner_key
UNION ALL
SELECT a.customer_key, a.record_key, false, 'former_record', NULL, '', u.*
FROM unplaced AS u
JOIN absent AS a ON a.record_key = u.owner_key
WHERE a.customer_key IS NOT NULL
UNION ALL
-- No current record is named, and a contact point that the channel does not reach: a denial is that of everyone who has
-- it, a grant (of post) that of its only owner.
SELECT DISTINCT
  p.customer_key, CAST(NULL AS BIGINT), o.customer_key IS NOT NULL AND o.customer_key = p.customer_key, 'holder', NULL, '', u.*
FROM unplaced AS u
JOIN scratch.contact_points AS p ON p.contact_key = u.contact_key
LEFT JOIN scratch.contact_owners AS o ON o.contact_key = u.contact_key
LEFT ANTI JOIN scratch.members AS m ON m.record_key = u.owner_key
UNION ALL
-- Whoever may be the same as the record that said no must not be written to either. What the record says holds for itself
-- apart from that: a later yes of the same source grants them nothing, and takes back its no.
SELECT l.customer_key, CAST(NULL AS BIGINT), false, 'possible_match', l.probability, ' possible match', u.*
FROM unplaced AS u
JOIN scratch.likely_customers AS l ON l.record_key = u.owner_key
