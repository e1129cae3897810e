//! How the files of a feed are to be read, where the files do not tell by themselves.

use serde::Deserialize;

/// Settings of a feed. What is `None` is found in each file.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Between the cells of a CSV file.
    pub delimiter: Option<u8>,
    /// Around cells; `Some(None)`: quotes mean nothing.
    pub quote: Option<Option<u8>>,
    /// Does the first row name the columns? Otherwise they are `column_1`, `column_2` …
    pub header: Option<bool>,
    /// The encoding of a text, by its WHATWG label.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Bytes of a field; a row with a longer one is unreadable.
    pub max_field_bytes: usize,
    /// Bytes of an unpacked file up to which its size says nothing.
    pub max_unpacked_bytes: u64,
    /// Beyond them: how often its packed size a file may have.
    pub max_unpack_ratio: u64,
    /// Rows of a file that are committed at once.
    pub commit_rows: u64,
}

impl Default for Reading {
    fn default() -> Reading {
        Reading {
            delimiter: None,
            quote: None,
            header: None,
            encoding: None,
            sheet: None,
            max_field_bytes: 10 << 20,
            max_unpacked_bytes: 256 << 20,
            max_unpack_ratio: 200,
            commit_rows: 1_000_000,
        }
    }
}

/// Rows of a file that are read at once, at most.
const CHUNK_ROWS: u64 = 4096;

impl Reading {
    /// Rows that are read at once: no more than are committed at once.
    pub fn chunk_rows(&self) -> usize {
        self.commit_rows.min(CHUNK_ROWS) as usize
    }

    /// What shapes the rows of a file, for the hash of a feed's declaration; empty where nothing is set.
    pub fn shape(&self) -> String {
        let of = |reading: &Reading| {
            let encoding = reading.encoding.map(|encoding| encoding.name());
            let Reading {
                delimiter,
                quote,
                header,
                sheet,
                max_field_bytes,
                ..
            } = reading;
            format!("\n{delimiter:?} {quote:?} {header:?} {encoding:?} {sheet:?} {max_field_bytes}")
        };
        let shape = of(self);
        if shape == of(&Reading::default()) {
            String::new()
        } else {
            shape
        }
    }
}

/// The same as it is written in `[[feeds]]`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Written {
    pub delimiter: Option<String>,
    pub quote: Option<String>,
    pub header: Option<bool>,
    pub encoding: Option<String>,
    pub sheet: Option<String>,
    pub max_field_mb: Option<u64>,
    pub max_unpacked_mb: Option<u64>,
    pub max_unpack_ratio: Option<u64>,
    pub commit_rows: Option<u64>,
}

impl Written {
    /// The settings, or what is wrong with one of them.
    pub fn read(self) -> Result<Reading, String> {
        let usual = Reading::default();
        let delimiter = self.delimiter.map(|text| match text.as_str() {
            "tab" | "\t" => Ok(b'\t'),
            _ => one_character(&text).ok_or(format!(
                "delimiter = {text:?} is no delimiter; write one character, such as \";\", or \"tab\""
            )),
        });
        let quote = self.quote.map(|text| match text.as_str() {
            "" | "none" => Ok(None),
            _ => one_character(&text).map(Some).ok_or(format!(
                "quote = {text:?} is no quote; write one character, such as \"'\", or \"none\""
            )),
        });
        let (delimiter, quote) = (delimiter.transpose()?, quote.transpose()?);
        if delimiter.is_some() && quote.flatten() == delimiter {
            return Err("delimiter and quote are the same character".into());
        }
        let encoding = self.encoding.map(|label| {
            encoding_rs::Encoding::for_label(label.as_bytes()).ok_or(format!(
                "encoding = {label:?} is not known; write a name such as \"utf-8\", \"utf-16le\" or \"windows-1252\""
            ))
        });
        let within = |name: &str, value: Option<u64>, most: u64, usual: u64| match value {
            None => Ok(usual),
            Some(value) if (1..=most).contains(&value) => Ok(value),
            Some(value) => Err(format!("{name} = {value} is not from 1 to {most}")),
        };
        let mib = |name, value, most, usual: u64| {
            Ok::<u64, String>(within(name, value, most, usual >> 20)? << 20)
        };
        Ok(Reading {
            delimiter,
            quote,
            header: self.header,
            encoding: encoding.transpose()?,
            sheet: self.sheet,
            max_field_bytes: mib(
                "max_field_mb",
                self.max_field_mb,
                64,
                usual.max_field_bytes as u64,
            )? as usize,
            max_unpacked_bytes: mib(
                "max_unpacked_mb",
                self.max_unpacked_mb,
                1 << 30,
                usual.max_unpacked_bytes,
            )?,
            max_unpack_ratio: within(
                "max_unpack_ratio",
                self.max_unpack_ratio,
                1 << 20,
                usual.max_unpack_ratio,
            )?,
            commit_rows: within("commit_rows", self.commit_rows, 1 << 32, usual.commit_rows)?,
        })
    }
}

fn one_character(text: &str) -> Option<u8> {
    match text.as_bytes() {
        [byte] if byte.is_ascii() && !matches!(byte, b'\n' | b'\r' | 0) => Some(*byte),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_that_cannot_be_meant_names_itself_and_its_value() {
        let read = |text: &str| toml::from_str::<Written>(text).unwrap().read();
        for (text, told) in [
            ("delimiter = \"ab\"", "delimiter = \"ab\""),
            ("delimiter = \"\"", "delimiter = \"\""),
            ("quote = \"ö\"", "quote = \"ö\""),
            ("delimiter = \"'\"\nquote = \"'\"", "same character"),
            ("encoding = \"klingon\"", "klingon"),
            ("max_field_mb = 0", "max_field_mb = 0"),
            ("commit_rows = 0", "commit_rows = 0"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(told), "{text}: {error}");
        }
        let settings =
            read("delimiter = \"tab\"\nquote = \"none\"\nencoding = \"latin1\"\nmax_field_mb = 1")
                .unwrap();
        assert_eq!(
            (settings.delimiter, settings.quote),
            (Some(b'\t'), Some(None))
        );
        assert_eq!(
            settings.encoding.map(|encoding| encoding.name()),
            Some("windows-1252")
        );
        assert_eq!(settings.max_field_bytes, 1 << 20);
        assert!(Reading::default().shape().is_empty() && !settings.shape().is_empty());
        assert!(read("commit_rows = 5").unwrap().shape().is_empty());
    }
}
