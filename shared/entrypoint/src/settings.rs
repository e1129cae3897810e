use pipeline::Secret;
use std::path::PathBuf;
use thiserror::Error;

/// Half of the function's memory is for queries; the rest is for files in flight, Parquet writers and the program.
const QUERY_SHARE: usize = 2;
/// Where a function's zip lies.
const TASK_ROOT: &str = "/var/task";
/// The most that S3 copies in one request.
const COPY_PART_BYTES: u64 = 5 << 30;

/// A function's configuration (see the README for the variables).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Folder with `c360.toml`.
    pub project: PathBuf,
    pub lake: Option<String>,
    pub landing: Option<String>,
    /// Ceiling of query memory, bytes; `None`: no ceiling.
    pub memory_bytes: Option<usize>,
    pub log_level: Option<String>,
    /// What the Lambda service calls this function, for its metrics.
    pub deployed_as: Option<String>,
    /// URL of the function's own queue, for messages that come again sooner than their visibility runs out.
    pub queue: Option<String>,
    /// URL of the queue for messages that can never succeed.
    pub dead_letter_queue: Option<String>,
    /// `s3://bucket/prefix` that extracts are published to, besides the lake.
    pub extracts: Option<String>,
    /// Identifiers of people are hashed with it.
    pub hash_key: Option<Secret>,
    /// Extracts above this size are copied in parts of it, bytes.
    pub copy_part_bytes: u64,
    /// `s3://bucket/prefix` for audit objects.
    pub audit: Option<String>,
    /// The delivery after which a message is given up, one before SQS does; `None`: SQS alone gives up, without a reason.
    pub deliveries: Option<u32>,
    /// URL of the queue of the container job, and what a function hands over to it.
    pub heavy_queue: Option<String>,
    pub heavy_bytes: u64,
    pub heavy_records: u64,
    /// Does the Lambda service run this process? Else it is a job, and runs once.
    pub is_lambda: bool,
    /// What AWS Batch calls this job.
    pub job: Option<String>,
}

#[derive(Debug, Error, PartialEq, Eq)]
#[error("{variable}={value:?} is no number of {unit}")]
pub struct SettingsError {
    variable: &'static str,
    value: String,
    unit: &'static str,
}

impl Settings {
    /// Reads the environment of this process.
    pub fn from_environment() -> Result<Settings, SettingsError> {
        // The one place where a function reads its environment.
        #[allow(clippy::disallowed_methods)]
        Settings::read(|name| std::env::var(name).ok())
    }

    /// Reads variables through `variable`; an empty one counts as not set.
    pub fn read(
        variable: impl Fn(&'static str) -> Option<String>,
    ) -> Result<Settings, SettingsError> {
        let text = |name| variable(name).filter(|value| !value.trim().is_empty());
        let number = |name, unit| match text(name) {
            None => Ok(None),
            Some(value) => match value.trim().parse::<usize>() {
                Ok(number) if number > 0 => Ok(Some(number)),
                _ => Err(SettingsError {
                    variable: name,
                    value,
                    unit,
                }),
            },
        };
        let memory_bytes = match number("C360_MEMORY_BYTES", "bytes")? {
            Some(bytes) => Some(bytes),
            None => number("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "MiB")?
                .map(|mebibytes| mebibytes.saturating_mul(1 << 20) / QUERY_SHARE),
        };
        Ok(Settings {
            project: match text("C360_PROJECT") {
                Some(folder) => folder.into(),
                None => PathBuf::from(text("LAMBDA_TASK_ROOT").unwrap_or_else(|| TASK_ROOT.into()))
                    .join("project"),
            },
            lake: text("C360_LAKE"),
            landing: text("C360_LANDING"),
            memory_bytes,
            log_level: text("AWS_LAMBDA_LOG_LEVEL"),
            deployed_as: text("AWS_LAMBDA_FUNCTION_NAME"),
            queue: text("C360_QUEUE_URL"),
            dead_letter_queue: text("C360_DEAD_LETTER_QUEUE_URL"),
            extracts: text("C360_EXTRACTS"),
            hash_key: text("C360_HASH_KEY").map(Secret::new),
            copy_part_bytes: number("C360_COPY_PART_BYTES", "bytes")?
                .map_or(COPY_PART_BYTES, |bytes| bytes as u64),
            audit: text("C360_AUDIT"),
            deliveries: number("C360_DELIVERIES", "deliveries")?
                .map(|count| u32::try_from(count).unwrap_or(u32::MAX)),
            heavy_queue: text("C360_HEAVY_QUEUE_URL"),
            heavy_bytes: number("C360_RESOLVE_MAX_BYTES", "bytes")?
                .map_or(u64::MAX, |bytes| bytes as u64),
            heavy_records: number("C360_RESOLVE_MAX_RECORDS", "records")?
                .map_or(u64::MAX, |records| records as u64),
            is_lambda: text("AWS_LAMBDA_RUNTIME_API").is_some(),
            job: text("AWS_BATCH_JOB_ID"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        Settings::read(|name| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn defaults_are_those_of_a_function_zip() {
        let settings = read(&[]).unwrap();
        assert_eq!(settings.project, PathBuf::from("/var/task/project"));
        assert_eq!(settings.lake, None);
        assert_eq!(settings.memory_bytes, None);
    }

    #[test]
    fn memory_is_given_or_half_of_the_function() {
        let size = ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
        assert_eq!(read(&[size]).unwrap().memory_bytes, Some(512 << 20));
        let given = ("C360_MEMORY_BYTES", "1000");
        assert_eq!(read(&[size, given]).unwrap().memory_bytes, Some(1000));
        let error = read(&[("C360_MEMORY_BYTES", "4GiB")]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "C360_MEMORY_BYTES=\"4GiB\" is no number of bytes"
        );
    }

    #[test]
    fn an_empty_variable_is_not_set() {
        assert_eq!(read(&[("C360_LAKE", " ")]).unwrap().lake, None);
    }
}
