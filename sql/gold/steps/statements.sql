-- scratch.statements
-- Grain: one row per consent statement, contact point that it names, purpose and channel ("all" is spelled out).
WITH stated_purposes AS (
  SELECT DISTINCT purpose FROM silver.consents WHERE purpose <> 'all'
  UNION
  SELECT column1 FROM (VALUES ('marketing'), ('service'), ('profiling'), ('sale'))
),
purposes AS (
  SELECT purpose AS stated, purpose FROM stated_purposes
  UNION ALL
  SELECT 'all', purpose FROM stated_purposes
),
channels AS (
  SELECT DISTINCT channel AS stated, channel FROM scratch.contact_channels
  UNION ALL
  SELECT DISTINCT 'all', channel FROM scratch.contact_channels
),
spelled_out AS (
  SELECT
    s.statement_key, s.owner_entity, s.owner_key, s.contact_channel, s.contact_key, s.contact_value,
    p.purpose, c.channel, s.status, s.source_system, s.is_confirmed, s.legal_basis,
    consent_jurisdiction(s.jurisdiction) AS jurisdiction,
    -- A statement without a time was true when its file was extracted; a denial at the latest when it came: a "no" whose
    -- date is lost must not lose to an older "yes".
    coalesce(
      s.stated_at,
      f.extracted_at,
      CASE WHEN s.status IN ('denied', 'withdrawn') THEN s.ingested_at END
    ) AS stated_at,
    -- A grant lasts as long as its source states it: one that the newest full extract lacks has expired. It has still
    -- lifted the denials before it, as any expired grant has.
    CASE WHEN a.file_key IS NULL THEN to_timestamp_micros(0) ELSE s.expires_at END AS expires_at,
    coalesce(s.source_role = 'front_desk' AND s.evidence <> '', false) AS is_front_desk,
    fit.channel IS NOT NULL AS is_contact_reached
  FROM silver.consents AS s
  JOIN scratch.complete_files AS f ON f.file_key = s.file_key
  LEFT JOIN scratch.active_files AS a ON a.file_key = s.file_key
  JOIN purposes AS p ON p.stated = s.purpose
  JOIN channels AS c ON c.stated = s.channel
  LEFT JOIN scratch.contact_channels AS fit
    ON fit.contact_channel = s.contact_channel AND fit.channel = c.channel AND s.contact_key IS NOT NULL
)
SELECT
  *,
  -- A statement about SMS that names an e-mail and a phone is about the phone; the e-mail only says who spoke.
  bool_or(is_contact_reached) OVER (PARTITION BY statement_key, purpose, channel) AS is_statement_placed
FROM spelled_out
