//! Which encoding a text is in, and the text in UTF-8.

use super::packing::read_most;
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read};

/// Bytes that are looked at together.
const STEP: usize = 256 << 10;
/// Stands for what cannot be read: no UTF-8 has this byte.
const BROKEN: u8 = 0xff;
/// Bytes that Windows-1252 does not use.
const UNUSED: [u8; 5] = [0x81, 0x8d, 0x8f, 0x90, 0x9d];

/// Reads a text to its end and tells its encoding: by its byte order mark, by where it has NUL bytes, else by counting. A
/// text with more broken bytes than sequences of UTF-8 is in Windows-1252 (of which Latin-1 is a part), unless it has bytes
/// that Windows-1252 lacks; any other is UTF-8, and rows that are not are theirs to answer for.
pub fn survey(mut source: Box<dyn Read + Send>) -> io::Result<&'static Encoding> {
    let mut part = vec![0; STEP];
    let (mut sequences, mut broken, mut unused) = (0_u64, 0_u64, false);
    let mut kept = 0;
    let mut wide: Option<&'static Encoding> = None;
    let mut is_first = true;
    loop {
        let read = read_most(&mut *source, &mut part[kept..])?;
        let filled = kept + read;
        if std::mem::take(&mut is_first) {
            wide = utf16(&part[..filled.min(4096)]);
        }
        let text = &part[..filled];
        // A sequence that is cut at the end is looked at with what follows.
        let mut rest = text;
        kept = 0;
        while !rest.is_empty() {
            match std::str::from_utf8(rest) {
                Ok(good) => {
                    sequences += count(good);
                    break;
                }
                Err(error) => {
                    let (good, bad) = rest.split_at(error.valid_up_to());
                    sequences += count(std::str::from_utf8(good).unwrap_or_default());
                    match error.error_len() {
                        Some(length) => {
                            broken += length as u64;
                            unused |= bad[..length].iter().any(|byte| UNUSED.contains(byte));
                            rest = &bad[length..];
                        }
                        None if read == 0 => {
                            broken += bad.len() as u64;
                            break;
                        }
                        None => {
                            kept = bad.len();
                            break;
                        }
                    }
                }
            }
        }
        if read == 0 {
            break;
        }
        part.copy_within(filled - kept..filled, 0);
    }
    Ok(match wide {
        Some(wide) => wide,
        None if broken > sequences && !unused => WINDOWS_1252,
        None => UTF_8,
    })
}

/// Characters of more than one byte.
fn count(text: &str) -> u64 {
    if text.is_ascii() {
        return 0;
    }
    let is_first = |byte: &u8| *byte >= 0xc0;
    text.bytes().filter(is_first).count() as u64
}

