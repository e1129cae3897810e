-- bronze.feed_schemas
-- Grain: one row per column of a file that a feed took in, and per column that the file before it had and this one lacks.
CREATE TABLE bronze.feed_schemas (
  feed TEXT,
  source_system TEXT,
  source_file TEXT,
  -- from 1, in the order of the file; null: the file has no such column
  position BIGINT,
  column_name TEXT,
  -- text, integer, number, boolean, date, timestamp, list, object, none, as the file types it (text in CSV); what all values of a text column look like in the file's first rows: integer, number,
  -- date, boolean, text; null where there are too few to tell
  data_type TEXT,
  looks_like TEXT,
  -- since the feed's file before: new, missing, renamed, retyped; null where nothing changed
  change TEXT,
  -- the name or the type before
  before TEXT,
  previous_file TEXT,
  file_key TEXT,
  ingested_at TIMESTAMP,
  run_id TEXT
);
