-- silver.scored_edges
-- Grain: one row per compared pair of current records (a_record_key < b_record_key) that shares an identity, or whose match weight is not hopeless.
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
  -- what the deterministic rules looked at
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
  -- a conflict that no weight of evidence merges: suffix, country, tax id
  is_guarded BOOLEAN,
  -- the comparison vector: four bits a comparison, in the order of the model's (`linkage::Vector`)
  vector BIGINT,
  -- bits; of an edge that a rule decides at least what merging needs. Stronger auto edges are linked first
  link_weight DOUBLE,
  -- bits, by the model; and its probability
  match_weight DOUBLE,
  match_probability DOUBLE,
  -- row of silver.match_models
  model_id TEXT,
  run_id TEXT
);
