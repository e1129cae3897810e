//! SVG text: rectangles, lines and labels that keep to their room.

use std::fmt::Write as _;

/// Every chart is as wide, so that they align on a page.
pub const WIDTH: f64 = 880.0;
pub const FONTS: &str =
    "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
pub const INK: &str = "#1f2328";

/// How a label looks.
#[derive(Clone, Copy)]
pub struct Look {
    size: f64,
    /// The width of a letter m.
    em: f64,
    attributes: &'static str,
}

const fn look(size: f64, attributes: &'static str) -> Look {
    Look {
        size,
        em: size,
        attributes,
    }
}

const fn bold(size: f64) -> Look {
    Look {
        size,
        em: 1.12 * size,
        attributes: "font-weight=\"600\"",
    }
}

pub const TITLE: Look = bold(16.0);
pub const NAME: Look = bold(12.0);
pub const PLAIN: Look = look(12.0, "");
pub const NUMBER: Look = look(12.0, "text-anchor=\"end\"");
pub const QUIET: Look = look(12.0, "fill=\"#57606a\"");
pub const QUIET_END: Look = look(12.0, "fill=\"#57606a\" text-anchor=\"end\"");
pub const TICK: Look = look(11.0, "fill=\"#57606a\" text-anchor=\"middle\"");

/// A drawing under way.
#[derive(Default)]
pub struct Svg {
    body: String,
}

impl Svg {
    /// A rectangle; `attributes` are its colour and class.
    pub fn rect(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), attributes: &str) {
        let _ = writeln!(
            self.body,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" {attributes}/>"
        );
    }

    pub fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), attributes: &str) {
        let _ = writeln!(
            self.body,
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" {attributes}/>"
        );
    }

    /// A line through these points; `attributes` are its colour and width.
    pub fn path(&mut self, points: &[(f64, f64)], attributes: &str) {
        let points: Vec<String> = points
            .iter()
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        let _ = writeln!(
            self.body,
            "<polyline points=\"{}\" fill=\"none\" {attributes}/>",
            points.join(" ")
        );
    }

    /// A label, cut to `room` pixels. One that is cut shows the whole when pointed at.
    pub fn text(&mut self, (x, y): (f64, f64), room: f64, text: &str, look: Look) {
        let Look {
            size,
            em,
            attributes,
        } = look;
        let text = clean(text);
        let shown = cut(&text, room / em);
        let whole = match shown == text {
            true => String::new(),
            false => format!("<title>{}</title>", escaped(&text)),
        };
        let _ = writeln!(
            self.body,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" {attributes}>{}{whole}</text>",
            escaped(&shown)
        );
    }

    /// The whole drawing.
    pub fn finish(self, title: &str, about: &str, height: f64) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
             height=\"{height}\" role=\"img\" font-family=\"{FONTS}\" fill=\"{INK}\" \
             style=\"font-variant-numeric: tabular-nums\">\n<title>{}</title>\n<desc>{}</desc>\n\
             <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\n{}</svg>\n",
            escaped(title),
            escaped(about),
            self.body
        )
    }

    /// The drawing alone: what stands beside it says what it shows.
    pub fn bare(self, (width, height): (f64, f64)) -> String {
        format!(
            "<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" aria-hidden=\"true\">\n{}</svg>\n",
            self.body
        )
    }
}

/// Text that XML can hold: its special characters as entities, without those that it forbids.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// One line without control characters and what else XML 1.0 forbids.
fn clean(text: &str) -> String {
    let kept = text.chars().filter_map(|c| match c {
        '\t' | '\n' | '\r' => Some(' '),
        '\u{fffe}' | '\u{ffff}' => None,
        c => (!c.is_control()).then_some(c),
    });
    kept.collect()
}

/// As much of a text as `room` holds, in widths of the letter m.
fn cut(text: &str, room: f64) -> String {
    let mut used = 0.0;
    let mut fits = 0;
    for (at, c) in text.char_indices() {
        used += width(c);
        if used > room {
            let kept = text.get(..fits).unwrap_or_default();
            return format!("{}…", kept.trim_end());
        }
        if used + 1.0 <= room {
            fits = at + c.len_utf8();
        }
    }
    text.to_owned()
}

/// About how wide a character is. The reader's font is not known: these are of DejaVu Sans, a wide one.
fn width(c: char) -> f64 {
    match c {
        ' ' | 'f' | 'i' | 'j' | 'l' | 'r' | 't' => 0.42,
        '.' | ',' | ':' | ';' | '\'' | '|' | '/' | '-' | '(' | ')' => 0.4,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 1.0,
        'A'..='Z' | '+' | '<' | '=' | '>' | '&' | '#' | '~' | '^' => 0.85,
        ' '..='~' | '–' => 0.65,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::{cut, escaped};

    #[test]
    fn text_is_escaped_and_cleaned() {
        assert_eq!(
            escaped("a<b>&\"c\"'\u{0}\u{1b}\u{fffe}\nd"),
            "a&lt;b&gt;&amp;&quot;c&quot;&#39; d"
        );
    }

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(cut("short", 10.0), "short");
        assert_eq!(cut("mmmmmmmm", 5.0), "mmmm…");
        assert_eq!(cut("mmm mmmmm", 5.0), "mmm…");
        assert_eq!(cut("日本語日本語", 4.0), "日本語…");
        assert_eq!(cut("", 0.0), "");
    }
}
