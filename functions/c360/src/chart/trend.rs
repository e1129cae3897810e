//! Lines over publications.

use super::scale::Scale;
use super::svg::{self, Svg, WIDTH};

const LEFT: f64 = 64.0;
const RIGHT: f64 = WIDTH - 250.0;
const TOP: f64 = 72.0;
const BOTTOM: f64 = 272.0;
const LEGEND: f64 = 20.0;
/// The dates that find room below.
const DATES: usize = 6;

/// Of Okabe and Ito, told apart by colour-blind people too; a series beyond them takes the first again.
const COLORS: [&str; 7] = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#333333",
];
const GRID: &str = "stroke=\"#e4e7eb\"";

/// A value for each publication; `None` where it had none.
#[derive(Clone, Debug)]
pub struct Series {
    pub name: String,
    pub values: Vec<Option<f64>>,
    /// What to write at the last value.
    pub figure: String,
}

/// One line per series over `dates`, which are as many as its values.
pub fn trend(title: &str, about: &str, dates: &[String], series: &[Series]) -> String {
    let mut svg = Svg::default();
    svg.text((16.0, 30.0), WIDTH - 32.0, title, svg::TITLE);
    let values = series.iter().flat_map(|one| one.values.iter().flatten());
    let values: Vec<f64> = values.copied().filter(|value| value.is_finite()).collect();
    if values.is_empty() {
        svg.text((16.0, 54.0), WIDTH - 32.0, "Nothing to show.", svg::QUIET);
        return svg.finish(title, "Nothing to show.", 74.0);
    }
    svg.text((16.0, 50.0), WIDTH - 32.0, about, svg::QUIET);
    let scale = Scale::over(values);
    let y = |value: f64| BOTTOM - (BOTTOM - TOP) * scale.share(value);
    for (value, label) in scale.ticks() {
        svg.line((LEFT, y(value)), (RIGHT, y(value)), GRID);
        svg.text(
            (LEFT - 8.0, y(value) + 4.0),
            LEFT - 12.0,
            &label,
            svg::QUIET_END,
        );
    }
    let last = dates.len().saturating_sub(1).max(1) as f64;
    let x = |at: usize| LEFT + 8.0 + (RIGHT - LEFT - 16.0) * at as f64 / last;
    let every = dates.len().div_ceil(DATES).max(1);
    for (at, date) in dates.iter().enumerate().step_by(every) {
        svg.text((x(at), BOTTOM + 18.0), 90.0, date, svg::TICK);
    }
    for (nth, one) in series.iter().enumerate() {
        let color = COLORS.get(nth % COLORS.len()).copied().unwrap_or_default();
        // A publication without a value parts the line.
        for known in parts(&one.values) {
            let points: Vec<(f64, f64)> = known
                .iter()
                .map(|(at, value)| (x(*at), y(*value)))
                .collect();
            svg.path(&points, &format!("stroke=\"{color}\" stroke-width=\"2\""));
            if let [only] = points.as_slice() {
                let (left, top) = (only.0 - 3.0, only.1 - 3.0);
                svg.rect((left, top), (6.0, 6.0), &format!("fill=\"{color}\""));
            }
        }
        let line = TOP + LEGEND * nth as f64;
        let look = format!("fill=\"{color}\"");
        svg.rect((RIGHT + 16.0, line - 9.0), (10.0, 10.0), &look);
        svg.text((RIGHT + 32.0, line), 152.0, &one.name, svg::PLAIN);
        svg.text((WIDTH - 8.0, line), 56.0, &one.figure, svg::NUMBER);
    }
    let legend = TOP + LEGEND * series.len() as f64;
    svg.finish(title, about, legend.max(BOTTOM + 34.0))
}

/// A small line without words.
pub fn spark(values: &[Option<f64>]) -> String {
    const SIZE: (f64, f64) = (120.0, 28.0);
    let parts = parts(values);
    let known = parts.iter().flatten().map(|(_, value)| *value);
    let (low, high) = known.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let last = values.len().saturating_sub(1).max(1) as f64;
    let height = (high - low).max(f64::MIN_POSITIVE);
    let point = |at: usize, value: f64| {
        let share = if high > low {
            (value - low) / height
        } else {
            0.5
        };
        (
            2.0 + (SIZE.0 - 4.0) * at as f64 / last,
            SIZE.1 - 3.0 - (SIZE.1 - 6.0) * share,
        )
    };
    let mut svg = Svg::default();
    for part in &parts {
        let points: Vec<(f64, f64)> = part.iter().map(|(at, value)| point(*at, *value)).collect();
        svg.path(&points, "stroke=\"#0072b2\" stroke-width=\"1.5\"");
    }
    svg.bare(SIZE)
}

/// The stretches without a gap, each value with its place.
fn parts(values: &[Option<f64>]) -> Vec<Vec<(usize, f64)>> {
    let mut parts: Vec<Vec<(usize, f64)>> = Vec::new();
    let mut goes_on = false;
    for (at, value) in values.iter().enumerate() {
        let value = value.filter(|value| value.is_finite());
        match (value, parts.last_mut(), goes_on) {
            (Some(value), Some(part), true) => part.push((at, value)),
            (Some(value), ..) => parts.push(vec![(at, value)]),
            (None, ..) => {}
        }
        goes_on = value.is_some();
    }
    parts
}
