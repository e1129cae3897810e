//! The lines before the city: which is the street, what stands before it, what behind.

use super::dictionary::{Meaning, box_words};
use super::find_postcode::writes_number_last;
use super::number::{is_house_number, is_number_only, is_number_sign, unit_length};
use super::street_words::{is_road_code, is_street, recipient_end, street_end};
use super::words::{Segment, Word, joined};
use crate::Country;

/// The lines of an address, as [`super::PostalAddress`] holds them.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub line1: Option<String>,
    pub line2: Option<String>,
    /// How many pieces at the start of `line2` stood before the street.
    pub recipients: u8,
}

/// A segment, perhaps with its number from the next one: "Rua Silveira Martins, 68".
#[derive(Debug)]
pub(super) struct Piece<'a> {
    pub words: Segment<'a>,
    pub text: String,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Other,
    Unit,
    /// A word that is a type of street among other things: "Stockwell Head"; the code of a road.
    Maybe,
    /// A number, no type of street.
    Number,
    /// A type of street, no number.
    Type,
    Box,
    Street,
}

fn kind(words: &[Word], habits: Option<Country>) -> Kind {
    if box_words(words) > 0 && words.len() > box_words(words) {
        return Kind::Box;
    }
    let unit = unit_length(words);
    let rest = words.get(unit..).unwrap_or_default();
    if unit > 0 && (rest.is_empty() || unit_length(rest) == rest.len()) {
        return Kind::Unit;
    }
    let leading = rest.len() > 1 && rest.first().is_some_and(is_house_number)
        || rest.len() > 2
            && rest.first().is_some_and(is_number_sign)
            && rest.get(1).is_some_and(is_house_number);
    let trailing = rest.len() > 1 && rest.last().is_some_and(is_house_number);
    let with_unit = rest.iter().any(Word::starts_with_digit);
    if is_street(rest, habits) {
        if leading || trailing || with_unit {
            return Kind::Street;
        }
        if street_end(rest) == rest.len()
            || rest
                .first()
                .is_some_and(|word| word.is(Meaning::TYPE_FIRST))
        {
            return Kind::Type;
        }
    }
    let numbers_last = habits.is_none_or(writes_number_last);
    if leading || trailing && numbers_last && !rest.iter().any(|word| word.is(Meaning::RECIPIENT)) {
        return Kind::Number;
    }
    let is_british = matches!(habits, Some(Country::GB | Country::IE));
    let may_be_street = match rest {
        [road] => is_road_code(road.text),
        [.., last] => {
            is_british
                && last.is(Meaning::TYPE_LAST)
                && !rest.iter().any(|word| word.is(Meaning::RECIPIENT))
        }
        [] => false,
    };
    if may_be_street {
        Kind::Maybe
    } else {
        Kind::Other
    }
}

/// The segments as pieces, numbers with their streets, each judged.
pub(super) fn pieces<'a>(segments: Vec<Segment<'a>>, habits: Option<Country>) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(segments.len());
    let mut number: Option<Segment> = None;
    for mut words in segments {
        if let Some(mut before) = number.take() {
            // "21, Kingswood Road"
            before.append(&mut words);
            words = before;
        } else if is_number_only(&words) {
            let open = pieces.last_mut().filter(|piece| {
                matches!(piece.kind, Kind::Type | Kind::Other)
                    && !piece.words.iter().any(Word::starts_with_digit)
                    && (piece.kind == Kind::Type || habits.is_none_or(writes_number_last))
            });
            match open {
                Some(piece) => {
                    piece
                        .text
                        .extend([", ", &joined(&words).unwrap_or_default()]);
                    piece.words.append(&mut words);
                    piece.kind = if piece.kind == Kind::Type {
                        Kind::Street
                    } else {
                        Kind::Number
                    };
                }
                None => number = Some(words),
            }
            continue;
        }
        let kind = kind(&words, habits);
        pieces.push(Piece {
            text: joined(&words).unwrap_or_default(),
            words,
            kind,
        });
    }
    if let Some(words) = number {
        pieces.push(Piece {
            text: joined(&words).unwrap_or_default(),
            words,
            kind: Kind::Unit,
        });
    }
    pieces
}

/// The piece that is the street (or the box): the surest; of equals the first with a number, the last without.
pub(super) fn street_piece(pieces: &[Piece], habits: Option<Country>) -> Option<usize> {
    let best = pieces.iter().map(|piece| piece.kind).max()?;
    match best {
        // Streets by their name alone are usual there: "Lange Voorhout", "Adama Asnyka".
        Kind::Other if matches!(habits, Some(Country::NL | Country::PL)) => match pieces {
            [piece] if !piece.words.iter().any(|word| word.is(Meaning::RECIPIENT)) => Some(0),
            _ => None,
        },
        Kind::Other | Kind::Unit => None,
        Kind::Type | Kind::Maybe => pieces.iter().rposition(|piece| piece.kind == best),
        _ => pieces.iter().position(|piece| piece.kind == best),
    }
}

/// Puts the street first, and what stood around it behind.
pub(super) fn arrange(mut segments: Vec<Segment>, habits: Option<Country>) -> Lines {
    split_recipients(&mut segments, habits);
    let mut pieces = pieces(segments, habits);
    if pieces.is_empty() {
        return Lines::default();
    }
    let mut street = street_piece(&pieces, habits).unwrap_or(0);
    // A house by its name, in a lane without numbers: both make the line.
    let is_named_house = matches!(habits, Some(Country::GB | Country::IE | Country::IN))
        && street > 0
        && pieces
            .get(street)
            .is_some_and(|piece| piece.kind == Kind::Type);
    if is_named_house {
        let lane = pieces.remove(street);
        street -= 1;
        if let Some(house) = pieces.get_mut(street) {
            house.text.extend([", ", &lane.text]);
        }
    }
    let line1 = pieces.remove(street).text;
    let line2: Vec<String> = pieces.into_iter().map(|piece| piece.text).collect();
    Lines {
        line1: Some(line1),
        line2: (!line2.is_empty()).then(|| line2.join(", ")),
        recipients: u8::try_from(street).unwrap_or(u8::MAX),
    }
}

/// "Eschenbräu Triftstraße 67", "Alliance for Just Immigration 660 Nostrand Ave": a name without a comma before the street.
fn split_recipients(segments: &mut Vec<Segment>, habits: Option<Country>) {
    for index in 0..segments.len() {
        let Some(segment) = segments.get_mut(index) else {
            return;
        };
        let at = recipient_end(segment, habits);
        if at > 0 {
            let street = segment.split_off(at);
            segments.insert(index + 1, street);
            return;
        }
    }
}
