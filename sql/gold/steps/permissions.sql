-- scratch.permissions
-- Grain: one row per contact point, purpose and channel of which something was stated; of all others nothing is known, and
-- that is not consent.
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
