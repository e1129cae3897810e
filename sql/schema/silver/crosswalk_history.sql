-- silver.crosswalk_history
-- Grain: one row per (entity, source_system, source_record_id, valid_from): which customer a record belonged to from when to when
-- (SCD2). A time T is in valid_from <= T < valid_to. The open rows are silver.crosswalk.
CREATE TABLE silver.crosswalk_history (
  entity TEXT,
  source_system TEXT,
  source_record_id TEXT,
  customer_id TEXT,
  record_key BIGINT,
  -- as silver.resolve_runs has it of the run that opened the row
  valid_from TIMESTAMP,
  -- null: now
  valid_to TIMESTAMP,
  -- the run that opened the row; its row in silver.resolve_runs says under which model and rules
  run_id TEXT,
  -- merged: customer_id was redirected to the customer that the record has from then on; split: the record left it for another;
  -- departed: the record is current no more
  closed_as TEXT,
  -- the run that closed it
  closed_by TEXT
);
