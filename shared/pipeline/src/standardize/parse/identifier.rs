//! Identifiers: read, and sealed where they are a person's.

use super::MappedRow;
use crate::project::{Entity, SENSITIVE};
use crate::standardize::seal::Seal;
use records::country::Country;
use records::identifier::{Identifier, IdentifierFault, Scheme, parse_identifier, parse_tax_id};
use std::borrow::Cow;

impl MappedRow<'_> {
    /// Reads an identifier: `None` where the column is empty.
    pub fn identifier(
        &self,
        column: &'static str,
        scheme: Option<Scheme>,
    ) -> Option<Result<Identifier, IdentifierFault>> {
        let text = self.get(column)?;
        let read = self.read_identifier(text, scheme);
        match &read {
            Ok(id) => self.note(column, id.rules(), text, id.as_str()),
            Err(_) => self.invalid(column),
        }
        Some(read)
    }

    fn read_identifier(
        &self,
        text: &str,
        scheme: Option<Scheme>,
    ) -> Result<Identifier, IdentifierFault> {
        match scheme {
            Some(scheme) => Identifier::parse_with(text, scheme, self.country(), self.rules()),
            None => Identifier::tax_id_with(text, self.country(), self.rules()),
        }
    }

    /// An identifier as it is kept: sealed where it is a person's.
    pub fn kept(&self, column: &str, id: &Identifier) -> String {
        match self.sealing(column, id.as_str(), Some(id)) {
            Some(seal) => seal.seal(id.as_str()),
            None => id.as_str().to_owned(),
        }
    }

    /// An identifier that is none by its form or its check digits, as it is kept: two systems that hold the same wrong number
    /// still hold the same one.
    pub fn kept_invalid(&self, column: &'static str) -> Option<String> {
        let text = self.get(column)?;
        let value = match column {
            "tax_id" => parse_tax_id(text),
            _ => parse_identifier(text),
        }?;
        Some(match self.sealing(column, text, None) {
            Some(seal) => seal.seal(&value),
            None => value,
        })
    }

    /// Tokens of a sealed value: see [`Seal::near`].
    pub fn near(&self, column: &str, value: &str) -> Option<String> {
        let seal = self.from.seal.filter(|seal| seal.covers(column))?;
        Some(seal.near(value)).filter(|tokens| !tokens.is_empty())
    }

    /// The seal of a sensitive value: whatever such a column holds, but for what is a company's by its form.
    fn sealing(&self, column: &str, text: &str, id: Option<&Identifier>) -> Option<&Seal> {
        let seal = self.from.seal.filter(|seal| seal.covers(column))?;
        let is_company = column == "tax_id"
            && self.from.feed.entity == Entity::Account
            && match id {
                Some(id) => !is_of_a_person(id),
                None => !is_like_a_persons(text, self.country()),
            };
        (!is_company).then_some(seal)
    }

    /// The mapped values as they came, as JSON; sensitive ones sealed.
    pub fn original(&self) -> &str {
        let json = || {
            self.values.json(self.position, false, |column, text| {
                self.sealed(column, text)
            })
        };
        self.original.get_or_init(json)
    }

    /// The mapped values for telling versions apart, the same in every lake: of sensitive ones what is shown of them, for
    /// seals depend on the lake's key.
    pub(super) fn unkeyed(&self) -> Cow<'_, str> {
        let has_seal = self.from.seal.is_some_and(|seal| {
            let mut names = SENSITIVE.iter();
            names.any(|name| seal.covers(name) && self.get(name).is_some())
        });
        if !has_seal {
            return self.original().into();
        }
        let shown = |column: &str, text: &str| {
            let sealed = self.sealed(column, text)?;
            sealed.split('~').next().map(str::to_owned)
        };
        self.values.json(self.position, false, shown).into()
    }

    /// What stands in place of a sensitive value.
    pub(super) fn sealed(&self, column: &str, text: &str) -> Option<String> {
        if !self.from.seal?.covers(column) {
            return None;
        }
        let scheme = (column == "national_id").then_some(Scheme::NationalId);
        let id = self.read_identifier(text, scheme).ok();
        let seal = self.sealing(column, text, id.as_ref())?;
        Some(seal.seal(id.as_ref().map_or(text, Identifier::as_str)))
    }
}

/// Is a number of a company's column a person's, by its form? One that names no country may be a Brazilian's.
fn is_of_a_person(id: &Identifier) -> bool {
    id.scheme().is_sensitive()
        || (id.scheme() == Scheme::Other
            && id.country().is_none()
            && Identifier::parse(id.as_str(), Scheme::Cpf, None).is_ok())
}

/// Is what is no identifier written as a person's: a Brazilian CPF, an American social security number?
fn is_like_a_persons(text: &str, country: Option<Country>) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let has_letters = text.chars().any(char::is_alphabetic);
    let is_cpf = digits == 11 && matches!(country, None | Some(Country::BR));
    let parts: Vec<usize> = text.trim().split('-').map(str::len).collect();
    !has_letters && (is_cpf || parts == [3, 2, 4])
}
