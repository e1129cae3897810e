-- Invariant 2: no row of a file stands twice in the table of its feed, or in the quarantine. Violated by an append that was
-- repeated without its app transaction. Only files with more rows than row numbers are looked at row by row: that takes
-- memory, and is no fault yet where a mapping makes several records of one row. They stand first in the joins, which hold
-- their first side in memory.
WITH suspects AS (
  SELECT file_key FROM scratch.quarantined_rows
  GROUP BY file_key HAVING count(*) <> distinct_rows(source_row)
  UNION
  SELECT file_key FROM scratch.standardized_rows WHERE record_key IS NOT NULL
  GROUP BY file_key HAVING count(*) <> distinct_rows(source_row)
)
SELECT quarantined.file_key, quarantined.source_row, count(*) AS rows
FROM suspects
JOIN scratch.quarantined_rows AS quarantined ON quarantined.file_key = suspects.file_key
GROUP BY quarantined.file_key, quarantined.source_row
HAVING count(*) > 1
UNION ALL
SELECT standardized.file_key, standardized.source_row, count(*) AS rows
FROM suspects
JOIN scratch.standardized_rows AS standardized ON standardized.file_key = suspects.file_key
WHERE standardized.record_key IS NOT NULL
GROUP BY standardized.file_key, standardized.source_row, standardized.record_key
HAVING count(*) > 1
