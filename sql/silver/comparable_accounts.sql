-- What of a current account record takes part in comparisons, null = no evidence.
SELECT
  record_key,
  source_system,
  source_record_id,
  name_key,
  phonetic_key,
  country,
  account.domain,
  -- a domain that only an e-mail gives may be somebody else's: an accountant's, an agency's; and these are typed by those
  -- who have none, or have a page there
  website IS NOT NULL AND (listed.is_own OR account.domain NOT IN (
    'amazon.com', 'company.com', 'domain.com', 'ebay.com', 'etsy.com', 'example.com', 'example.net', 'example.org',
    'facebook.com', 'fb.com', 'google.com', 'instagram.com', 'linkedin.com', 'na.com', 'no.com', 'none.com',
    'nowebsite.com', 'pinterest.com', 'shopify.com', 'squarespace.com', 'test.com', 'tiktok.com', 'twitter.com',
    'unknown.com', 'website.com', 'weebly.com', 'wix.com', 'wordpress.com', 'www.com', 'x.com', 'yelp.com', 'youtube.com'
  )) AS is_own_domain,
  tax_id,
  address_key
FROM silver.accounts AS account
LEFT JOIN scratch.mail_domains AS listed ON listed.domain = account.domain
