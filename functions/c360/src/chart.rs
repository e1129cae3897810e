//! Charts of the model and of a pair's match weight, as SVG text.
//!
//! A weight is drawn within ±40 bits: a level with m = 0 or u = 0 weighs without bound, and 40 bits are proof enough. What
//! is no number is shown as `–`, draws the shortest bar and adds nothing to a sum. An underscore in a name is shown as a
//! space, and a name that does not fit ends in `…`; pointing at it shows the whole.

mod plot;
mod scale;
mod svg;
mod trend;

use crate::error::{Error, Result};
use plot::{Bar, Plot, Row};
use scale::Scale;
use std::fmt::Write as _;
use std::path::Path;
pub use svg::escaped;
pub use trend::{Series, spark, trend};

/// Bits beyond which a weight is not drawn.
const MOST: f64 = 40.0;

// Blue and vermilion of Okabe and Ito, told apart by colour-blind people too.
const FOR: &str = "#0072b2";
const AGAINST: &str = "#d55e00";
const SUM: &str = "#333333";

/// One level of a comparison, as the model has it.
#[derive(Clone, Copy, Debug)]
pub struct Level<'a> {
    pub comparison: &'a str,
    pub level: &'a str,
    /// How probable it is among records of one.
    pub m: f64,
    /// How probable it is among strangers.
    pub u: f64,
}

/// One term of a pair's match weight.
#[derive(Clone, Copy, Debug)]
pub struct Term<'a> {
    pub comparison: &'a str,
    pub level: &'a str,
    pub bits: f64,
}

/// One bar of [`bars`].
#[derive(Clone, Debug)]
pub struct Measure {
    /// Neighbours of one group are named once.
    pub group: String,
    pub name: String,
    pub value: f64,
    /// The value as text.
    pub figure: String,
}

/// Values side by side, from zero on.
pub fn bars(title: &str, about: &str, column: &str, measures: &[Measure]) -> String {
    let rows = measures.iter().map(|one| Row {
        comparison: &one.group,
        level: one.name.clone(),
        bars: vec![Bar {
            from: 0.0,
            to: number(one.value),
            color: FOR,
        }],
        figures: vec![one.figure.clone()],
    });
    Plot {
        title,
        about: about.into(),
        columns: &[(column, None)],
        scale: Scale::over(measures.iter().map(|one| number(one.value))),
        rows: rows.collect(),
        mark: None,
        is_joined: false,
    }
    .svg()
}

