-- scratch.denial_tags
-- Grain: one row per purpose and channel whose denial has a word of its own in `tags`. Selling has no channel: it is asked of ads, and of
-- post, which are how it would show; who may not be written to by e-mail may still be sold.
SELECT column1 AS purpose, column2 AS channel, column3 AS tag
FROM (VALUES
  ('marketing', 'email', 'DoNotContactEmail'),
  ('marketing', 'sms', 'DoNotContactSms'),
  ('marketing', 'phone', 'DoNotContactPhone'),
  ('marketing', 'post', 'DoNotContactPost'),
  ('marketing', 'ads', 'DoNotTarget'),
  ('sale', 'ads', 'DoNotSell'),
  ('sale', 'post', 'DoNotSell'),
  ('profiling', 'ads', 'DoNotProfile'),
  ('profiling', 'post', 'DoNotProfile')
)
