-- Invariant 5: of all cells of files that contact somebody, none is a contact point that may not be used for that: shipped and declared
-- files alike, whatever the column is called. Would come about if a SELECT found another way to a contact point than what was permitted.
SELECT DISTINCT m.extract, m.column_name
FROM scratch.contacting_cells AS m
LEFT SEMI JOIN gold.customer_contact_points AS p ON p.value = m.cell
LEFT ANTI JOIN gold.customer_consents AS c
  ON c.contact_value = m.cell AND c.purpose = m.purpose AND c.channel = m.channel AND c.permission = 'granted'
UNION ALL
SELECT DISTINCT m.extract, m.column_name
FROM scratch.contacting_cells AS m
LEFT SEMI JOIN gold.customer_consents AS c
  ON c.contact_value = m.cell AND c.purpose = m.purpose AND c.channel = m.channel AND c.permission = 'denied'