/// What each level weighs, log2(m/u) in bits: bars right of zero speak for a match, left of it against.
pub fn weights(title: &str, levels: &[Level<'_>]) -> String {
    let rows = levels.iter().map(|level| {
        let weight = bits((probability(level.m) / probability(level.u)).log2());
        Row {
            comparison: level.comparison,
            level: level.level.into(),
            bars: vec![weight_bar(0.0, weight)],
            figures: vec![signed(weight)],
        }
    });
    let rows = rows.collect::<Vec<_>>();
    Plot {
        title,
        about: "log2(m/u) in bits: bars right of zero speak for a match, left of it against."
            .into(),
        columns: &[("bits", None)],
        scale: Scale::over(ends(&rows)),
        rows,
        mark: None,
        is_joined: false,
    }
    .svg()
}

/// m and u of each level, one bar above the other.
pub fn probabilities(title: &str, levels: &[Level<'_>]) -> String {
    let rows = levels.iter().map(|level| {
        let (m, u) = (probability(level.m), probability(level.u));
        let bar = |to, color| Bar {
            from: 0.0,
            to: number(to),
            color,
        };
        Row {
            comparison: level.comparison,
            level: level.level.into(),
            bars: vec![bar(m, FOR), bar(u, AGAINST)],
            figures: vec![small(m), small(u)],
        }
    });
    Plot {
        title,
        about: "How probable each level is: m among records of one, u among strangers.".into(),
        columns: &[("m", Some(FOR)), ("u", Some(AGAINST))],
        scale: Scale::over([1.0]),
        rows: rows.collect(),
        mark: None,
        is_joined: false,
    }
    .svg()
}

/// A waterfall: how the terms of a pair sum up to its match weight, in the order given (the prior first). Each bar begins
/// where the one before ended; the last is the sum with its probability. A vertical line stands at `merged_from` bits,
/// unless that is no number or beyond what is drawn.
pub fn waterfall(title: &str, terms: &[Term<'_>], merged_from: f64) -> String {
    let mut sum = 0.0;
    let mut rows = Vec::with_capacity(terms.len() + 1);
    for term in terms {
        let weight = bits(term.bits);
        let bar = weight_bar(sum, weight);
        sum = bar.to;
        rows.push(Row {
            comparison: term.comparison,
            level: term.level.into(),
            bars: vec![bar],
            figures: vec![signed(weight), total(sum)],
        });
    }
    let likely = likelihood(sum);
    let mut about = format!("Match weight {} bits, {likely}", total(sum));
    let mark = (merged_from.abs() <= MOST).then(|| {
        let label = format!("merged from {} bits on", total(merged_from));
        let _ = write!(about, "; {label}");
        (merged_from, label)
    });
    if !rows.is_empty() {
        rows.push(Row {
            comparison: "match weight",
            level: likely,
            bars: vec![Bar {
                from: 0.0,
                to: sum,
                color: SUM,
            }],
            figures: vec![String::new(), total(sum)],
        });
    }
    let marked = mark.iter().map(|(at, _)| *at);
    Plot {
        title,
        about: format!("{about}."),
        columns: &[("bits", None), ("sum", None)],
        scale: Scale::over(ends(&rows).chain(marked)),
        rows,
        mark,
        is_joined: true,
    }
    .svg()
}

/// Writes charts into a file: a page of all of them, or into an `.svg` the first.
///
/// Errors: `Refused` for a file of another kind, and where it cannot be written.
pub fn write(file: &Path, title: &str, charts: &[String]) -> Result<()> {
    let kind = file.extension().and_then(|kind| kind.to_str());
    let text = match (kind, charts) {
        (Some("html"), charts) => page(title, charts),
        (Some("svg"), [first, ..]) => first.clone(),
        _ => {
            return Err(Error::Refused(format!(
                "{} is neither .html nor .svg: charts are written as one of them",
                file.display()
            )));
        }
    };
    std::fs::write(file, text).map_err(Error::file(file))
}

/// One self-contained HTML page with these charts, or other HTML: no script, and nothing is fetched.
pub fn page(title: &str, charts: &[String]) -> String {
    let title = svg::escaped(title);
    // The policy says it to the browser too, whatever a name may hold.
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n\
         body {{ margin: 2rem auto; max-width: {}px; padding: 0 1rem; font-family: {}; color: {}; background: #f3f4f6 }}\n\
         h1 {{ font-size: 1.5rem }}\n\
         h2 {{ font-size: 1.15rem; margin-top: 2rem }}\n\
         svg {{ display: block; margin: 0 0 1.5rem; max-width: 100%; height: auto }}\n\
         .tiles {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 0.75rem }}\n\
         .tile {{ background: #ffffff; padding: 0.75rem 1rem; border-left: 4px solid #0072b2 }}\n\
         .tile.passed {{ border-left-color: #d55e00 }}\n\
         .tile svg {{ margin: 0.5rem 0 0 }}\n\
         .tile strong {{ display: block; font-size: 1.4rem }}\n\
         .quiet {{ color: #57606a; font-size: 0.85rem }}\n\
         .passed {{ color: #b34700 }}\n\
         .wide {{ overflow-x: auto }}\n\
         table {{ border-collapse: collapse; background: #ffffff; font-size: 0.85rem; width: 100% }}\n\
         th, td {{ padding: 0.25rem 0.75rem; border-bottom: 1px solid #e4e7eb; text-align: right; font-variant-numeric: tabular-nums }}\n\
         th:first-child, td:first-child, th:nth-child(2), td:nth-child(2), th:last-child, td:last-child {{ text-align: left }}\n\
         </style>\n</head>\n<body>\n<h1>{title}</h1>\n",
        svg::WIDTH,
        svg::FONTS,
        svg::INK,
    );
    for chart in charts {
        page.push_str(chart);
    }
    if charts.is_empty() {
        page.push_str("<p>Nothing to show.</p>\n");
    }
    page.push_str("</body>\n</html>\n");
    page
}

fn weight_bar(from: f64, weight: f64) -> Bar {
    Bar {
        from,
        to: from + number(weight),
        color: if weight < 0.0 { AGAINST } else { FOR },
    }
}

/// Where the bars begin and end.
fn ends(rows: &[Row<'_>]) -> impl Iterator<Item = f64> {
    let bars = rows.iter().flat_map(|row| &row.bars);
    bars.flat_map(|bar| [bar.from, bar.to])
}

/// Bits that can be drawn. What is no number stays none.
fn bits(bits: f64) -> f64 {
    bits.clamp(-MOST, MOST)
}

fn probability(value: f64) -> f64 {
    value.clamp(0.0, 1.0)
}

/// What is no number counts as 0.
fn number(value: f64) -> f64 {
    if value.is_nan() { 0.0 } else { value }
}

/// A weight: `+9.1`, at the bounds `≥ +40`, `–` where there is none.
fn signed(bits: f64) -> String {
    match bits {
        _ if bits.is_nan() => "–".into(),
        _ if bits >= MOST => format!("≥ {MOST:+}"),
        _ if bits <= -MOST => format!("≤ {:+}", -MOST),
        _ => total(bits),
    }
}

/// A sum of weights: `+9.1`, and never `-0.0`.
fn total(bits: f64) -> String {
    format!("{:+.1}", (10.0 * bits).round() / 10.0 + 0.0)
}

/// A probability with three digits, or two of what is smaller. It is never rounded to certainty.
fn small(value: f64) -> String {
    match value {
        _ if value.is_nan() => "–".into(),
        0.0 => "0".into(),
        0.9995..1.0 => "> 0.999".into(),
        0.001.. => format!("{value:.3}"),
        _ => format!("{value:.1e}"),
    }
}

/// The probability that a match weight stands for. It is never said to be certain.
fn likelihood(bits: f64) -> String {
    let probability = 1.0 / (1.0 + (-bits).exp2());
    match probability {
        0.99995.. => "probability > 0.9999".into(),
        ..0.00005 => "probability < 0.0001".into(),
        _ => format!("probability {probability:.4}"),
    }
}

#[cfg(test)]
mod tests;
