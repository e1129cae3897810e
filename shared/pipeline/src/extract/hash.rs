//! Contact data as ad platforms match by it: normalized, then SHA-256 in lower-case hexadecimal.
//!
//! Source: Google, *Customer Match: prepare user data* (and *Enhanced conversions* for dots in Gmail addresses); Meta, *Customer
//! Information Parameters* of the Conversions API.

use crate::project::Platform;
use arrow::array::{Array, ArrayRef, AsArray, StringBuilder};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use datafusion::common::DataFusionError;
use datafusion::logical_expr::{ColumnarValue, ScalarUDF, Volatility, create_udf};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// What a column is to a platform.
pub(super) fn kind_of(platform: Platform, column: &str) -> Kind {
    const HASHED: [&str; 4] = ["email", "phone", "given_name", "family_name"];
    const PLACES: [&str; 4] = ["city", "region", "postcode", "country"];
    // Whatever else tells who it is stays here.
    const HIDDEN: [&str; 11] = [
        "full_name",
        "display_name",
        "middle_name",
        "name_suffix",
        "birth_date",
        "address_line1",
        "address_line2",
        "customer_number",
        "attributes",
        "website",
        "domain",
    ];
    match (platform, column) {
        (_, column) if HASHED.contains(&column) => Kind::Hashed,
        (Platform::Meta, column) if PLACES.contains(&column) => Kind::Hashed,
        (_, column) if HIDDEN.contains(&column) => Kind::Hidden,
        _ => Kind::Plain,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Hashed,
    Hidden,
}

/// `hash_for_ads(kind, value)` → the hash of a value of a kind: `email`, `phone`, `given_name` …; null where nothing is left of it.
pub(super) fn function(platform: Platform) -> ScalarUDF {
    let implementation = move |arguments: &[ColumnarValue]| {
        let arrays = ColumnarValue::values_to_arrays(arguments)?;
        let texts: Vec<ArrayRef> = arrays
            .iter()
            .map(|array| cast(array, &DataType::Utf8))
            .collect::<Result<_, _>>()?;
        let [kinds, values] = texts.as_slice() else {
            return Err(DataFusionError::Execution("an argument is missing".into()));
        };
        let pairs = kinds
            .as_string::<i32>()
            .iter()
            .zip(values.as_string::<i32>());
        let mut hashes = StringBuilder::with_capacity(values.len(), values.len() * 64);
        for (kind, value) in pairs {
            let both = kind.zip(value);
            hashes.append_option(both.and_then(|(kind, value)| hashed(platform, kind, value)));
        }
        Ok(ColumnarValue::Array(Arc::new(hashes.finish())))
    };
    let arguments = vec![DataType::Utf8; 2];
    create_udf(
        "hash_for_ads",
        arguments,
        DataType::Utf8,
        Volatility::Immutable,
        Arc::new(implementation),
    )
}

fn hashed(platform: Platform, kind: &str, value: &str) -> Option<String> {
    let text = normalized(platform, kind, value);
    (!text.is_empty()).then(|| format!("{:x}", Sha256::digest(text)))
}

fn normalized(platform: Platform, kind: &str, value: &str) -> String {
    let value = value.trim().to_lowercase();
    let without = |is_left_out: fn(char) -> bool| value.replace(is_left_out, "");
    match (platform, kind) {
        (Platform::Google, "email") => match value.split_once('@') {
            Some((user, domain @ ("gmail.com" | "googlemail.com"))) => {
                format!("{}@{domain}", user.replace('.', ""))
            }
            _ => without(char::is_whitespace),
        },
        (Platform::Google, "given_name" | "family_name") => without(char::is_whitespace),
        // E.164 without its plus
        (Platform::Meta, "phone") => without(|letter| !letter.is_ascii_digit()),
        (Platform::Meta, "given_name" | "family_name") => {
            without(|letter| !letter.is_alphanumeric() && letter != ' ')
        }
        (Platform::Meta, "city" | "region") => without(|letter| !letter.is_alphanumeric()),
        (Platform::Meta, "postcode") => {
            let is_zip = |code: &str| code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit());
            match value.split_once('-') {
                Some((zip, _)) if is_zip(zip) => zip.to_owned(),
                _ => without(|letter| letter.is_whitespace() || letter == '-'),
            }
        }
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_platforms_ask() {
        use Platform::{Google, Meta};
        for (platform, kind, value, expected) in [
            (Google, "email", " Jane.Roe@GMail.com", "janeroe@gmail.com"),
            (
                Google,
                "email",
                "jane.roe@acme.example",
                "jane.roe@acme.example",
            ),
            (Google, "phone", "+14155552671", "+14155552671"),
            (Google, "family_name", "van der Berg", "vanderberg"),
            (Meta, "email", "Jane.Roe@gmail.com", "jane.roe@gmail.com"),
            (Meta, "phone", "+14155552671", "14155552671"),
            (Meta, "given_name", "Valéry-Ann", "valéryann"),
            (Meta, "city", "St. Louis", "stlouis"),
            (Meta, "postcode", "94107-1234", "94107"),
            (Meta, "postcode", "SW1A 1AA", "sw1a1aa"),
            (Meta, "country", "US", "us"),
        ] {
            assert_eq!(normalized(platform, kind, value), expected, "{value}");
        }
        // The example of both platforms' documents: an unsalted SHA-256.
        assert_eq!(
            hashed(Meta, "email", "test@example.com").unwrap(),
            "973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b"
        );
        assert_eq!(hashed(Meta, "phone", "+"), None);
    }
}
