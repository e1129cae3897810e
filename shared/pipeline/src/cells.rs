//! The arguments of our functions, as columns of one type, and their cells.

use arrow::array::{
    Array, ArrayRef, AsArray, BinaryArray, BooleanArray, Int64Array, ListArray, StringArray,
    TimestampMicrosecondArray,
};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Int64Type, TimestampMicrosecondType};
use datafusion::common::{Result, exec_datafusion_err};
use std::sync::Arc;

fn of_type(arrays: &[ArrayRef], at: usize, wanted: &DataType) -> Result<ArrayRef> {
    let missing = || exec_datafusion_err!("argument {at} is missing");
    Ok(cast(arrays.get(at).ok_or_else(missing)?, wanted)?)
}

pub(crate) fn texts(arrays: &[ArrayRef], at: usize) -> Result<StringArray> {
    Ok(of_type(arrays, at, &DataType::Utf8)?.as_string().clone())
}

/// Lists of texts.
pub(crate) fn lists(arrays: &[ArrayRef], at: usize) -> Result<ListArray> {
    let texts = DataType::List(Arc::new(Field::new("item", DataType::Utf8, true)));
    Ok(of_type(arrays, at, &texts)?.as_list().clone())
}

pub(crate) fn bytes(arrays: &[ArrayRef], at: usize) -> Result<BinaryArray> {
    Ok(of_type(arrays, at, &DataType::Binary)?.as_binary().clone())
}

pub(crate) fn integers(arrays: &[ArrayRef], at: usize) -> Result<Int64Array> {
    let integers = of_type(arrays, at, &DataType::Int64)?;
    Ok(integers.as_primitive::<Int64Type>().clone())
}

pub(crate) fn flags(arrays: &[ArrayRef], at: usize) -> Result<BooleanArray> {
    Ok(of_type(arrays, at, &DataType::Boolean)?
        .as_boolean()
        .clone())
}

/// In microseconds since 1970 UTC.
pub(crate) fn timestamps(arrays: &[ArrayRef], at: usize) -> Result<TimestampMicrosecondArray> {
    let times = of_type(arrays, at, &lake::timestamp_type())?;
    Ok(times.as_primitive::<TimestampMicrosecondType>().clone())
}

/// A missing text reads as `""`.
pub(crate) fn text_at(column: &StringArray, row: usize) -> &str {
    match column.is_null(row) {
        true => "",
        false => column.value(row),
    }
}

pub(crate) fn integer_at(column: &Int64Array, row: usize) -> Option<i64> {
    (!column.is_null(row)).then(|| column.value(row))
}

pub(crate) fn flag_at(column: &BooleanArray, row: usize) -> Option<bool> {
    (!column.is_null(row)).then(|| column.value(row))
}

pub(crate) fn time_at(column: &TimestampMicrosecondArray, row: usize) -> Option<i64> {
    (!column.is_null(row)).then(|| column.value(row))
}
