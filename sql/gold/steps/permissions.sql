-- scratch.permissions
-- Grain: one row per contact point, purpose and channel of which something was stated; of all others nothing is known, and
-- that is not consent.
WITH decided AS (
  SELECT
    contact_key, purpose, channel,
    decision['permission'] AS permission,
    decision['source_system'] AS source_system,
    decision['stated_at'] AS stated_at
  FROM (
    SELECT
      contact_key, purpose, channel,
      may_contact(
        array_agg(named_struct(
          'source', source_system, 'subject', subject, 'status', status,
          'stated_at', stated_at, 'expires_at', expires_at, 'is_front_desk', is_front_desk
        )),
        $as_of
      ) AS decision
    FROM scratch.bound_statements
    GROUP BY contact_key, purpose, channel
  )
),
-- Whoever must not be sold or shared must not be handed to an ad platform either, for whatever purpose.
unsold AS (
  SELECT contact_key, permission, source_system, stated_at
  FROM decided
  WHERE purpose = 'sale' AND channel = 'ads' AND permission = 'denied'
),
purposes AS (
  SELECT purpose FROM decided WHERE purpose <> 'sale'
  UNION
  SELECT 'marketing'
)
SELECT d.contact_key, d.purpose, d.channel, d.permission, d.source_system, d.stated_at, false AS is_unsold
FROM decided AS d
LEFT ANTI JOIN unsold AS u ON u.contact_key = d.contact_key AND d.channel = 'ads' AND d.purpose <> 'sale'
UNION ALL
SELECT u.contact_key, p.purpose, 'ads', u.permission, u.source_system, u.stated_at, true
FROM unsold AS u
CROSS JOIN purposes AS p
