-- silver.feed_profiles
-- Grain: one row per file that a feed took in and column that its mapping yields, and one for each value that is read from
-- several columns: (name), (address). Holds no value of anybody: patterns and examples show letters as a, digits as 9.
CREATE TABLE silver.feed_profiles (
  feed TEXT,
  entity TEXT,
  source_system TEXT,
  source_file TEXT,
  column_name TEXT,
  -- rows that the mapping yielded; values that are filled, and of these the valid ones
  row_count BIGINT,
  filled BIGINT,
  valid BIGINT,
  -- estimated (HyperLogLog) beyond a hundred or so; null for (name) and (address)
  distinct_values BIGINT,
  -- JSON: the most frequent patterns with their share of the values, such as [["99999",0.98]]
  patterns TEXT,
  -- JSON: by rule of standardizing, the number of values that it changed or noticed, and an example before and after
  rules TEXT,
  -- day_first, month_first, by_country (no value tells), contradictory; null where no date could be read in two ways
  date_order TEXT,
  -- since the feed's file before: change of the filled and of the valid share, and the share of values with another pattern
  filled_drift DOUBLE,
  valid_drift DOUBLE,
  pattern_drift DOUBLE,
  previous_file TEXT,
  file_key TEXT,
  ingested_at TIMESTAMP,
  run_id TEXT
);
