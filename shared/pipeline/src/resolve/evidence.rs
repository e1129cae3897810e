//! A record's evidence: what comparisons look at, in one text, so that a join carries one column of it.
//!
//! Its first letter is the entity's; then come, two letters each, the ends of the fields, and then the fields.

use linkage::{Account, Entity, Outline, Person, PreparedAccount, PreparedPerson, Vector, Weights};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// Fields: one for each comparison of the entity, in its order, and behind them one that comparisons look at as well: a
/// person's own company domain, an account's trading name. The last one of an account is for rules alone: `1` where its domain is its own.
pub const PERSON_FIELDS: usize = 16;
pub const ACCOUNT_FIELDS: usize = 14;

/// A field is cut off behind this many bytes: a dozen e-mail addresses. All the ends stay within two digits so.
const LONGEST: usize = 480;

/// Digits of the ends: printable ASCII, from `!` on.
const BASE: usize = 90;
const ZERO: u8 = b'!';

fn fields(entity: Entity) -> usize {
    match entity {
        Entity::Person => PERSON_FIELDS,
        Entity::Account => ACCOUNT_FIELDS,
    }
}

/// Writes evidence; `values` in the order of the fields, `""` when missing.
pub fn pack(entity: Entity, values: &[&str], out: &mut String) {
    out.push(match entity {
        Entity::Person => 'p',
        Entity::Account => 'a',
    });
    let mut end = 0;
    for value in values {
        end += cut(value).len();
        for digit in [end / BASE, end % BASE] {
            out.push(char::from(ZERO + digit as u8));
        }
    }
    for value in values {
        out.push_str(cut(value));
    }
}

fn cut(value: &str) -> &str {
    match value.get(..LONGEST) {
        Some(cut) => cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole),
        None if value.len() > LONGEST => "",
        None => value,
    }
}

/// Where what an organization is called besides stands among its fields.
const TRADING_NAME: usize = 12;

/// May the field of a comparison hold several values, parted by spaces? Only contact points may be several.
pub fn is_list(entity: Entity, at: usize) -> bool {
    let known = entity.comparisons().get(at);
    known.is_some_and(|known| matches!(known.name, "email" | "phone"))
}

fn term(at: usize, value: &str) -> i64 {
    xxh3_64_with_seed(value.as_bytes(), at as u64) as i64
}

/// The fields of packed evidence.
#[derive(Clone, Copy)]
pub struct Evidence<'a> {
    pub entity: Entity,
    ends: &'a [u8],
    text: &'a str,
}

impl<'a> Evidence<'a> {
    /// `None` for what [`pack`] did not write.
    pub fn read(packed: &'a str) -> Option<Evidence<'a>> {
        let entity = match packed.as_bytes().first()? {
            b'p' => Entity::Person,
            b'a' => Entity::Account,
            _ => return None,
        };
        let start = 1 + 2 * fields(entity);
        Some(Evidence {
            entity,
            ends: packed.as_bytes().get(1..start)?,
            text: packed.get(start..)?,
        })
    }

    fn end(&self, field: usize) -> usize {
        match self.ends.get(2 * field..2 * field + 2) {
            Some([high, low]) => {
                usize::from(high.wrapping_sub(ZERO)) * BASE + usize::from(low.wrapping_sub(ZERO))
            }
            _ => 0,
        }
    }

    /// Bytes that [`pack`] wrote.
    pub fn packed_bytes(&self) -> usize {
        let fields = self.ends.len() / 2;
        let text = fields.checked_sub(1).map_or(0, |last| self.end(last));
        1 + self.ends.len() + text
    }

    /// `""` for a field that is missing, or not there.
    pub fn field(&self, field: usize) -> &'a str {
        let start = match field {
            0 => 0,
            _ => self.end(field - 1),
        };
        self.text.get(start..self.end(field)).unwrap_or_default()
    }

