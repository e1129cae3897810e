SELECT partner_lead_id AS source_record_id, first_name AS given_name, last_name AS family_name, email,
       company AS company_name, partner_name, stage AS lead_stage, submitted_at AS updated_at
FROM input
