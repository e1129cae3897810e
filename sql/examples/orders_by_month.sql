-- Orders and revenue by month, with how many of them lead to a customer.
SELECT date_trunc('month', ordered_at) AS month, currency, count(*) AS orders, count(customer_id) AS of_known_customers,
  count(DISTINCT customer_id) AS customers, round(sum(amount), 2) AS amount
FROM gold.fact_orders
GROUP BY date_trunc('month', ordered_at), currency
ORDER BY month, currency
