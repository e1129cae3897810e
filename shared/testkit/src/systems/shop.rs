//! Shop customers (NDJSON, typed by themselves) and their orders (Parquet).

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{Decimal128Array, RecordBatch, StringArray, TimestampMicrosecondArray};
use arrow::datatypes::{DataType, Field, Schema, TimeUnit};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use serde::Serialize;

use crate::Error;
use crate::country::Country;
use crate::fill::Filled;
use crate::moment::Moment;
use crate::output::TextFile;
use crate::rng::Rng;
use crate::systems::{Sequence, Written};

#[derive(Debug)]
pub(super) struct Shop {
    customers: TextFile,
    ids: Sequence,
    orders: Orders,
}

#[derive(Serialize)]
struct Customer<'a> {
    customer_id: &'a str,
    created_at: String,
    updated_at: String,
    customer_number: Option<&'a str>,
    first_name: &'a str,
    last_name: &'a str,
    email: Option<&'a str>,
    phone: Option<&'a str>,
    date_of_birth: Option<&'a str>,
    address: Option<Nested>,
    accepts_marketing: bool,
    accepts_marketing_updated_at: String,
    last_delivered_at: Option<String>,
    tags: &'a [&'a str],
}

#[derive(Serialize)]
struct Nested {
    street: String,
    unit: Option<String>,
    city: &'static str,
    state: Option<&'static str>,
    postcode: String,
    country: &'static str,
}

impl Shop {
    pub(super) fn new(customers: TextFile, orders: &Path) -> Result<Shop, Error> {
        Ok(Shop {
            customers,
            ids: Sequence::new(1),
            orders: Orders::create(orders)?,
        })
    }

    pub(super) fn write(&mut self, rng: &mut Rng, record: &Filled) -> Result<String, Error> {
        let id = format!("cus_{:09}", self.ids.next());
        let address = record.address.map(|a| Nested {
            street: a.line1(rng.chance(0.3)),
            unit: a.line2(),
            city: a.city.0,
            state: Some(a.city.1).filter(|state| !state.is_empty()),
            postcode: if rng.chance(0.1) {
                a.postcode.replace(' ', "").to_lowercase()
            } else {
                a.postcode.clone()
            },
            country: a.country.iso2(),
        });
        let bought = self.orders.of(rng, &id, record)?;
        let tags: &[&str] = if record.company.is_some() {
            &["b2b", "newsletter"]
        } else {
            &["newsletter"]
        };
        let customer = Customer {
            customer_id: &id,
            created_at: record.created.iso(),
            updated_at: record.updated.iso(),
            customer_number: record.customer_number,
            first_name: &record.given,
            last_name: &record.family,
            email: record.email.as_deref(),
            phone: record.phone.as_deref(),
            date_of_birth: record.birth_date.as_deref(),
            last_delivered_at: address.as_ref().and(bought).map(|at| at.plus(3).iso()),
            address,
            accepts_marketing: record.wants_mail,
            accepts_marketing_updated_at: record.created.later(rng).iso(),
            tags: &tags[..rng.below(tags.len() + 1)],
        };
        self.customers.push(serde_json::to_string(&customer)?)?;
        Ok(id)
    }

    pub(super) fn finish(self) -> Result<[Written; 2], Error> {
        let (rows, damaged) = self.customers.finish()?;
        Ok([
            ("shop_customers", rows, damaged),
            ("shop_orders", self.orders.finish()?, 0),
        ])
    }
}

/// Rows held before a batch is written.
const BATCH: usize = 16_384;

#[derive(Debug)]
struct Orders {
    path: PathBuf,
    writer: ArrowWriter<File>,
    schema: Arc<Schema>,
    ids: Sequence,
    rows: u64,
    order_id: Vec<String>,
    customer_id: Vec<String>,
    ordered_at: Vec<i64>,
    cents: Vec<i128>,
    currency: Vec<&'static str>,
    status: Vec<&'static str>,
}

impl Orders {
    fn create(path: &Path) -> Result<Orders, Error> {
        let schema = Arc::new(Schema::new(vec![
            Field::new("order_id", DataType::Utf8, false),
            Field::new("customer_id", DataType::Utf8, false),
            Field::new(
                "ordered_at",
                DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
                false,
            ),
            Field::new("total", DataType::Decimal128(12, 2), false),
            Field::new("currency", DataType::Utf8, false),
            Field::new("status", DataType::Utf8, false),
        ]));
        let file = File::create(path).map_err(|e| Error::io(path, e))?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by("shop".to_owned())
            .set_max_row_group_row_count(Some(65_536))
            .build();
        Ok(Orders {
            path: path.to_owned(),
            writer: ArrowWriter::try_new(file, schema.clone(), Some(properties))?,
            schema,
            ids: Sequence::new(2),
            rows: 0,
            order_id: Vec::new(),
            customer_id: Vec::new(),
            ordered_at: Vec::new(),
            cents: Vec::new(),
            currency: Vec::new(),
            status: Vec::new(),
        })
    }

    /// Makes up what a customer bought; answers with the last order's time.
    fn of(
        &mut self,
        rng: &mut Rng,
        customer: &str,
        record: &Filled,
    ) -> Result<Option<Moment>, Error> {
        let country = record.address.map_or(Country::Us, |a| a.country);
        let count = rng.weighted(&[25, 25, 18, 12, 8, 6, 6]);
        // Some came back lately, some have not been seen for long.
        let silent_for = if rng.chance(0.35) { 400 } else { 0 };
        let mut last = None;
        for _ in 0..count {
            let at = Moment::before(rng, 1400, silent_for);
            last = last.max(Some(at));
            self.order_id.push(format!("ORD-{:09}", self.ids.next()));
            self.customer_id.push(customer.to_owned());
            self.ordered_at.push(at.micros());
            self.cents.push(i128::from(rng.between(900, 40_000)));
            self.currency.push(country.currency());
            self.status.push(rng.pick(&[
                "completed",
                "completed",
                "completed",
                "completed",
                "shipped",
                "refunded",
                "cancelled",
            ]));
        }
        if self.order_id.len() >= BATCH {
            self.flush()?;
        }
        Ok(last)
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.rows += self.order_id.len() as u64;
        let batch = RecordBatch::try_new(
            self.schema.clone(),
            vec![
                Arc::new(StringArray::from(std::mem::take(&mut self.order_id))),
                Arc::new(StringArray::from(std::mem::take(&mut self.customer_id))),
                Arc::new(
                    TimestampMicrosecondArray::from(std::mem::take(&mut self.ordered_at))
                        .with_timezone("UTC"),
                ),
                Arc::new(
                    Decimal128Array::from(std::mem::take(&mut self.cents))
                        .with_precision_and_scale(12, 2)?,
                ),
                Arc::new(StringArray::from(std::mem::take(&mut self.currency))),
                Arc::new(StringArray::from(std::mem::take(&mut self.status))),
            ],
        )?;
        self.writer.write(&batch)?;
        Ok(())
    }

    fn finish(mut self) -> Result<u64, Error> {
        self.flush()?;
        let file = self.writer.into_inner()?;
        file.sync_all().map_err(|e| Error::io(&self.path, e))?;
        Ok(self.rows)
    }
}
