-- gold.change_events
-- Grain: one row per customer and kind of change between two publications (append-only).
CREATE TABLE gold.change_events (
  -- the same for the same change of the same publication, whoever computes it
  event_id TEXT,
  publication_id TEXT,
  -- customer.created, customer.updated, customer.merged, customer.split, customer.deleted, customer.consent_changed
  event_type TEXT,
  entity TEXT,
  -- the customer that the event is about: after a merge the surviving one, after a split the new one
  customer_id TEXT,
  -- merged, split, deleted: the id that was published before
  old_customer_id TEXT,
  new_customer_id TEXT,
  -- the publication's as_of
  occurred_at TIMESTAMP,
  run_id TEXT
);
