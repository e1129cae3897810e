-- gold.kpis
-- Grain: one row per publication, KPI and group that it is told for, from the first publication on.
CREATE TABLE gold.kpis (
  -- see sql/README.md, KPIs
  kpi TEXT,
  -- what the group is one of: all, entity, segment (of [segments]), source_system, table
  scope TEXT,
  -- which one: person, crm …; all where the scope is all
  scope_value TEXT,
  -- a count; or, of a share, 0 to 1, counted / of_all
  value DOUBLE,
  counted DOUBLE,
  -- of how many; null for a count
  of_all BIGINT,
  -- the value in the publication before; null where that had none
  previous_value DOUBLE,
  -- which bound of [[limits]] it passes, such as `below 0.98`; null where none
  breach TEXT,
  -- does such a breach stop a publication? (Of this one, a person has accepted it)
  is_stop BOOLEAN,
  publication_id TEXT,
  as_of TIMESTAMP,
  run_id TEXT
);
