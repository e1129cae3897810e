//! What standardizing changes and what it notices, rule by rule: each can be switched off and each can be counted.

use std::fmt;

/// Declares the rules: name as users write it (`type.rule`), and what the rule does.
macro_rules! rules {
    ($($variant:ident = $name:literal, $does:literal;)*) => {
        /// A rule of standardizing. Its name is what `c360.toml` switches off and what reports count.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule {
            $(#[doc = $does] $variant,)*
        }

        impl Rule {
            /// Every rule, in the order of the documentation.
            pub const ALL: &[Rule] = &[$(Rule::$variant),*];

            /// As users write it: `name.case`.
            pub fn name(self) -> &'static str {
                match self { $(Rule::$variant => $name),* }
            }

            /// What it does, in a sentence.
            pub fn does(self) -> &'static str {
                match self { $(Rule::$variant => $does),* }
            }
        }
    };
}

rules! {
    // Text
    TextMarkup = "text.markup", "HTML tags and entities, emoji and control characters are taken out.";
    // Names
    NameCase = "name.case", "Words all in capitals or all in small letters get the usual case.";
    NameMarks = "name.marks", "Digits and symbols, which no name holds, are taken out; apostrophes and hyphens get one form.";
    NameInitial = "name.initial", "An initial gets its full stop.";
    NameTitle = "name.title", "Titles and forms of address (Mr, Dr, Frau) are dropped.";
    NameDegree = "name.degree", "Degrees and professions behind a name (PhD, Esq., Attorney at Law) are dropped.";
    NameSuffix = "name.suffix", "A generational suffix (Jr, III) is set apart and gets its usual form.";
    NameNickname = "name.nickname", "Nicknames in quotes or parentheses, and what follows aka or née, are dropped.";
    NameOrder = "name.order", "A family name that stands first (Doe, Jane) is put last.";
    NameSurnames = "name.surnames", "Two family names, as in Spain, Portugal and Latin America, are kept together.";
    NameSingle = "name.single", "A name of one word is a given name when it is known as one, and a family name otherwise.";
    NameCouple = "name.couple", "Of two people in one field the first is read.";
    NameScript = "name.script", "Of a name written in two scripts one is kept.";
    NameCompany = "name.company", "A company in the field for a person: kept whole, as a family name.";
    NamePlaceholder = "name.placeholder", "What people type to fill a field (N/A, unknown, test) is no name.";
    // Organizations
    OrganizationCase = "organization.case", "Names all in capitals or all in small letters get capitals of their own.";
    OrganizationMarks = "organization.marks", "Quotes and punctuation around a name are taken off.";
    OrganizationLegalForm = "organization.legal_form", "The legal form (Inc, GmbH, S.A.) is recognized, and no part of the key.";
    OrganizationTradingName = "organization.trading_name", "What follows dba or t/a is a trading name: seen, and no part of the key.";
    OrganizationPlaceholder = "organization.placeholder", "What stands for no company (N/A, self-employed, retired) is none.";
    // E-mail
    EmailUnwrap = "email.unwrap", "Display name, mailto:, brackets, quotes, a comment and closing punctuation around an address are taken off.";
    EmailCase = "email.case", "The address is written in lower case.";
    EmailIdn = "email.idn", "An internationalized domain is written in letters, not as xn--… (IDNA, UTS 46): both spellings are one.";
    EmailSeveral = "email.several", "A text with several addresses is split where a list is wanted.";
    EmailSubaddress = "email.subaddress", "The tag behind a plus sign is left out of the match key.";
    EmailMailbox = "email.mailbox", "Dots at Gmail, and other names of a provider's domain (googlemail.com), make no other match key.";
    EmailTypo = "email.typo", "The domain looks mistyped (gmial.com, gmail.con): an address is suggested, the value stays as it is.";
    EmailFreeMail = "email.free_mail", "The domain is a mail provider's for everyone: it says nothing on the employer.";
    EmailDisposable = "email.disposable", "The domain is a throw-away mail provider's.";
    EmailRole = "email.role", "The mailbox is a function's (info@, sales@), shared by people.";
    EmailPlaceholder = "email.placeholder", "The address was typed to get past a form (none@none.com).";
    // Phones
    PhoneSpreadsheet = "phone.spreadsheet", "A number that a spreadsheet or a float column made of it (2125550187.0, 2.125550187E9) is read as its digits.";
    PhoneDigits = "phone.digits", "Digits and plus signs of other scripts are read as 0-9 and +.";
    PhoneUri = "phone.uri", "A tel: URI (RFC 3966) is taken apart: context, extension, parameters.";
    PhoneSeveral = "phone.several", "A text with several numbers is split: the first counts, or each is kept where a list is wanted.";
    PhoneExtension = "phone.extension", "An extension is set apart from the number.";
    PhonePunctuation = "phone.punctuation", "Spaces, marks and words around the digits are taken out.";
    PhoneVanity = "phone.vanity", "Letters are dialled as on a keypad (1-800-FLOWERS).";
    PhoneInternationalPrefix = "phone.international_prefix", "The prefix for calls abroad (00, 011) is replaced by the plus sign.";
    PhoneTrunk = "phone.trunk", "The trunk prefix (0 in most of Europe, 1 in North America, 8 in Russia) and carrier codes are taken off.";
    PhoneRegion = "phone.default_country", "A number without country calling code is read by the record's country.";
    PhoneMissingPlus = "phone.missing_plus", "A number that starts with its country's calling code, without plus sign, is read as international.";
    PhoneService = "phone.service", "The number is a company's by its plan (toll-free, premium rate, shared cost, universal access): many people share it.";
    PhonePlaceholder = "phone.placeholder", "The number was typed to fill a field (555-0000, six last digits alike, 123456789).";
    // Addresses
    AddressOneLine = "address.one_line", "An address in one column is taken apart into street, city, region, postcode, country.";
    AddressCountry = "address.country", "The country that the text of an address names is the address's country.";
    AddressCase = "address.case", "Lines all in capitals or all in small letters get the usual case.";
    AddressPostcode = "address.postcode", "Postcodes get the country's spacing, case and lost zeros; one of another form is left out.";
    AddressRegion = "address.region", "Names of states become the codes that addresses of the country write.";
    // Countries
    CountryCode = "country.code", "Three-letter and numeric codes, and codes of sports, become the two-letter code.";
    CountryName = "country.name", "The name of a country in any language becomes its code.";
    CountryFormer = "country.former", "A former name with one plain successor (Burma) becomes the successor's code.";
    CountryPart = "country.part", "A part that writes itself as a country (Scotland) becomes the country's code.";
    CountryPeople = "country.people", "A people's name (German) becomes its country's code.";
    CountryWording = "country.wording", "Form of state, brackets and a place before the comma are left out of a country's name.";
    CountrySpelling = "country.spelling", "One wrong, missing, extra or swapped letter in a country's name is forgiven, and doubled letters and missing spaces.";
    // Identifiers
    IdSeparators = "identifier.separators", "Spaces, dots, hyphens and slashes are taken out of an identifier, and the century of a Swedish one.";
    IdCase = "identifier.case", "Letters of an identifier are written as capitals.";
    IdLabel = "identifier.label", "Words in front that only name the number (VAT No., EIN:) are taken off.";
    IdCountryPrefix = "identifier.country_prefix", "A VAT number gets the prefix of the record's country; Greece's is EL.";
    IdSpreadsheet = "identifier.leading_zeros", "Leading zeros that a spreadsheet took, and the .0 that it added, are mended.";
    IdCheckDigits = "identifier.check_digits", "A number whose check digits do not fit, or of a range never given out, is refused.";
    IdPlaceholder = "identifier.placeholder", "What was typed to fill a field (000000000, 123456789, NONE) is refused, or noticed where it has the right form.";
    // Dates
    DateFormat = "date.format", "A date in another form than 2024-03-01 is written so.";
    DateTime = "date.time", "The time of day behind a date is left out.";
    DateOrder = "date.order", "Day and month, either of which could be the other, are told apart by the column or the country.";
    DateSwapped = "date.swapped", "A date that contradicts the column's order, and can be read in the other only, is read so.";
    DateTwoDigitYear = "date.two_digit_year", "A year of two digits is the last one up to a given year that ends so.";
    DateSerial = "date.serial", "A spreadsheet's number of days is read as a date, where the column may hold them.";
    DatePlaceholder = "date.placeholder", "The date is one that systems write where they have none (1900-01-01, 1970-01-01).";
}

