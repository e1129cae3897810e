-- `billing_address` is a whole address in one line ("7548 Center St, San Diego, CA 92101"); c360 takes it apart.
SELECT billing_account_id AS source_record_id, account_name AS full_name, email, company_name,
       billing_address AS address_line1, payment_method, created_at AS updated_at
FROM input
