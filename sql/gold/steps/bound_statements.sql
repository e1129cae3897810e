-- scratch.bound_statements
-- Grain: one row per statement, purpose, channel and contact point that it binds, and how it came to bind it; `may_contact`
-- decides from these.
--
-- A grant beyond what it may grant (another record's contact point, one that the record no longer has, or the record is
-- gone) is passed as expired: it lifts the older denials of its own subject and grants nothing.
WITH own AS (
  SELECT DISTINCT record_key, contact_key FROM scratch.contact_points WHERE record_key IS NOT NULL
),
bound AS (
  SELECT
    contact_key, purpose, channel, source_system, 'contact' AS subject, status, stated_at, expires_at, is_front_desk,
    'contact_point' AS bound_by, CAST(NULL AS DOUBLE) AS probability,
    statement_key, is_confirmed, legal_basis, jurisdiction
  FROM scratch.statements
  WHERE is_contact_reached
  UNION ALL
  SELECT
    bound_key, purpose, channel, source_system, concat(subject, as_whose), status, stated_at,
    CASE WHEN is_own THEN expires_at ELSE to_timestamp_micros(0) END,
    is_front_desk AND is_own,
    bound_by, probability, statement_key, is_confirmed, legal_basis, jurisdiction
  FROM (
    SELECT
      s.*, p.contact_key AS bound_key,
      s.is_record_current AND (s.channel = 'post' OR own.contact_key IS NOT NULL) AS is_own
    FROM scratch.record_statements AS s
    JOIN scratch.customer_points AS p ON p.customer_key = s.customer_key AND p.channel = s.channel
    LEFT JOIN own ON own.record_key = s.record_key AND own.contact_key = p.contact_key
  )
  UNION ALL
  -- What any version of the record had, whether or not the record is still there and whoever has it today: a no does not let
  -- go of an e-mail because the source changed it. What the record has now is bound above.
  SELECT DISTINCT
    p.contact_key, s.purpose, s.channel, s.source_system,
    CASE WHEN s.is_statement_placed THEN concat('contact ', s.contact_key) ELSE CAST(s.owner_key AS TEXT) END,
    s.status, s.stated_at,
    to_timestamp_micros(0), false,
    'former_contact_point', CAST(NULL AS DOUBLE), s.statement_key, s.is_confirmed, s.legal_basis, s.jurisdiction
  FROM scratch.statements AS s
  JOIN silver.contact_points AS p ON p.owner_key = s.owner_key
  JOIN scratch.complete_files AS f ON f.file_key = p.file_key
  JOIN scratch.contact_channels AS c ON c.contact_channel = p.channel AND c.channel = s.channel
  LEFT ANTI JOIN own ON own.record_key = p.owner_key AND own.contact_key = p.contact_key
  WHERE (NOT s.is_statement_placed OR (s.purpose = 'sale' AND s.is_contact_reached))
    AND p.contact_key IS NOT NULL
    -- a grant binds what it names
    AND (s.contact_key IS NULL OR s.status <> 'granted' OR s.is_statement_placed)
)
SELECT
  contact_key, purpose, channel, source_system, subject, bound_by, probability, statement_key, is_front_desk, stated_at,
  counted['status'] AS status,
  counted['expires_at'] AS expires_at,
  counted['unmet'] AS unmet
FROM (
  SELECT
    b.*,
    -- a grant must meet the terms of the jurisdiction that it names, and of those in which the contact point's owners live
    counted_as(
      b.status, b.purpose, b.channel, b.is_confirmed, b.legal_basis, b.stated_at, b.expires_at,
      -- the project's, where neither tells
      concat_ws(',', b.jurisdiction, coalesce(t.jurisdictions, CASE WHEN b.jurisdiction IS NULL THEN consent_jurisdiction('') END))
    ) AS counted
  FROM bound AS b
  LEFT JOIN scratch.contact_terms AS t ON t.contact_key = b.contact_key
)
