//! Who published what, from which versions: objects that nobody overwrites.

use crate::aws::AwsError;
use crate::{Place, State};
use chrono::DateTime;
use serde_json::Value;

impl State {
    /// Writes `record` of the publication that run `run_id` made as of `as_of` (µs, UTC) to
    /// `<function>/<date>/<run_id>.json`. Where it is there already it is left as it is; how long it is locked is the
    /// bucket's to say. Nothing happens where no audit place is configured.
    pub async fn audit(&self, run_id: &str, as_of: i64, record: &Value) -> Result<(), AwsError> {
        let Some(location) = &self.settings.audit else {
            return Ok(());
        };
        let Some(place) = Place::parse(location) else {
            return Err(AwsError::invalid("C360_AUDIT", "is no s3://bucket/prefix"));
        };
        let date = DateTime::from_timestamp_micros(as_of)
            .map_or_else(String::new, |time| time.format("%Y-%m-%d").to_string());
        let key = place.key(&format!("{}/{date}/{run_id}.json", self.function));
        let content = record.to_string().into_bytes();
        self.aws.write_once(place.bucket(), &key, content).await?;
        Ok(())
    }
}
