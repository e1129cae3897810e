//! `[consent]` for SQL: `config.consent`, `consent_jurisdiction` and `counted_as`. What a term means is the crate `consent`'s affair.

use crate::cells::{flag_at, flags, text_at, texts, time_at, timestamps};
use crate::project::ConsentRules;
use crate::udf::text;
use crate::udf_consent::VOID;
use crate::{PipelineError, Result, Run};
use arrow::array::{
    Array, ArrayRef, Float64Array, RecordBatch, StringBuilder, StructArray,
    TimestampMicrosecondBuilder,
};
use arrow::datatypes::{DataType, Field, Fields};
use consent::{Stated, Status, Terms, Unmet};
use datafusion::common::Result as Planned;
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use lake::Session;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Registers `config.consent` (one row: suppress_above) and the functions:
///
/// - `consent_jurisdiction(text)` → the keys of the terms that hold in what the text names, comma-separated; `none` where none do.
/// - `counted_as(status, purpose, channel, is_confirmed, legal_basis, stated_at, expires_at, jurisdictions)` → struct (status,
///   expires_at, unmet): how a statement counts under the terms of comma-separated jurisdictions.
pub(super) fn register(run: &Run, session: &Session) -> Result<()> {
    let name = "config.consent";
    let above: ArrayRef = Arc::new(Float64Array::from(vec![run.project.consent.suppress_above]));
    let row = RecordBatch::try_from_iter([("suppress_above", above)])
        .map_err(PipelineError::arrow(name))?;
    session.register_rows(name, row)?;
    let rules = Arc::new(run.project.consent.clone());
    let of_text = rules.clone();
    text(&session.context, "consent_jurisdiction", move |named| {
        of_text.jurisdictions(named)
    });
    session.context.register_udf(ScalarUDF::from(CountedAs {
        signature: Signature::any(8, Volatility::Immutable),
        rules: Rules(rules),
    }));
    Ok(())
}

/// Equal where they are the same.
#[derive(Clone, Debug)]
struct Rules(Arc<ConsentRules>);

impl PartialEq for Rules {
    fn eq(&self, other: &Rules) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Rules {}

impl Hash for Rules {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.0).hash(state);
    }
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct CountedAs {
    signature: Signature,
    rules: Rules,
}

impl ScalarUDFImpl for CountedAs {
    fn name(&self) -> &str {
        "counted_as"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Planned<DataType> {
        Ok(DataType::Struct(fields()))
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Planned<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&arguments.args)?;
        let (status, purpose, channel) =
            (texts(&arrays, 0)?, texts(&arrays, 1)?, texts(&arrays, 2)?);
        let confirmed = flags(&arrays, 3)?;
        let basis = texts(&arrays, 4)?;
        let (stated, expires) = (timestamps(&arrays, 5)?, timestamps(&arrays, 6)?);
        let places = texts(&arrays, 7)?;

        let mut statuses = StringBuilder::new();
        let mut ends = TimestampMicrosecondBuilder::new().with_timezone("UTC");
        let mut unmets = StringBuilder::new();
        for row in 0..status.len() {
            let statement = Stated {
                status: Status::parse(text_at(&status, row)),
                purpose: text_at(&purpose, row),
                channel: text_at(&channel, row),
                is_confirmed: flag_at(&confirmed, row) == Some(true),
                legal_basis: Some(text_at(&basis, row)),
                stated_at: time_at(&stated, row),
                expires_at: time_at(&expires, row),
            };
            let terms = text_at(&places, row)
                .split(',')
                .filter_map(|place| self.terms(place));
            let (counted, expires_at, unmet) = statement.counted(terms);
            statuses.append_value(match unmet.is_some_and(Unmet::is_void) {
                true => VOID,
                false => counted.name(),
            });
            ends.append_option(expires_at);
            unmets.append_option(unmet.map(Unmet::name));
        }
        let columns: Vec<ArrayRef> = vec![
            Arc::new(statuses.finish()),
            Arc::new(ends.finish()),
            Arc::new(unmets.finish()),
        ];
        Ok(ColumnarValue::Array(Arc::new(StructArray::try_new(
            fields(),
            columns,
            None,
        )?)))
    }
}

impl CountedAs {
    fn terms(&self, jurisdiction: &str) -> Option<&Terms> {
        self.rules.0.terms(jurisdiction)
    }
}

fn fields() -> Fields {
    Fields::from(vec![
        Field::new("status", DataType::Utf8, true),
        Field::new("expires_at", lake::timestamp_type(), true),
        Field::new("unmet", DataType::Utf8, true),
    ])
}
