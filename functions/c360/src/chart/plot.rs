//! What the charts have in common: rows of names, bars and figures over one scale.

use super::scale::Scale;
use super::svg::{self, Svg, WIDTH};

const MARGIN: f64 = 16.0;
/// Where the levels' names begin, right of their comparison's.
const LEVELS: f64 = 166.0;
/// Where the bars begin.
const LEFT: f64 = 372.0;
/// A column of figures.
const COLUMN: f64 = 76.0;
/// Where the rows begin, below title, description and headings.
const TOP: f64 = 88.0;
const ROW: f64 = 22.0;
/// Where text stands in a row.
const BASE: f64 = 15.0;
/// Room for the ticks.
const FOOT: f64 = 34.0;
/// Space between neighbours.
const GAP: f64 = 8.0;
/// What the bars of a row share.
const THICK: f64 = 14.0;

const GRID: &str = "stroke=\"#e4e7eb\"";
const AXIS: &str = "stroke=\"#6e7781\"";
const MARK: &str = "stroke=\"#1f2328\" stroke-dasharray=\"4 3\"";

pub struct Bar {
    pub from: f64,
    pub to: f64,
    pub color: &'static str,
}

pub struct Row<'a> {
    /// Neighbours of one comparison are a group: it is named once.
    pub comparison: &'a str,
    pub level: String,
    /// One below the other.
    pub bars: Vec<Bar>,
    /// By column.
    pub figures: Vec<String>,
}

pub struct Plot<'a> {
    pub title: &'a str,
    pub about: String,
    /// Headings of the figures, with the colour of their bars where these differ.
    pub columns: &'a [(&'a str, Option<&'a str>)],
    pub scale: Scale,
    pub rows: Vec<Row<'a>>,
    /// A value to compare with, and what it is.
    pub mark: Option<(f64, String)>,
    /// Whether a bar goes on where the one above ended.
    pub is_joined: bool,
}

impl Plot<'_> {
    pub fn svg(&self) -> String {
        let mut svg = Svg::default();
        let room = WIDTH - 2.0 * MARGIN;
        svg.text((MARGIN, 30.0), room, self.title, svg::TITLE);
        if self.rows.is_empty() {
            svg.text((MARGIN, 54.0), room, "Nothing to show.", svg::QUIET);
            return svg.finish(self.title, "Nothing to show.", 74.0);
        }
        svg.text((MARGIN, 50.0), room, &self.about, svg::QUIET);
        self.names(&mut svg);
        self.axis(&mut svg);
        self.headings(&mut svg);
        for (at, row) in self.rows.iter().enumerate() {
            self.row(&mut svg, row, TOP + ROW * at as f64);
        }
        self.joints(&mut svg);
        self.mark(&mut svg);
        svg.finish(self.title, &self.about, self.bottom() + FOOT)
    }

    /// The comparisons' names, each at the first row of its group, below a line that parts it from the one before.
    fn names(&self, svg: &mut Svg) {
        let mut last = None;
        for (at, row) in self.rows.iter().enumerate() {
            if last != Some(row.comparison) {
                let y = TOP + ROW * at as f64;
                let (name, room) = (row.comparison.replace('_', " "), LEVELS - MARGIN - GAP);
                svg.line((MARGIN, y), (WIDTH - MARGIN, y), GRID);
                svg.text((MARGIN, y + BASE), room, &name, svg::NAME);
            }
            last = Some(row.comparison);
        }
    }

    fn row(&self, svg: &mut Svg, row: &Row<'_>, y: f64) {
        let level = row.level.replace('_', " ");
        let room = LEFT - LEVELS - 2.0 * GAP;
        svg.text((LEVELS, y + BASE), room, &level, svg::PLAIN);
        let thick = THICK / row.bars.len().max(1) as f64;
        let mut top = y + (ROW - THICK) / 2.0;
        for bar in &row.bars {
            let (from, to) = (self.x(bar.from), self.x(bar.to));
            // The least bar is seen too, on its side of where it begins.
            let width = (to - from).abs().max(1.0);
            let left = if to < from { from - width } else { from };
            let look = format!("fill=\"{}\" class=\"bar\"", bar.color);
            svg.rect((left, top), (width, thick), &look);
            top += thick;
        }
        for (at, figure) in row.figures.iter().enumerate() {
            svg.text((self.column(at), y + BASE), COLUMN, figure, svg::NUMBER);
        }
    }

    fn axis(&self, svg: &mut Svg) {
        let bottom = self.bottom();
        for (value, label) in self.scale.ticks() {
            let x = self.x(value);
            let look = if value == 0.0 { AXIS } else { GRID };
            svg.line((x, TOP), (x, bottom + 4.0), look);
            svg.text((x, bottom + 18.0), COLUMN, &label, svg::TICK);
        }
        svg.line((LEFT, bottom), (self.right(), bottom), AXIS);
    }

    fn headings(&self, svg: &mut Svg) {
        for (at, (heading, color)) in self.columns.iter().enumerate() {
            let x = self.column(at);
            svg.text((x, TOP - GAP), COLUMN, heading, svg::QUIET_END);
            if let Some(color) = color {
                let look = format!("fill=\"{color}\"");
                svg.rect((x - 26.0, TOP - GAP - 9.0), (9.0, 9.0), &look);
            }
        }
    }

    /// Lines from the end of a bar to the beginning of the next.
    fn joints(&self, svg: &mut Svg) {
        if !self.is_joined {
            return;
        }
        for (at, row) in self.rows.iter().enumerate().skip(1) {
            let above = self.rows.get(at - 1).and_then(|row| row.bars.last());
            if let (Some(above), false) = (above, row.bars.is_empty()) {
                let (x, y) = (self.x(above.to), TOP + ROW * at as f64);
                let gap = (ROW - THICK) / 2.0;
                svg.line((x, y - gap), (x, y + gap), AXIS);
            }
        }
    }

    /// The mark's label stands on the side that has more room.
    fn mark(&self, svg: &mut Svg) {
        let Some((value, label)) = &self.mark else {
            return;
        };
        let (x, y) = (self.x(*value), TOP - GAP);
        svg.line((x, y - 10.0), (x, self.bottom()), MARK);
        let (left, right) = (x - LEFT, self.right() - x);
        if left > right {
            svg.text((x - GAP, y), left, label, svg::QUIET_END);
        } else {
            svg.text((x + GAP, y), right, label, svg::QUIET);
        }
    }

    fn x(&self, value: f64) -> f64 {
        LEFT + (self.right() - LEFT) * self.scale.share(value)
    }

    /// Where the bars end at most.
    fn right(&self) -> f64 {
        WIDTH - MARGIN - COLUMN * self.columns.len() as f64
    }

    /// Where a column of figures ends.
    fn column(&self, at: usize) -> f64 {
        self.right() + COLUMN * (at + 1) as f64
    }

    fn bottom(&self) -> f64 {
        TOP + ROW * self.rows.len() as f64
    }
}
