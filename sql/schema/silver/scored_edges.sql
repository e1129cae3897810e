-- silver.scored_edges
-- Grain: one row per compared pair of current records (a_record_key < b_record_key) that shares an identity or is a candidate.
CREATE TABLE silver.scored_edges (
  entity TEXT,
  a_record_key BIGINT,
  b_record_key BIGINT,
  a_source_system TEXT,
  a_source_record_id TEXT,
  b_source_system TEXT,
  b_source_record_id TEXT,
  -- the blocking rules that brought the pair, comma-separated: email,phone …
  match_keys TEXT,
  -- of match_keys, those whose value is shared by too many names to identify anybody
  shared_keys TEXT,
  -- the comparison vector
  name_level TEXT,
  name_similarity DOUBLE,
  birth_date_level TEXT,
  suffix_level TEXT,
  country_level TEXT,
  company_level TEXT,
  address_similarity DOUBLE,
  -- auto, review or distinct, and why in words
  decision TEXT,
  reason TEXT,
  -- order in which auto edges are linked: stronger first
  strength BIGINT,
  run_id TEXT
);
