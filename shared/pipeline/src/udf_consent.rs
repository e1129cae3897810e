//! `may_contact` for SQL: the decision is [`consent::may_contact`]'s; which statements bind which contact point is decided in
//! `sql/gold/steps/bound_statements.sql`.

use crate::cells::{flag_at, flags, text_at, texts, time_at, timestamps};
use arrow::array::{
    ArrayRef, AsArray, BooleanArray, StringArray, StringBuilder, StructArray,
    TimestampMicrosecondArray, TimestampMicrosecondBuilder,
};
use arrow::datatypes::{DataType, Field, Fields};
use consent::{Permission, Statement, Status, may_contact};
use datafusion::common::{Result, exec_datafusion_err};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use datafusion::prelude::SessionContext;
use std::sync::Arc;

/// The status of a grant that counts for nothing.
pub(crate) const VOID: &str = "unmet";

pub(crate) fn register(context: &SessionContext) {
    context.register_udf(ScalarUDF::from(MayContact {
        signature: Signature::any(2, Volatility::Immutable),
    }));
}

/// `may_contact(statements, as_of)` → struct (permission, source_system, stated_at).
///
/// `statements`: array of struct (source, subject, status: text; stated_at, expires_at: timestamp; is_front_desk: boolean).
/// A status of `unmet` counts for nothing. The permission is `granted`, `denied` or `unknown`; source_system and stated_at are those of the newest statement that
/// says what was decided, so that a decision can be traced.
#[derive(Debug, PartialEq, Eq, Hash)]
struct MayContact {
    signature: Signature,
}

impl ScalarUDFImpl for MayContact {
    fn name(&self) -> &str {
        "may_contact"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(DataType::Struct(decision_fields()))
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&arguments.args)?;
        let lists = arrays
            .first()
            .and_then(|statements| statements.as_list_opt::<i32>())
            .ok_or_else(|| exec_datafusion_err!("may_contact: statements must be an array"))?;
        let columns = Columns::of(lists.values())?;
        let as_of = timestamps(&arrays, 1)?;

        let mut permissions = StringBuilder::new();
        let mut sources = StringBuilder::new();
        let mut times = TimestampMicrosecondBuilder::new().with_timezone("UTC");
        let mut bound = Vec::new();
        for (row, range) in lists.value_offsets().windows(2).enumerate() {
            bound.clear();
            let statements = range[0] as usize..range[1] as usize;
            let counted = statements.filter(|at| text_at(&columns.status, *at) != VOID);
            bound.extend(counted.map(|at| columns.statement(at)));
            let permission = may_contact(&bound, as_of.value(row));
            let decisive = newest_of(permission, &bound);
            permissions.append_value(permission.name());
            sources.append_option(decisive.map(|statement| statement.source));
            times.append_option(decisive.and_then(|statement| statement.stated_at));
        }
        let decisions: Vec<ArrayRef> = vec![
            Arc::new(permissions.finish()),
            Arc::new(sources.finish()),
            Arc::new(times.finish()),
        ];
        let decisions = StructArray::try_new(decision_fields(), decisions, None)?;
        Ok(ColumnarValue::Array(Arc::new(decisions)))
    }
}

fn decision_fields() -> Fields {
    Fields::from(vec![
        Field::new("permission", DataType::Utf8, true),
        Field::new("source_system", DataType::Utf8, true),
        Field::new("stated_at", lake::timestamp_type(), true),
    ])
}

/// The newest of the statements that say what was decided; of equally new ones, the first by source.
fn newest_of<'a>(permission: Permission, bound: &'a [Statement<'a>]) -> Option<&'a Statement<'a>> {
    bound
        .iter()
        .filter(|statement| match permission {
            Permission::Granted => statement.status.is_grant(),
            Permission::Denied => statement.status.is_denial(),
            Permission::Unknown => true,
        })
        .max_by_key(|statement| (statement.stated_at, std::cmp::Reverse(statement.source)))
}

