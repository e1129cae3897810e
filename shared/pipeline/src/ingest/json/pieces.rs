//! Where the objects of a JSON text are.

use super::super::window::Window;
use super::super::{CHUNK_BYTES, Content, unreadable_file};
use super::FIELDS_OF_A_ROW;
use crate::project::Feed;
use serde::de::IgnoredAny;
use std::ops::Range;

/// Bytes by which one object a line is told from other JSON.
const LOOKED_AT: usize = 1 << 20;

/// Some rows as they lie in the file.
pub struct Texts {
    pub text: Vec<u8>,
    /// The number of the first of them.
    pub first: i64,
    pub places: Vec<Range<usize>>,
    /// Bytes of a field. A row may have some times as many; of a longer one only the start is here.
    pub max_field: usize,
}

/// How a text holds its objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// One a line: a line that is none spoils no other.
    Lines,
    /// One after the other, over as many lines as they like.
    Objects,
    /// Between brackets and commas.
    Array,
}

/// Cuts a text into objects.
pub struct Pieces {
    window: Window,
    form: Form,
    max_field: usize,
    /// Rows of a chunk.
    most: usize,
    row: i64,
    is_in_long_row: bool,
    /// Where an array is: before its bracket, inside, or behind its end.
    array: Bracket,
    is_failed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bracket {
    Before,
    Inside,
    Behind,
}

/// What was found in a text from some place on.
enum Piece {
    Row(Range<usize>),
    /// Nothing but space up to there.
    Blank(usize),
    /// The row that begins there is not at its end yet.
    More(usize),
}

impl Pieces {
    pub fn open(feed: &Feed, content: &Content) -> Result<Pieces, String> {
        let mut window = Window::new(content.text()?);
        while window.bytes().len() < LOOKED_AT && !window.is_at_end {
            window.grow().map_err(unreadable_file)?;
        }
        Ok(Pieces {
            form: form(window.bytes(), window.is_at_end),
            window,
            max_field: feed.reading.max_field_bytes,
            most: feed.reading.chunk_rows(),
            row: 0,
            is_in_long_row: false,
            array: Bracket::Before,
            is_failed: false,
        })
    }

    fn cut(&mut self) -> Result<Option<Texts>, String> {
        while self.is_in_long_row {
            self.is_in_long_row = !self.window.skip_line() && !self.window.is_at_end;
            if self.is_in_long_row {
                self.window.grow().map_err(unreadable_file)?;
            }
        }
        let mut places: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        let mut is_over = false;
        while places.len() < self.most && at < CHUNK_BYTES && !self.is_in_long_row {
            match self.find(at)? {
                Piece::Row(place) => {
                    at = place.end;
                    places.push(place);
                }
                Piece::Blank(end) if self.window.is_at_end => {
                    at = end;
                    is_over = true;
                    break;
                }
                Piece::Blank(end) | Piece::More(end) if !places.is_empty() => {
                    at = end;
                    break;
                }
                Piece::Blank(end) => {
                    self.window.take(end);
                    at = 0;
                    self.window.grow().map_err(unreadable_file)?;
                }
                Piece::More(start) => {
                    let length = self.window.bytes().len();
                    if length - start > FIELDS_OF_A_ROW * self.max_field {
                        self.give_up_row()?;
                        places.push(start..length);
                        at = length;
                    } else {
                        self.window.grow().map_err(unreadable_file)?;
                    }
                }
            }
        }
        let is_over = is_over && places.is_empty();
        let text = self.window.take(at);
        let first = self.row + 1;
        self.row += places.len() as i64;
        Ok((!is_over).then_some(Texts {
            text,
            first,
            places,
            max_field: self.max_field,
        }))
    }

    /// A row is too long: the next line is another row, but in an array nobody knows where the next row is.
    fn give_up_row(&mut self) -> Result<(), String> {
        if self.form == Form::Lines {
            self.is_in_long_row = true;
            return Ok(());
        }
        Err(format!(
            "the object behind row {} does not end within {} bytes (max_field_mb of the feed); is a quote or brace missing?",
            self.row,
            FIELDS_OF_A_ROW * self.max_field
        ))
    }

