//! The parts of a postal address, each by itself.

use super::dictionary::{Meaning, box_words};
use super::find_postcode::writes_number_last;
use super::lines::{Kind, Piece, pieces, street_piece};
use super::number::{
    apart_from_unit, is_plain, leading_number, strip_sign, trailing_number, unit_length,
};
use super::street_words::is_highway;
use super::words::{Word, joined, segments};
use super::{PostalAddress, region};
use crate::{Country, Rule};

/// The parts of an address as texts in display form. A part that is unknown is `None`, never empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AddressComponents {
    /// Who or which building: what stands before the street, or says so by a word ("c/o", "Ltd", "Library").
    pub recipient: Option<String>,
    /// "12", "12b", "8-9", "s/n".
    pub house_number: Option<String>,
    /// The whole street with type and direction, without the number: "Main St NW", "rue de Rivoli", "Hauptstraße".
    pub road: Option<String>,
    /// The word of [`AddressComponents::road`] that says what it is, as written: "St", "rue", "straße".
    pub street_type: Option<String>,
    /// The compass word of the road, as written: "NW", "South".
    pub direction: Option<String>,
    /// Flat, suite, floor, staircase, with its word: "Apt 4B".
    pub unit: Option<String>,
    /// Post-office box with its word: "PO Box 12".
    pub po_box: Option<String>,
    /// District, village, estate.
    pub suburb: Option<String>,
    pub city: Option<String>,
    /// As [`PostalAddress::region`].
    pub region: Option<String>,
    /// ISO 3166-2: `US-CA`; only where the country is stated.
    pub region_code: Option<String>,
    pub postcode: Option<String>,
    pub country: Option<Country>,
}

impl PostalAddress {
    /// Takes the lines apart. A street line that came as one is the road whatever it says ("Broadway"); of an address in
    /// one line only what its words or number show to be a street.
    pub fn components(&self) -> AddressComponents {
        let habits = self.country.or(self.habits);
        let mut parts = AddressComponents {
            city: self.city.clone(),
            region: self.region.clone(),
            region_code: self
                .region
                .as_deref()
                .zip(self.country)
                .and_then(|(text, country)| region::iso_code(text, country)),
            postcode: self.postcode.clone(),
            country: self.country,
            ..AddressComponents::default()
        };
        let is_from_one_line = self.rules.contains(Rule::AddressOneLine);
        if let Some(line1) = &self.line1 {
            parts.read_street_line(line1, habits, is_from_one_line);
        }
        if let Some(line2) = &self.line2 {
            parts.read_other_line(line2, habits, self.recipients.into());
        }
        parts
    }
}

impl AddressComponents {
    fn read_street_line(&mut self, line: &str, habits: Option<Country>, is_from_one_line: bool) {
        let pieces = pieces(segments(line), habits);
        let street = street_piece(&pieces, habits)
            .or((!is_from_one_line && !pieces.is_empty()).then_some(0));
        for (index, piece) in pieces.into_iter().enumerate() {
            if Some(index) == street {
                self.read_street(&piece, habits);
            } else {
                self.read_piece(&piece, street.is_some_and(|street| index < street));
            }
        }
    }

    fn read_other_line(&mut self, line: &str, habits: Option<Country>, recipients: usize) {
        for (index, piece) in pieces(segments(line), habits).into_iter().enumerate() {
            let is_street = piece.kind >= Kind::Type && piece.kind != Kind::Box;
            if self.road.is_none() && is_street && index >= recipients {
                self.read_street(&piece, habits);
            } else {
                self.read_piece(&piece, index < recipients);
            }
        }
    }

    fn read_piece(&mut self, piece: &Piece, stood_before: bool) {
        let is_unit_here = piece.kind == Kind::Unit
            || piece.kind != Kind::Box
                && !stood_before
                && piece.words.len() <= 3
                && piece.words.first().is_some_and(Word::starts_with_digit);
        let field = if piece.kind == Kind::Box && self.po_box.is_none() {
            &mut self.po_box
        } else if is_unit_here {
            &mut self.unit
        } else if stood_before
            || piece.words.iter().any(|word| word.is(Meaning::RECIPIENT))
            || piece.text.starts_with("c/o")
        {
            &mut self.recipient
        } else {
            &mut self.suburb
        };
        add(field, &piece.text);
    }