    /// Of a record that has none.
    pub fn nothing(entity: Entity) -> Evidence<'a> {
        Evidence {
            entity,
            ends: &[],
            text: "",
        }
    }

    /// Read at once, for a record that is compared with many.
    pub fn record(&self) -> Record<'a> {
        match self.entity {
            Entity::Person => Record::Person(self.person().prepared()),
            Entity::Account => Record::Account(self.account().prepared()),
        }
    }

    pub fn person(&self) -> Person<'a> {
        Person {
            given: self.field(0),
            family: self.field(1),
            middle: self.field(2),
            suffix: self.field(3),
            birth_date: self.field(4).parse().unwrap_or_default(),
            gender: self.field(5),
            email: self.field(6),
            phone: self.field(7),
            street: self.field(8),
            postcode: self.field(9),
            city: self.field(10),
            country: self.field(11),
            company: self.field(12),
            national_id: self.field(13),
            customer_number: self.field(14),
            domain: self.field(15),
        }
    }

    pub fn account(&self) -> Account<'a> {
        Account {
            name: self.field(0),
            domain: self.field(1),
            phone: self.field(2),
            street: self.field(3),
            postcode: self.field(4),
            city: self.field(5),
            country: self.field(6),
            tax_id: self.field(7),
            registration_number: self.field(8),
            duns: self.field(9),
            lei: self.field(10),
            customer_number: self.field(11),
            trading_name: self.field(TRADING_NAME),
        }
    }

    /// Given and family name; the name of an account twice.
    pub fn name(&self) -> (&'a str, &'a str) {
        match self.entity {
            Entity::Person => (self.field(0), self.field(1)),
            Entity::Account => (self.field(0), self.field(0)),
        }
    }

    /// Hashes of (comparison, value) of every value, to count how many records hold it.
    pub fn terms(self) -> impl Iterator<Item = (usize, i64)> + use<'a> {
        let comparisons = 0..self.entity.comparisons().len();
        comparisons.flat_map(move |at| self.terms_of(at).map(move |term| (at, term)))
    }

    /// Those of one comparison: several values of one field are several terms.
    pub fn terms_of(self, at: usize) -> impl Iterator<Item = i64> + use<'a> {
        let parting = if is_list(self.entity, at) { ' ' } else { '\0' };
        let parts = self.field(at).split(parting);
        let known = parts.filter(|part| !part.is_empty());
        known.map(move |part| term(at, part))
    }

    /// Hash of all fields.
    pub fn fingerprint(&self) -> i64 {
        let last = self.ends.len() / 2;
        let text = match last {
            0 => "",
            _ => self.text.get(..self.end(last - 1)).unwrap_or_default(),
        };
        xxh3_64_with_seed(text.as_bytes(), xxh3_64(self.ends)) as i64
    }

    /// Hash of (comparison, all that stands in its field); `None` where nothing does.
    pub fn value(&self, at: usize) -> Option<i64> {
        let field = self.field(at);
        (!field.is_empty()).then(|| term(at, field))
    }

    /// May a comparison find full agreement though the fields are not equal? Of several contact points one may be; and what
    /// an organization is called besides stands in a field of its own.
    pub fn is_several(&self, at: usize) -> bool {
        match self.entity {
            entity if is_list(entity, at) => self.field(at).contains(' '),
            Entity::Account if Some(at) == self.entity.position("name") => {
                !self.field(TRADING_NAME).is_empty()
            }
            _ => false,
        }
    }
}

/// What of a record is compared.
#[expect(
    clippy::large_enum_variant,
    reason = "it lies in the list of a block, where a box would be one more step of every comparison"
)]
#[derive(Clone, Copy)]
pub enum Record<'a> {
    Person(PreparedPerson<'a>),
    Account(PreparedAccount<'a>),
}

impl Record<'_> {
    /// The comparison vector with another record; with one of another entity: nothing in common.
    pub fn compare(&self, other: &Record<'_>) -> Vector {
        match (self, other) {
            (Record::Person(a), Record::Person(b)) => a.compare(b),
            (Record::Account(a), Record::Account(b)) => a.compare(b),
            _ => Vector::default(),
        }
    }

    /// The same, unless the match weight of the two is below `floor`.
    pub fn compare_above(
        &self,
        other: &Record<'_>,
        weights: &Weights,
        outlines: (&Outline, &Outline),
        floor: f64,
    ) -> Option<Vector> {
        match (self, other) {
            (Record::Person(a), Record::Person(b)) => a.compare_above(b, weights, outlines, floor),
            (Record::Account(a), Record::Account(b)) => {
                a.compare_above(b, weights, outlines, floor)
            }
            _ => None,
        }
    }
}

/// The comparison vector of two packed records; of two that do not fit together: nothing in common.
pub fn compare(a: &str, b: &str) -> Vector {
    match (Evidence::read(a), Evidence::read(b)) {
        (Some(a), Some(b)) => a.record().compare(&b.record()),
        _ => Vector::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(entity: Entity, values: &[&str]) -> String {
        let mut out = String::new();
        pack(entity, values, &mut out);
        out
    }

    #[test]
    fn every_field_comes_back() {
        let values: Vec<String> = (0..PERSON_FIELDS).map(|i| "ö".repeat(i * 7)).collect();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let text = packed(Entity::Person, &values);
        let evidence = Evidence::read(&text).unwrap();
        for (field, value) in values.iter().enumerate() {
            assert_eq!(evidence.field(field), *value);
        }
    }

    #[test]
    fn long_fields_are_cut_between_values() {
        let long = "jane@acme.example ".repeat(100);
        let values = [long.as_str(); ACCOUNT_FIELDS];
        let text = packed(Entity::Account, &values);
        let evidence = Evidence::read(&text).unwrap();
        let last = evidence.field(ACCOUNT_FIELDS - 1);
        assert!(last.ends_with("acme.example") && last.len() > 400);
    }

    #[test]
    fn every_comparison_has_its_field() {
        for (entity, fields) in [
            (Entity::Person, PERSON_FIELDS),
            (Entity::Account, ACCOUNT_FIELDS),
        ] {
            assert!(fields > entity.comparisons().len());
            for (at, comparison) in entity.comparisons().iter().enumerate() {
                let mut values = vec![""; fields];
                values[at] = "19880214";
                let text = packed(entity, &values);
                let seen: Vec<(usize, u8)> = compare(&text, &text).levels().collect();
                assert_eq!(seen, [(at, 1)], "{}", comparison.name);
            }
        }
    }

    #[test]
    fn what_was_not_packed_is_no_evidence() {
        for text in ["", "x", "p", "pö!!!!"] {
            assert_eq!(compare(text, text), Vector::default());
        }
    }
}
