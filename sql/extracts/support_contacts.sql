-- support_contacts.csv: who calls or writes: every contact point, with what support should know at once. Not for campaigns.
-- Grain: one row per customer and contact point.
SELECT
  p.channel, p.value, p.customer_id, d.display_name, d.company_name, d.lifecycle_stage, d.open_ticket_count, d.order_count,
  d.last_order_at, p.is_golden, p.tags
FROM gold.customer_contact_points AS p
JOIN gold.dim_customer AS d ON d.customer_id = p.customer_id
