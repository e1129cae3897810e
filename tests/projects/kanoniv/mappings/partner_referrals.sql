-- A referral is something that happened with the lead; the partner is no party here, so it is an interaction, not a
-- relationship.
SELECT referral_id AS source_record_id, partner_lead_id AS person_id, created_at AS occurred_at, 'referral' AS kind,
       referral_type AS channel, notes AS detail, referring_partner
FROM input
