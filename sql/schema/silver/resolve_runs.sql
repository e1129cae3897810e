-- silver.resolve_runs
-- Grain: one row per run that published a crosswalk, and entity: under which model and rules, and what became of the ids.
CREATE TABLE silver.resolve_runs (
  run_id TEXT,
  entity TEXT,
  as_of TIMESTAMP,
  -- from when on its crosswalk counts in silver.crosswalk_history: as_of, or just after the run before where as_of is not later
  valid_from TIMESTAMP,
  c360_version TEXT,
  -- hash of the version and of all matching SQL
  rules_id TEXT,
  -- row of silver.match_models
  model_id TEXT,
  records BIGINT,
  customers BIGINT,
  -- records that the crosswalk before had too; of these, such that have another customer_id now, and their share (null: none)
  records_kept BIGINT,
  records_moved BIGINT,
  id_churn DOUBLE,
  -- ids that the crosswalk before did not have; and of those that it had: redirected to another, redirected to nothing,
  -- alive but left by a record
  customers_new BIGINT,
  customers_merged BIGINT,
  customers_deleted BIGINT,
  customers_split BIGINT,
  -- was the model trained in this run? Else it is the one of the run before
  is_trained BOOLEAN,
  -- records that are new, other than in the run before, or gone; all where nothing was kept of it
  records_changed BIGINT,
  -- customers that have, or had, one of them; all of now and before where the model was trained
  customers_touched BIGINT,
  -- pairs of records that were compared; the edges of others were kept
  pairs_compared BIGINT
);
