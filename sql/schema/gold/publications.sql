-- gold.publications
-- Grain: one row per completed golden run (append-only, written last): the versions that belong together. The commit
-- carries the versions of the input tables that were consumed, as app transactions `golden:<table>`.
CREATE TABLE gold.publications (
  -- number of the publication and day of its as_of
  publication_id TEXT,
  sequence BIGINT,
  as_of TIMESTAMP,
  -- JSON: table → Delta version, of every gold table and of the silver tables that extracts read
  table_versions TEXT,
  -- JSON: table → Delta version that was consumed
  input_versions TEXT,
  run_id TEXT
);
