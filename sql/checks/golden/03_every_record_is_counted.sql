-- Invariant 3: every customer has a record, and every record counts once. A record that the crosswalk names but
-- silver.persons or silver.accounts lack (two versions of them were pinned that do not belong together) would be left out.
SELECT c.customer_id, count(*) AS crosswalk_records, max(d.source_record_count) AS golden_records
FROM silver.crosswalk AS c
JOIN gold.dim_customer AS d ON d.customer_id = c.customer_id
GROUP BY c.customer_id
HAVING count(*) <> max(d.source_record_count)
