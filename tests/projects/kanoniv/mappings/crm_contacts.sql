-- No company id in this extract: a contact finds its account by e-mail domain or company name.
SELECT crm_contact_id AS source_record_id, first_name AS given_name, last_name AS family_name, email, phone,
       company_name, title AS job_title, lead_source, updated_at
FROM input
