//! The lines before the city: which is the street, what stands before it, what behind.

use super::dictionary::{Meaning, box_words};
use super::find_postcode::writes_number_last;
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

/// Whether the words say that they are a street: by its type.
pub(super) fn is_street(words: &[Word], habits: Option<Country>) -> bool {
    let has_number = words.first().is_some_and(Word::starts_with_digit)
        || words.last().is_some_and(Word::starts_with_digit);
    let name_at = usize::from(words.first().is_some_and(Word::starts_with_digit));
    let count = words.len();
    words.iter().enumerate().any(|(at, word)| {
        let is_abbreviation = word.text.ends_with(['.', '/']);
        if word.is(Meaning::TYPE_SUFFIX) && (!word.is(Meaning::WEAK) || has_compounds(habits)) {
            return count > 1 || word.folded.len() > 6;
        }
        if at <= name_at + 1 && word.is(Meaning::TYPE_FIRST) && at + 1 < count {
            // "Rue X", "12 bis rue X"; a weak word needs a number or its dot
            let is_start = at == name_at
                || words
                    .get(at - 1)
                    .is_some_and(|before| matches!(before.folded.as_str(), "bis" | "ter" | "b"));
            let is_linked = words.get(at + 1).is_some_and(is_link); // "Place du Capitole"
            if is_start && (!word.is(Meaning::WEAK) || has_number || is_abbreviation || is_linked) {
                return true;
            }
        }
        at > name_at.saturating_sub(1) && at >= 1 && word.is(Meaning::TYPE_LAST) && {
            let is_end = words.get(at + 1).is_none_or(|next| {
                next.is(Meaning::DIRECTION) || next.has_digit() || next.is(Meaning::UNIT)
            });
            let is_saint = word.folded == "st" && !is_end && !has_number;
            !is_saint
                && (!word.is(Meaning::WEAK)
                    || has_number && at > name_at
                    || is_end && word.folded == "st")
        }
    })
}

/// What joins a type of street to its name.
fn is_link(word: &Word) -> bool {
    matches!(
        word.folded.as_str(),
        "de" | "du" | "des" | "del" | "della" | "dei" | "da" | "do" | "dos" | "das"
    )
}

/// Whether streets are compounds there.
fn has_compounds(habits: Option<Country>) -> bool {
    matches!(
        habits,
        Some(Country::DE | Country::AT | Country::CH | Country::NL | Country::BE)
    )
}

/// Where a street ends that runs on into the city: behind its type, a direction and the unit, or behind its number where
/// that comes last. The length of the words when nothing says so.
pub(super) fn street_end(words: &[Word]) -> usize {
    let starts_with_number = words.first().is_some_and(Word::starts_with_digit);
    if !starts_with_number
        && let Some(at) = (0..words.len()).find(|&at| {
            words.get(at).is_some_and(|word| {
                word.is(Meaning::TYPE_SUFFIX)
                    || word.is(Meaning::TYPE_FIRST) && at == 0 && !word.is(Meaning::TYPE_LAST)
            })
        })
        && let Some(number) =
            (at + 1..words.len()).find(|&at| words.get(at).is_some_and(is_house_number))
    {
        let letter = words
            .get(number + 1)
            .is_some_and(|word| word.text.len() == 1);
        return number + 1 + usize::from(letter);
    }
    let numbered = (0..words.len())
        .find(|&at| is_highway(words.get(at)) && words.get(at + 1).is_some_and(Word::has_digit));
    if let Some(at) = numbered {
        // "2001 Route 46 Parsippany"
        return at
            + 2
            + usize::from(
                words
                    .get(at + 2)
                    .is_some_and(|word| word.is(Meaning::DIRECTION)),
            );
    }
    let first = if starts_with_number { 2 } else { 1 };
    let is_end = |at: usize| {
        words
            .get(at)
            .is_some_and(|word| word.is(Meaning::TYPE_LAST))
    };
    // Without a number a building may stand before: "Castle Court Shopping Centre Castle Street Caerphilly".
    let last_sure = (first..words.len())
        .rfind(|&at| is_end(at) && words.get(at).is_some_and(|word| !word.is(Meaning::WEAK)))
        .filter(|_| !starts_with_number);
    let first_type = (first..words.len()).find(|&at| {
        is_end(at)
            && !(words.get(at).is_some_and(|word| word.folded == "st")
                && (at + 1..words.len()).any(|later| {
                    is_end(later) && words.get(later).is_some_and(|word| !word.is(Meaning::WEAK))
                }))
    });
    let Some(at) = last_sure.or(first_type) else {
        return words.len();
    };
    let mut end = at + 1;
    // "Park Avenue Road", "US Highway 431"
    while words
        .get(end)
        .is_some_and(|word| word.is(Meaning::TYPE_LAST) && !word.is(Meaning::WEAK))
        || end == at + 1
            && words
                .get(end)
                .is_some_and(|word| word.has_digit() && is_highway(words.get(at)))
    {
        end += 1;
    }
    // "Queen St W Toronto", "Queen Street West"; but "Main St West Springfield"
    while words.get(end).is_some_and(|word| {
        word.is(Meaning::DIRECTION) && (word.text.len() <= 3 || end + 1 == words.len())
    }) {
        end += 1;
    }
    while end < words.len() {
        match unit_length(words.get(end..).unwrap_or_default()) {
            0 => break,
            length => end += length,
        }
    }
    end.min(words.len())
}

