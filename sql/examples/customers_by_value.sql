-- Who are the best customers, and may we write to them?
SELECT customer_id, display_name, country, order_count, lifetime_value, currency, last_order_at, is_email_reachable
FROM gold.dim_customer
WHERE order_count > 0
ORDER BY lifetime_value DESC, customer_id
LIMIT 50
