-- scratch.contact_channels
-- Grain: one row per kind of contact point and channel of consent that reaches it. Post reaches a customer's addresses,
-- which count as one contact point whose key is the customer's.
SELECT column1 AS contact_channel, column2 AS channel
FROM (VALUES
  ('email', 'email'), ('email', 'ads'),
  ('phone', 'phone'), ('phone', 'sms'), ('phone', 'ads'),
  ('address', 'post')
)