/// The fields of the statements, as columns.
struct Columns {
    source: StringArray,
    subject: StringArray,
    status: StringArray,
    stated_at: TimestampMicrosecondArray,
    expires_at: TimestampMicrosecondArray,
    is_front_desk: BooleanArray,
}

impl Columns {
    fn of(values: &ArrayRef) -> Result<Columns> {
        let fields = values
            .as_struct_opt()
            .ok_or_else(|| exec_datafusion_err!("may_contact: statements must be structs"))?;
        const NAMES: [&str; 6] = [
            "source",
            "subject",
            "status",
            "stated_at",
            "expires_at",
            "is_front_desk",
        ];
        let columns: Vec<ArrayRef> = NAMES
            .iter()
            .map(|name| {
                let column = fields.column_by_name(name).cloned();
                column.ok_or_else(|| exec_datafusion_err!("may_contact: statements have no {name}"))
            })
            .collect::<Result<_>>()?;
        Ok(Columns {
            source: texts(&columns, 0)?,
            subject: texts(&columns, 1)?,
            status: texts(&columns, 2)?,
            stated_at: timestamps(&columns, 3)?,
            expires_at: timestamps(&columns, 4)?,
            is_front_desk: flags(&columns, 5)?,
        })
    }

    /// A missing text reads as `""`; a missing status as unknown, which is not consent.
    fn statement(&self, at: usize) -> Statement<'_> {
        Statement {
            source: text_at(&self.source, at),
            subject: text_at(&self.subject, at),
            status: Status::parse(text_at(&self.status, at)),
            stated_at: time_at(&self.stated_at, at),
            expires_at: time_at(&self.expires_at, at),
            is_front_desk: flag_at(&self.is_front_desk, at) == Some(true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::util::pretty::pretty_format_batches;

    /// Decides over VALUES (key, source, status, stated_at in µs) as of 100 µs.
    async fn decide(values: &str) -> String {
        let context = SessionContext::new();
        register(&context);
        let sql = format!(
            "SELECT may_contact(array_agg(named_struct(
                'source', s, 'subject', 'contact', 'status', status, 'stated_at', to_timestamp_micros(at),
                'expires_at', CAST(NULL AS TIMESTAMP), 'is_front_desk', false)), to_timestamp_micros(100))['permission'] AS p
             FROM (VALUES {values}) AS v(k, s, status, at) GROUP BY k ORDER BY k"
        );
        let rows = context.sql(&sql).await.unwrap().collect().await.unwrap();
        let text = pretty_format_batches(&rows).unwrap().to_string();
        text.lines()
            .filter_map(|line| line.strip_prefix("| "))
            .skip(1)
            .map(|line| line.trim_end_matches(" |").trim())
            .collect::<Vec<_>>()
            .join(",")
    }

    #[tokio::test]
    async fn one_decision_per_group() {
        let decided = decide(
            "(1, 'crm', 'granted', 1), (1, 'shop', 'denied', 2), \
             (2, 'crm', 'denied', 1), (2, 'crm', 'granted', 2), \
             (3, 'crm', NULL, 1), (4, NULL, 'withdrawn', NULL)",
        )
        .await;
        assert_eq!(decided, "denied,granted,unknown,denied");
    }

    #[test]
    fn a_decision_names_the_newest_statement_that_says_so() {
        let statement = |source, status, at| Statement {
            source,
            subject: "contact",
            status,
            stated_at: Some(at),
            expires_at: None,
            is_front_desk: false,
        };
        let bound = [
            statement("crm", Status::Denied, 1),
            statement("shop", Status::Withdrawn, 3),
            statement("app", Status::Granted, 9),
        ];
        let decisive = newest_of(Permission::Denied, &bound).unwrap();
        assert_eq!((decisive.source, decisive.stated_at), ("shop", Some(3)));
        assert!(newest_of(Permission::Granted, &[]).is_none());
    }
}
