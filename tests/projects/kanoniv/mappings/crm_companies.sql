SELECT crm_company_id AS source_record_id, company_name AS legal_name, domain AS website, industry, employee_count,
       created_at AS updated_at
FROM input