/// A set of rules: those that are switched on, or those that did something to a value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Rules(u128);

impl Rules {
    pub const NONE: Rules = Rules(0);
    pub const ALL: Rules = Rules(u128::MAX);

    pub const fn contains(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u32) != 0
    }

    pub const fn with(self, rule: Rule) -> Rules {
        Rules(self.0 | (1 << rule as u32))
    }

    pub const fn without(self, rule: Rule) -> Rules {
        Rules(self.0 & !(1 << rule as u32))
    }

    pub const fn and(self, others: Rules) -> Rules {
        Rules(self.0 | others.0)
    }

    /// Those that are in `others` too.
    pub const fn only(self, others: Rules) -> Rules {
        Rules(self.0 & others.0)
    }

    /// Whether every rule of `others` is in this set.
    pub const fn contains_all(self, others: Rules) -> bool {
        others.0 & !self.0 == 0
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = Rule> {
        Rule::ALL
            .iter()
            .copied()
            .filter(move |rule| self.contains(*rule))
    }
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Rule::name)).finish()
    }
}

impl std::str::FromStr for Rule {
    type Err = UnknownRule;

    fn from_str(name: &str) -> Result<Rule, UnknownRule> {
        let mut all = Rule::ALL.iter().copied();
        all.find(|rule| rule.name() == name)
            .ok_or_else(|| UnknownRule(name.to_owned()))
    }
}

/// A name that no rule has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no rule of standardizing is called {0}")]
pub struct UnknownRule(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_has_a_name_of_its_own_and_a_place_in_the_set() {
        let all = Rule::ALL
            .iter()
            .fold(Rules::NONE, |set, rule| set.with(*rule));
        assert_eq!(all.iter().count(), Rule::ALL.len());
        assert!(Rule::ALL.len() <= 128);
        for rule in Rule::ALL {
            assert_eq!(rule.name().parse(), Ok(*rule));
            assert!(!all.without(*rule).contains(*rule));
        }
    }
}
