-- Invariant 5: no address is in a marketing file and in the suppression file, whoever else has it. Would come about if
-- permission were decided per customer and not per contact point.
SELECT a.customer_id
FROM scratch.audience_email AS a
LEFT SEMI JOIN scratch.suppression_email AS s ON s.email = a.email
