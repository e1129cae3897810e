//! Rows written as people read them: `person crm 1; given_name=Jane; email=jane@acme.example`.

use std::collections::BTreeMap;

const ADDRESS: [&str; 6] = [
    "address_line1",
    "address_line2",
    "city",
    "region",
    "postcode",
    "country",
];

/// The columns that the tests' mappings pass through, by entity.
pub fn columns(entity: &str) -> Vec<&'static str> {
    let own: &[&str] = match entity {
        "person" => &[
            "source_record_id",
            "full_name",
            "given_name",
            "middle_name",
            "family_name",
            "name_suffix",
            "birth_date",
            "gender",
            "email",
            "phone",
            "customer_number",
            "tax_id",
            "account_id",
            "company_name",
            "updated_at",
            "is_deleted",
            "verified_at",
        ],
        "account" => &[
            "source_record_id",
            "legal_name",
            "trading_name",
            "tax_id",
            "duns",
            "lei",
            "website",
            "email",
            "phone",
            "industry",
            "customer_number",
            "parent_id",
            "parent_duns",
            "parent_lei",
            "updated_at",
            "is_deleted",
        ],
        "relationship" => &["from_id", "to_id", "kind", "role", "valid_from", "valid_to"],
        "contact_point" => &[
            "person_id",
            "account_id",
            "kind",
            "channel",
            "value",
            "is_primary",
            "verified_at",
        ],
        "address" => &["person_id", "account_id", "kind", "is_primary"],
        "consent" => &[
            "person_id",
            "account_id",
            "email",
            "phone",
            "purpose",
            "channel",
            "status",
            "stated_at",
            "evidence",
            "legal_basis",
            "expires_at",
            "jurisdiction",
        ],
        "order" => &[
            "source_record_id",
            "person_id",
            "account_id",
            "email",
            "phone",
            "ordered_at",
            "amount",
            "currency",
            "status",
            "updated_at",
            "is_deleted",
        ],
        "interaction" => &[
            "source_record_id",
            "person_id",
            "account_id",
            "email",
            "phone",
            "occurred_at",
            "kind",
            "channel",
            "detail",
        ],
        other => panic!("the tests have no columns for entity {other}"),
    };
    let mut all = own.to_vec();
    if matches!(entity, "person" | "account" | "address") {
        all.extend(ADDRESS);
    }
    all
}

/// The CSV files of some lines, by (source, entity).
pub fn to_csv(lines: &[&str]) -> BTreeMap<(String, String), String> {
    let mut files: BTreeMap<(String, String), csv::Writer<Vec<u8>>> = BTreeMap::new();
    for line in lines {
        let mut parts = line.split(';').map(str::trim);
        let mut head = parts.next().unwrap().split_whitespace();
        let (entity, source) = (head.next().unwrap(), head.next().unwrap());
        let names = columns(entity);
        let mut cells = vec![String::new(); names.len()];
        if let Some(id) = head.next() {
            cells[0] = id.to_owned();
        }
        for part in parts.filter(|part| !part.is_empty()) {
            let (name, value) = part
                .split_once('=')
                .unwrap_or_else(|| panic!("no = in {part:?}"));
            let at = names.iter().position(|known| *known == name);
            cells[at.unwrap_or_else(|| panic!("{entity} has no column {name}"))] = value.to_owned();
        }
        let file = files
            .entry((source.to_owned(), entity.to_owned()))
            .or_insert_with(|| {
                let mut file = csv::Writer::from_writer(Vec::new());
                file.write_record(&names).unwrap();
                file
            });
        file.write_record(&cells).unwrap();
    }
    files
        .into_iter()
        .map(|(key, file)| (key, String::from_utf8(file.into_inner().unwrap()).unwrap()))
        .collect()
}

/// The name of one of 120 people who are not alike, as it stands in a line.
pub fn stranger(number: usize) -> String {
    const GIVEN: [&str; 12] = [
        "Anja", "Boris", "Chidi", "Dolores", "Egon", "Fatima", "Gustav", "Hiroko", "Ingrid",
        "Jorge", "Kwame", "Ludmila",
    ];
    const FAMILY: [&str; 10] = [
        "Abernathy",
        "Bjornstad",
        "Castellanos",
        "Dimitrov",
        "Ekwueme",
        "Fitzgerald",
        "Grunwald",
        "Hashimoto",
        "Iglesias",
        "Jankowski",
    ];
    let (given, family) = (GIVEN[number % 12], FAMILY[number / 12 % 10]);
    format!("given_name={given}; family_name={family}")
}