    fn read_street(&mut self, piece: &Piece, habits: Option<Country>) {
        let mut words: &[Word] = &piece.words;
        if let at @ 1.. = box_words(words)
            && words.len() > at
        {
            let end = (at..words.len())
                .find(|&at| words.get(at).is_some_and(|word| !word.has_digit()))
                .unwrap_or(words.len())
                .max(at + 1);
            self.po_box = joined(words.get(..end).unwrap_or_default());
            words = words.get(end..).unwrap_or_default();
        }
        let leading_unit = unit_length(words);
        if leading_unit > 0 && leading_unit < words.len() {
            add(
                &mut self.unit,
                &joined(words.get(..leading_unit).unwrap_or_default()).unwrap_or_default(),
            );
            words = words.get(leading_unit..).unwrap_or_default();
            // "Unit 5/12 Smith Street"
            if let Some((unit, number)) =
                self.unit.as_deref().and_then(|unit| unit.rsplit_once('/'))
                && is_plain(number)
                && !words.first().is_some_and(Word::starts_with_digit)
            {
                self.house_number = Some(number.to_owned());
                self.unit = Some(unit.to_owned());
            }
        }
        // A unit behind the name: "Main St Apt 4B"; "Calle Mayor 5 2º B".
        let unit_at = (1..words.len()).find(|&at| {
            let rest = words.get(at..).unwrap_or_default();
            let length = unit_length(rest);
            length > 0
                && (at + length == words.len()
                    || unit_length(rest.get(length..).unwrap_or_default()) > 0)
                && !is_highway(words.get(at - 1))
                && !(at == 1
                    && words
                        .first()
                        .is_some_and(|word| word.is(Meaning::TYPE_FIRST)))
        });
        if let Some(at) = unit_at {
            add(
                &mut self.unit,
                &joined(words.get(at..).unwrap_or_default()).unwrap_or_default(),
            );
            words = words.get(..at).unwrap_or_default();
        }
        let words = match self.house_number {
            Some(_) => words,
            None => self.take_number(words, habits),
        };
        self.road = joined(words).map(|road| road.trim_end_matches([',', ' ']).to_owned());
        self.street_type = street_type(words);
        self.direction = words
            .first()
            .filter(|_| words.len() > 1)
            .into_iter()
            .chain(words.last().filter(|_| words.len() > 1))
            .find(|word| word.is(Meaning::DIRECTION))
            .map(|word| word.text.to_owned());
    }

    /// The house number, at the start or the end by the country's habit; the rest is the road.
    fn take_number<'w, 'a>(
        &mut self,
        words: &'w [Word<'a>],
        habits: Option<Country>,
    ) -> &'w [Word<'a>] {
        let leading = leading_number(words);
        let trailing = trailing_number(words, habits);
        let prefers_trailing = habits.is_some_and(writes_number_last);
        let (number, rest) = if leading > 0
            && (trailing == words.len() || !prefers_trailing)
            && leading < words.len()
        {
            (words.get(..leading), words.get(leading..))
        } else if trailing < words.len() && trailing > 0 {
            (words.get(trailing..), words.get(..trailing))
        } else {
            return words;
        };
        let Some(number) = number.and_then(joined) else {
            return words;
        };
        let bare = strip_sign(&number);
        let (number, unit) = apart_from_unit(bare, habits);
        self.house_number = Some(number.to_owned());
        if let Some(unit) = unit {
            add(&mut self.unit, unit);
        }
        rest.unwrap_or_default()
    }
}

fn street_type(words: &[Word]) -> Option<String> {
    let is_named = words.len() > 1;
    let first = words.first().filter(|word| {
        let is_preposition = word.is(Meaning::WEAK) && !word.text.ends_with(['.', '/']);
        word.is(Meaning::TYPE_FIRST) && !is_preposition && is_named
    });
    let last = || {
        words
            .iter()
            .rfind(|word| word.is(Meaning::TYPE_LAST) && is_named)
    };
    match first.or_else(last) {
        Some(word) => Some(word.text.trim_end_matches(['.', '/']).to_owned()),
        None => words
            .iter()
            .find(|word| word.is(Meaning::TYPE_SUFFIX))
            .and_then(suffix_of),
    }
}

fn add(field: &mut Option<String>, text: &str) {
    match field {
        Some(before) => before.extend([", ", text]),
        None => *field = Some(text.to_owned()),
    }
}

fn suffix_of(word: &Word) -> Option<String> {
    let lower = word.text.trim_end_matches('.');
    for suffix in [
        "straße", "strasse", "str", "gasse", "weg", "platz", "allee", "straat", "laan", "plein",
        "gracht", "kade", "dijk", "ring", "ufer", "damm", "steig", "pfad",
    ] {
        let Some(at) = lower.len().checked_sub(suffix.len()) else {
            continue;
        };
        if lower
            .get(at..)
            .is_some_and(|end| end.to_lowercase() == suffix)
        {
            return lower.get(at..).map(str::to_owned);
        }
    }
    None
}