    fn find(&mut self, at: usize) -> Result<Piece, String> {
        let text = self.window.bytes();
        let is_at_end = self.window.is_at_end;
        if self.form == Form::Lines {
            let blank = text[at..].len() - text[at..].trim_ascii_start().len();
            let start = at + blank;
            return Ok(match memchr::memchr(b'\n', &text[start..]) {
                _ if start == text.len() => Piece::Blank(start),
                Some(end) => Piece::Row(start..start + end + 1),
                None if is_at_end => Piece::Row(start..text.len()),
                None => Piece::More(start),
            });
        }
        let mut start = at;
        while let Some(byte) = text.get(start) {
            match (byte, self.form, self.array) {
                (byte, ..) if byte.is_ascii_whitespace() => {}
                (b'[', Form::Array, Bracket::Before) => self.array = Bracket::Inside,
                (b',', Form::Array, Bracket::Inside) => {}
                (b']', Form::Array, Bracket::Inside) => self.array = Bracket::Behind,
                (_, Form::Array, Bracket::Behind) => {
                    return Err(format!(
                        "something follows the end of its JSON array, behind row {}",
                        self.row
                    ));
                }
                _ => break,
            }
            start += 1;
        }
        if start == text.len() {
            return Ok(Piece::Blank(start));
        }
        Ok(match value_end(&text[start..]) {
            Some(length) => Piece::Row(start..start + length),
            None if is_at_end => Piece::Row(start..text.len()),
            None => Piece::More(start),
        })
    }
}

impl Iterator for Pieces {
    type Item = Result<Texts, String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_failed {
            return None;
        }
        let cut = self.cut();
        self.is_failed = cut.is_err();
        cut.transpose()
    }
}

/// The length of the JSON value at the start of a text, as far as braces, brackets and quotes tell; `None` where it goes on
/// behind the text.
fn value_end(text: &[u8]) -> Option<usize> {
    let (mut depth, mut at) = (0_u32, 0);
    loop {
        match text.get(at)? {
            b'"' => {
                at += 1;
                loop {
                    at += memchr::memchr2(b'"', b'\\', text.get(at..)?)?;
                    if text[at] == b'"' {
                        break;
                    }
                    at += 2;
                }
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth > 0 => depth -= 1,
            byte if depth == 0 && (byte.is_ascii_whitespace() || matches!(byte, b',' | b']')) => {
                return Some(at.max(1));
            }
            _ => {
                at += 1;
                continue;
            }
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

/// An array when it begins with a bracket and its first line is no value of its own; objects over several lines when the
/// first line is not at an object's end, and an object is what it begins.
fn form(start: &[u8], is_whole: bool) -> Form {
    let text = start.trim_ascii_start();
    let (first, rest) = match memchr::memchr(b'\n', text) {
        Some(end) => (&text[..end], text[end..].trim_ascii()),
        None => (text, &[][..]),
    };
    let alone = serde_json::from_slice::<IgnoredAny>(first);
    let goes_on = alone.is_err_and(|error| error.is_eof());
    match text.first() {
        Some(b'[') if goes_on || (rest.is_empty() && is_whole) => Form::Array,
        // `[{…},`: the line ends behind a comma of the array
        Some(b'[') if first.trim_ascii_end().ends_with(b",") => Form::Array,
        Some(b'{') if goes_on => {
            let mut objects = serde_json::Deserializer::from_slice(text).into_iter::<IgnoredAny>();
            match objects.next() {
                Some(Ok(_)) => Form::Objects,
                Some(Err(error)) if error.is_eof() && !is_whole => Form::Objects,
                _ => Form::Lines,
            }
        }
        _ => Form::Lines,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_ends_where_its_braces_do() {
        for (text, value) in [
            ("{\"a\":\"}\\\"\"} x", "{\"a\":\"}\\\"\"}"),
            ("[1,[2]],3", "[1,[2]]"),
            ("12,3", "12"),
            ("\"a,b\",", "\"a,b\""),
            ("{\"a\":[{}]}{", "{\"a\":[{}]}"),
        ] {
            let end = value_end(text.as_bytes()).unwrap();
            assert_eq!(&text[..end], value);
        }
        for open in ["{\"a\":1", "\"abc", "{\"a\":\"\\", "[[]", "12"] {
            assert_eq!(value_end(open.as_bytes()), None, "{open}");
        }
    }

    #[test]
    fn the_form_of_a_text_is_seen_at_its_start() {
        for (text, expected) in [
            ("{\"a\":1}\n{\"a\":2}\n", Form::Lines),
            ("[1,2]\n{\"a\":1}\n", Form::Lines),
            ("{\"a\":1\n{\"a\":2}\n", Form::Lines),
            ("no json\n", Form::Lines),
            ("", Form::Lines),
            ("[{\"a\":1},{\"a\":2}]", Form::Array),
            ("\n[\n{\"a\":1},\n{\"a\":2}]", Form::Array),
            ("[{\"a\":1},\n{\"a\":2}]", Form::Array),
            ("{\n\"a\":1\n}\n{\"a\":2}", Form::Objects),
        ] {
            assert_eq!(form(text.as_bytes(), true), expected, "{text}");
        }
    }
}
