//! `distinct_rows(row)`: how many different row numbers there are, in a bit for each and not in a table of them.

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{DataType, Int64Type};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{Accumulator, Volatility, create_udaf};
use datafusion::prelude::SessionContext;
use std::collections::BTreeSet;
use std::sync::Arc;

pub fn register(context: &SessionContext) {
    context.register_udaf(create_udaf(
        "distinct_rows",
        vec![DataType::Int64],
        Arc::new(DataType::Int64),
        Volatility::Immutable,
        Arc::new(|_| Ok(Box::new(Seen::default()))),
        Arc::new(vec![DataType::Binary, DataType::Binary]),
    ));
}

/// Row numbers count from 1; what is further out than any file goes is kept by itself.
const MOST: i64 = 1 << 32;

#[derive(Debug, Default)]
struct Seen {
    bits: Vec<u8>,
    others: BTreeSet<i64>,
}

impl Seen {
    fn add(&mut self, row: i64) {
        if !(0..MOST).contains(&row) {
            self.others.insert(row);
            return;
        }
        let (byte, bit) = ((row / 8) as usize, row % 8);
        if byte >= self.bits.len() {
            self.bits.resize((byte + 1).next_power_of_two(), 0);
        }
        self.bits[byte] |= 1 << bit;
    }
}

impl Accumulator for Seen {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let rows = values[0].as_primitive::<Int64Type>();
        rows.iter().flatten().for_each(|row| self.add(row));
        Ok(())
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        let ones: u64 = self
            .bits
            .iter()
            .map(|byte| u64::from(byte.count_ones() as u8))
            .sum();
        Ok(ScalarValue::Int64(Some(
            ones as i64 + self.others.len() as i64,
        )))
    }

    fn size(&self) -> usize {
        size_of_val(self) + self.bits.capacity() + self.others.len() * 32
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        let others = self.others.iter().flat_map(|row| row.to_le_bytes());
        Ok(vec![
            ScalarValue::Binary(Some(std::mem::take(&mut self.bits))),
            ScalarValue::Binary(Some(others.collect())),
        ])
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let (bits, others) = (states[0].as_binary::<i32>(), states[1].as_binary::<i32>());
        for state in 0..bits.len() {
            let bits = bits.value(state);
            if bits.len() > self.bits.len() {
                self.bits.resize(bits.len(), 0);
            }
            for (mine, theirs) in self.bits.iter_mut().zip(bits) {
                *mine |= theirs;
            }
            for row in others.value(state).as_chunks::<8>().0 {
                self.others.insert(i64::from_le_bytes(*row));
            }
        }
        Ok(())
    }
}
