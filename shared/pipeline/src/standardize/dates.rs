//! Does a column of a file write the day or the month first? Its values are asked together, before any is read.

use super::columns::{self, Kind};
use crate::Result;
use crate::mapping::{Mapped, Mapping};
use crate::project::{Entity, Feed};
use arrow::array::AsArray;
use arrow::compute::cast;
use arrow::datatypes::DataType;
use records::country::Country;
use records::date::{ColumnOrder, DateColumn, DateReading, SerialSystem};
use std::collections::BTreeMap;

/// What the date columns of a file write, by the mapping's names.
#[derive(Clone, Default)]
pub struct Dates(BTreeMap<String, DateColumn>);

impl Dates {
    /// The columns of dates that a mapping yields as text.
    pub fn of(feed: &Feed, mapping: &Mapping) -> Dates {
        let columns = mapping
            .yields()
            .filter(|name| is_date(feed.entity, name) && mapping.is_text(name));
        Dates(
            columns
                .map(|name| (name.to_owned(), DateColumn::default()))
                .collect(),
        )
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Counts what some mapped rows write.
    pub fn add(&mut self, mapped: &Mapped) -> Result<()> {
        for batch in &mapped.batches {
            for (name, column) in &mut self.0 {
                let Some(values) = batch.column_by_name(name) else {
                    continue;
                };
                let values = cast(values, &DataType::Utf8)
                    .map_err(crate::PipelineError::arrow("reading a column of dates"))?;
                for text in values.as_string::<i32>().iter().flatten() {
                    if !text.trim().is_empty() {
                        column.add(text);
                    }
                }
            }
        }
        Ok(())
    }

    pub fn merge(&mut self, other: &Dates) {
        for (name, column) in &mut self.0 {
            if let Some(other) = other.0.get(name) {
                column.merge(other);
            }
        }
    }

    /// How to read a value: as the feed says, else as its column shows, else as the row's country writes.
    pub fn reading(
        &self,
        feed: &Feed,
        column: &str,
        text: &str,
        country: Option<Country>,
        latest_year: i32,
    ) -> DateReading {
        let shown = || self.0.get(column).and_then(|column| column.order().order());
        let alone = DateReading::of(text, country);
        // Between dots the day is first everywhere, whatever the other values of the column say.
        let dotted = || text.contains('.').then_some(alone.order);
        let order = feed.cleaning.date_order.or_else(dotted).or_else(shown);
        DateReading {
            order: order.unwrap_or(alone.order),
            latest_year: Some(latest_year),
            serials: Some(SerialSystem::From1900),
        }
    }

    /// In a word, for the profile: `day_first`, `month_first`, `by_country`, `contradictory`; `None` where no value could be
    /// read in two ways.
    pub fn shown(&self, column: &str) -> Option<&'static str> {
        let column = self.0.get(column)?;
        if column.day_first + column.month_first + column.either == 0 {
            return None;
        }
        Some(match column.order() {
            ColumnOrder::DayFirst => "day_first",
            ColumnOrder::MonthFirst => "month_first",
            ColumnOrder::Ambiguous => "by_country",
            ColumnOrder::Contradictory => "contradictory",
        })
    }

    /// Columns that write the day first in some rows and the month first in others.
    pub fn contradictory(&self) -> impl Iterator<Item = (&str, u64, u64)> {
        let columns = self.0.iter();
        columns
            .filter(|(_, column)| column.order() == ColumnOrder::Contradictory)
            .map(|(name, column)| (name.as_str(), column.day_first, column.month_first))
    }
}

fn is_date(entity: Entity, name: &str) -> bool {
    columns::kind(entity, name) == Some(Kind::Timestamp)
}