pub(super) fn is_highway(word: Option<&Word>) -> bool {
    word.is_some_and(|word| {
        matches!(
            word.folded.as_str(),
            "highway"
                | "hwy"
                | "route"
                | "rte"
                | "road"
                | "rd"
                | "freeway"
                | "expressway"
                | "interstate"
                | "km"
                | "sr"
                | "cr"
                | "us"
                | "fm"
                | "county"
        )
    })
}

/// "12", "12b", "12-14", "92-10", "12/5", "123-II", "s/n"; not "5th".
pub(super) fn is_house_number(word: &Word) -> bool {
    if matches!(word.text, "s/n" | "S/N" | "s/nº" | "s/n.") {
        return true;
    }
    let text = word
        .text
        .trim_start_matches(['#', '-'])
        .trim_end_matches(['.', ')']);
    if !text.starts_with(|c: char| c.is_ascii_digit()) || text.len() > 12 {
        return false;
    }
    let letters = |c: char| c.is_alphabetic() && !matches!(c, 'º' | '°');
    text.split(|c| !letters(c)).all(|run| {
        run.chars().count() <= 1
            || matches!(run, "bis" | "ter" | "hs")
            || run.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
    })
}

/// What may follow a house number as a word of its own.
pub(super) fn is_number_addition(word: &Word) -> bool {
    matches!(
        word.folded.as_str(),
        "bis" | "ter" | "quater" | "hs" | "huis" | "rd" | "sous"
    ) && word.text.bytes().all(|b| b.is_ascii_lowercase())
}

/// "Nr.", "nº", "No.": the number follows.
pub(super) fn is_number_sign(word: &Word) -> bool {
    matches!(word.folded.as_str(), "n" | "no" | "nr" | "num" | "numero")
        && !word.text.starts_with("N ")
        && word.text != "N"
}

/// How many words at the start are a unit: "Apt 4B", "# 456", "4th Floor", "Top 5"; nought if none.
pub(super) fn unit_length(words: &[Word]) -> usize {
    let Some(first) = words.first() else { return 0 };
    if first.text.starts_with('#') {
        return if first.text.len() > 1 {
            1
        } else {
            1 + usize::from(words.len() > 1)
        };
    }
    if words.get(1).is_some_and(|word| word.is(Meaning::LEVEL)) && first.is(Meaning::ORDINAL) {
        return 2;
    }
    if !first.is(Meaning::UNIT) {
        return 0;
    }
    let mut end = 1;
    while words.get(end).is_some_and(|word| {
        matches!(word.folded.as_str(), "no" | "nr" | "num" | "")
            || word.is(Meaning::UNIT) && word.folded.len() > 1
    }) {
        end += 1; // "apt # 4", "unit no 4"
    }
    match words.get(end) {
        Some(id)
            if id.has_digit() && id.text.len() <= 8
                || id.text.trim_end_matches('.').len() <= 2
                    && id
                        .text
                        .chars()
                        .all(|c| c.is_uppercase() || !c.is_alphabetic()) =>
        {
            end + 1
        }
        _ if end > 1
            && words
                .get(1)
                .is_some_and(|word| word.text.starts_with('#') && word.text.len() > 1) =>
        {
            end
        }
        _ => 0,
    }
}

