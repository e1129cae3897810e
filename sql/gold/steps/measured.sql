-- scratch.measured
-- Grain: one row per KPI and group: what is counted, and of how many (null: it is a count). What each KPI means: sql/README.md.
SELECT 'customers' AS kpi, scope, scope_value, CAST(customers AS DOUBLE) AS counted, CAST(NULL AS BIGINT) AS of_all
FROM scratch.measured_customers
UNION ALL
SELECT 'records', scope, scope_value, records, NULL FROM scratch.measured_customers
UNION ALL
SELECT 'largest_customer', scope, scope_value, largest, NULL FROM scratch.measured_customers
UNION ALL
SELECT 'duplicate_rate', scope, scope_value, records - customers, records FROM scratch.measured_customers
UNION ALL
SELECT 'over_merge_rate', scope, scope_value, contradicted, customers FROM scratch.measured_customers
UNION ALL
SELECT 'completeness', scope, scope_value, completeness, customers FROM scratch.measured_customers
UNION ALL
SELECT 'email_known', scope, scope_value, with_email, customers FROM scratch.measured_customers
UNION ALL
SELECT 'phone_known', scope, scope_value, with_phone, customers FROM scratch.measured_customers
UNION ALL
SELECT 'address_known', scope, scope_value, with_address, customers FROM scratch.measured_customers
UNION ALL
SELECT 'consent_coverage', scope, scope_value, asked, customers FROM scratch.measured_customers
UNION ALL
SELECT 'email_reachable', scope, scope_value, email_reachable, customers FROM scratch.measured_customers
UNION ALL
SELECT 'sms_reachable', scope, scope_value, sms_reachable, customers FROM scratch.measured_customers
UNION ALL
SELECT 'marketing_reachable', scope, scope_value, marketing_reachable, customers FROM scratch.measured_customers
UNION ALL
SELECT concat('valid_', channel), 'source_system', source_system, valid, stated FROM scratch.measured_contact_points
UNION ALL
SELECT concat('valid_', channel), 'all', 'all', sum(valid), CAST(sum(stated) AS BIGINT)
FROM scratch.measured_contact_points
GROUP BY channel
UNION ALL
SELECT 'quarantine_rate', 'source_system', i.source_system, sum(i.rows_quarantined), CAST(sum(i.rows_read) AS BIGINT)
FROM bronze.ingested_files AS i
LEFT SEMI JOIN scratch.active_files AS f ON f.file_key = i.file_key
GROUP BY i.source_system
UNION ALL
SELECT 'quarantine_rate', 'all', 'all', sum(i.rows_quarantined), CAST(sum(i.rows_read) AS BIGINT)
FROM bronze.ingested_files AS i
LEFT SEMI JOIN scratch.active_files AS f ON f.file_key = i.file_key
UNION ALL
SELECT 'id_churn', 'entity', b.entity, count(*) - count(n.customer_id), count(*)
FROM scratch.published_customers AS b
LEFT JOIN gold.dim_customer AS n ON n.customer_id = b.customer_id
GROUP BY b.entity
UNION ALL
SELECT 'id_churn', 'all', 'all', count(*) - count(n.customer_id), count(*)
FROM scratch.published_customers AS b
LEFT JOIN gold.dim_customer AS n ON n.customer_id = b.customer_id
UNION ALL
SELECT 'review_backlog', 'entity', entity, count(*), NULL FROM silver.review_queue GROUP BY entity
UNION ALL
SELECT 'review_backlog', 'all', 'all', count(*), NULL FROM silver.review_queue
UNION ALL
SELECT 'facts', 'table', 'fact_orders', count(*), NULL FROM gold.fact_orders
UNION ALL
SELECT 'facts', 'table', 'fact_invoices', count(*), NULL FROM gold.fact_invoices
UNION ALL
SELECT 'facts', 'table', 'fact_subscriptions', count(*), NULL FROM gold.fact_subscriptions
UNION ALL
SELECT 'facts', 'table', 'fact_tickets', count(*), NULL FROM gold.fact_tickets
UNION ALL
SELECT 'facts', 'table', 'fact_interactions', count(*), NULL FROM gold.fact_interactions
