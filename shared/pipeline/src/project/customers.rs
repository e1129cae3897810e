//! `[customers]`: who counts as a customer, as SQL predicates over records and what they did.

use serde::Deserialize;
use toml::Spanned;

/// Without a predicate everyone counts.
#[derive(Clone, Debug, Default)]
pub struct CustomerRules {
    /// What a record must meet before it may found a customer; others may join one.
    pub founds: Option<Predicate>,
    /// A customer counts when one of its records meets it.
    pub scope: Option<Predicate>,
}

/// A condition on one row, and where it stands.
#[derive(Clone, Debug)]
pub struct Predicate {
    pub sql: String,
    /// `c360.toml:12`
    pub place: String,
}

impl Predicate {
    /// `text` is that of the file.
    pub(super) fn read(written: Spanned<String>, file: &str, text: &str) -> Predicate {
        let before = text.get(..written.span().start).unwrap_or_default();
        Predicate {
            place: format!("{file}:{}", before.matches('\n').count() + 1),
            sql: written.into_inner(),
        }
    }
}

impl CustomerRules {
    /// By the column that they make of a record.
    pub(crate) fn predicates(&self) -> [(&'static str, Option<&Predicate>); 2] {
        [
            ("may_found", self.founds.as_ref()),
            ("is_in_scope", self.scope.as_ref()),
        ]
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    founds: Option<Spanned<String>>,
    scope: Option<Spanned<String>>,
}

impl Written {
    /// `text` is that of the file.
    pub fn read(self, file: &str, text: &str) -> CustomerRules {
        let predicate = |written| Predicate::read(written, file, text);
        CustomerRules {
            founds: self.founds.map(predicate),
            scope: self.scope.map(predicate),
        }
    }
}