fn is_number_only(words: &[Word]) -> bool {
    match words {
        [number] => is_house_number(number),
        [sign, number] => {
            (matches!(
                sign.folded.as_str(),
                "n" | "no" | "nr" | "num" | "numero" | ""
            ) && is_house_number(number))
                || (is_house_number(sign)
                    && !sign.text.ends_with(['º', 'ª'])
                    && (number.text.len() == 1 || matches!(number.folded.as_str(), "bis" | "ter")))
        }
        _ => false,
    }
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

/// "N59", "A6", "I-80"; and the one street of a single English word.
fn is_road_code(text: &str) -> bool {
    if text.eq_ignore_ascii_case("broadway") {
        return true;
    }
    let number = text.trim_start_matches(|c: char| c.is_ascii_uppercase() || c == '-');
    (1..=3).contains(&(text.len() - number.len()))
        && (1..=4).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit())
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

pub(super) fn recipient_end(words: &[Word], habits: Option<Country>) -> usize {
    let no_digit_before = |at: usize| !words.iter().take(at).any(Word::has_digit);
    if let Some(at) = (1..words.len()).find(|&at| words.get(at).is_some_and(is_house_number)) {
        let rest = words.get(at..).unwrap_or_default();
        let before = words.get(..at).unwrap_or_default();
        let follows_unit = before
            .last()
            .is_some_and(|word| word.is(Meaning::UNIT) || is_highway(Some(word)));
        let is_english = rest.len() > 2
            && rest.iter().skip(2).any(|word| {
                word.is(Meaning::TYPE_LAST) && !word.is(Meaning::WEAK) || word.folded == "st"
            });
        let is_romance = rest
            .get(1)
            .is_some_and(|word| word.is(Meaning::TYPE_FIRST) && !word.is(Meaning::WEAK));
        if (is_english || is_romance)
            && !follows_unit
            && box_words(before) == 0
            && !is_street(before, habits)
            && unit_length(before) == 0
        {
            return at;
        }
    }
    if words.first().is_some_and(Word::has_digit)
        || matches!(
            habits,
            Some(Country::US | Country::GB | Country::AU | Country::NZ | Country::IE)
        )
    {
        return 0;
    }
    let at = (2..words.len()).find(|&at| {
        words.get(at).is_some_and(|word| {
            let suffix = word.is(Meaning::TYPE_SUFFIX)
                && word.folded.len() > 7
                && words
                    .get(at - 1)
                    .is_some_and(|before| !is_part_of_name(before));
            let first = word.is(Meaning::TYPE_FIRST)
                && !word.is(Meaning::TYPE_LAST)
                && (!word.is(Meaning::WEAK) || word.text.ends_with('.'))
                && at + 1 < words.len();
            suffix || first
        })
    });
    at.filter(|&at| {
        let is_first = words
            .get(at)
            .is_some_and(|word| word.is(Meaning::TYPE_FIRST));
        no_digit_before(at)
            && (is_first || words.last().is_some_and(Word::has_digit))
            && !is_street(words.get(..at).unwrap_or_default(), habits)
    })
    .filter(|_| {
        !words
            .first()
            .is_some_and(|word| word.is(Meaning::TYPE_FIRST))
    })
    .unwrap_or(0)
}

/// Words that belong to the German street behind them.
fn is_part_of_name(word: &Word) -> bool {
    let folded = word.folded.as_str();
    word.text.ends_with('.')
        || folded.ends_with("er")
        || matches!(
            folded,
            "alte"
                | "neue"
                | "grosse"
                | "kleine"
                | "obere"
                | "untere"
                | "lange"
                | "hohe"
                | "am"
                | "an"
                | "der"
                | "dem"
                | "den"
                | "zum"
                | "zur"
                | "im"
                | "in"
                | "auf"
                | "bei"
                | "von"
                | "st"
                | "sankt"
                | "dr"
                | "erste"
                | "zweite"
                | "de"
                | "van"
                | "het"
                | "oude"
                | "nieuwe"
        )
}
