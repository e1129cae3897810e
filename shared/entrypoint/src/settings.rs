use std::path::PathBuf;
use thiserror::Error;

/// Half of the function's memory is for queries; the rest is for files in flight, Parquet writers and the program.
const QUERY_SHARE: usize = 2;

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
            project: text("C360_PROJECT")
                .unwrap_or_else(|| "/var/task/project".into())
                .into(),
            lake: text("C360_LAKE"),
            landing: text("C360_LANDING"),
            memory_bytes,
            log_level: text("AWS_LAMBDA_LOG_LEVEL"),
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