/// UTF-16 by its byte order mark, or because every second byte of most of its start is NUL.
fn utf16(start: &[u8]) -> Option<&'static Encoding> {
    match start {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let pairs = start.len() / 2;
    let nul_at = |odd: usize| {
        let bytes = start.iter().skip(odd).step_by(2);
        bytes.take(pairs).filter(|byte| **byte == 0).count()
    };
    let (even, odd) = (nul_at(0), nul_at(1));
    let is_most =
        |some: usize, other: usize| pairs >= 2 && some * 10 > pairs * 6 && other * 10 < pairs;
    if is_most(odd, even) {
        Some(UTF_16LE)
    } else if is_most(even, odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// A text of any encoding, read as UTF-8.
pub struct Transcoded {
    source: Box<dyn Read + Send>,
    decoder: Decoder,
    given: Vec<u8>,
    at: usize,
    made: Vec<u8>,
    out: usize,
    is_at_end: bool,
    is_done: bool,
}

impl Transcoded {
    /// Reads on behind the byte order mark.
    pub fn open(
        mut source: Box<dyn Read + Send>,
        encoding: &'static Encoding,
    ) -> io::Result<Box<dyn Read + Send>> {
        if encoding != UTF_8 {
            return Ok(Box::new(Transcoded {
                source,
                // Takes a mark away; of another encoding there is none.
                decoder: encoding.new_decoder_with_bom_removal(),
                given: Vec::new(),
                at: 0,
                made: Vec::new(),
                out: 0,
                is_at_end: false,
                is_done: false,
            }));
        }
        let mut start = [0; 3];
        let read = read_most(&mut *source, &mut start)?;
        let start = match &start[..read] {
            [0xef, 0xbb, 0xbf] => Vec::new(),
            other => other.to_vec(),
        };
        Ok(Box::new(io::Cursor::new(start).chain(source)))
    }

    /// Makes more text out of what is given.
    fn decode(&mut self) -> io::Result<()> {
        if self.at == self.given.len() && !self.is_at_end {
            self.given.resize(STEP, 0);
            let read = read_most(&mut *self.source, &mut self.given)?;
            self.given.truncate(read);
            self.at = 0;
            self.is_at_end = read < STEP;
        }
        self.made.resize(3 * STEP + 16, 0);
        let given = &self.given[self.at..];
        let is_last = self.is_at_end;
        let (result, read, written) =
            self.decoder
                .decode_to_utf8_without_replacement(given, &mut self.made, is_last);
        self.at += read;
        self.made.truncate(written);
        self.out = 0;
        match result {
            DecoderResult::Malformed(..) => self.made.push(BROKEN),
            DecoderResult::InputEmpty => self.is_done = is_last,
            DecoderResult::OutputFull => {}
        }
        Ok(())
    }
}

impl Read for Transcoded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.out == self.made.len() {
            if self.is_done {
                return Ok(0);
            }
            self.decode()?;
        }
        let length = into.len().min(self.made.len() - self.out);
        into[..length].copy_from_slice(&self.made[self.out..self.out + length]);
        self.out += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::Encoding;

    fn found(text: &[u8]) -> &'static Encoding {
        survey(Box::new(io::Cursor::new(text.to_vec()))).unwrap()
    }

    fn read(text: &[u8]) -> Vec<u8> {
        let source = Box::new(io::Cursor::new(text.to_vec()));
        let mut read = Vec::new();
        let mut text = Transcoded::open(source, found(text)).unwrap();
        text.read_to_end(&mut read).unwrap();
        read
    }

    fn wide(text: &str, of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(of).collect()
    }

    #[test]
    fn an_encoding_is_found_and_read() {
        let text = "id;name\n1;Zoë Müller\n2;José\n";
        let latin: Vec<u8> = text.chars().map(|letter| letter as u8).collect();
        for encoded in [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            wide(text, u16::to_le_bytes),
            wide(text, u16::to_be_bytes),
            wide(&format!("\u{feff}{text}"), u16::to_le_bytes),
            wide(&format!("\u{feff}{text}"), u16::to_be_bytes),
            latin,
        ] {
            assert_eq!(
                String::from_utf8(read(&encoded)).unwrap(),
                text,
                "{encoded:?}"
            );
        }
    }

    #[test]
    fn a_few_broken_bytes_make_no_other_encoding() {
        let text = ["Zoë,Müller,José".as_bytes(), b"\xe9"].concat();
        assert_eq!(found(&text), UTF_8);
        assert_eq!(read(&text), text);
        assert_eq!(found(b"a\x81\xe9"), UTF_8, "Windows-1252 has no 0x81");
        assert_eq!(found(b"Zo\xeb"), WINDOWS_1252);
        assert_eq!(found(b""), UTF_8);
        // A sequence that lies across two steps is whole.
        let long = ["x".repeat(STEP - 1), "ë".repeat(STEP)].concat();
        assert_eq!(found(long.as_bytes()), UTF_8);
        // Half a character at the end is broken, and said so.
        let cut = &wide("\u{feff}ab", u16::to_le_bytes)[..5];
        assert_eq!(read(cut), b"a\xff");
    }
}
