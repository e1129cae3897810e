//! Clients of AWS, and what their errors say.

use aws_config::BehaviorVersion;
use aws_config::timeout::TimeoutConfig;
use aws_sdk_s3::config::http::HttpResponse;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;
use tokio::sync::OnceCell;

/// One attempt of a request about one object or message. A function has seconds left when it makes them.
const ATTEMPT: Duration = Duration::from_secs(5);

/// Clients that are made when they are first asked for: a start that needs none does not wait for them. Region,
/// credentials and endpoint come from the environment, as every AWS tool reads them.
#[derive(Clone, Debug, Default)]
pub struct Aws {
    config: Arc<OnceCell<aws_config::SdkConfig>>,
    s3: Arc<OnceCell<aws_sdk_s3::Client>>,
    sqs: Arc<OnceCell<aws_sdk_sqs::Client>>,
}

impl Aws {
    async fn config(&self) -> &aws_config::SdkConfig {
        let load = || {
            let timeouts = TimeoutConfig::builder().operation_attempt_timeout(ATTEMPT);
            aws_config::defaults(BehaviorVersion::latest())
                .timeout_config(timeouts.build())
                .load()
        };
        self.config.get_or_init(load).await
    }

    pub async fn s3(&self) -> &aws_sdk_s3::Client {
        let make = async || {
            let config = self.config().await;
            // An endpoint of its own is an emulator, or a server that knows no bucket as a host name.
            let is_elsewhere = config.endpoint_url().is_some();
            let config = aws_sdk_s3::config::Builder::from(config).force_path_style(is_elsewhere);
            aws_sdk_s3::Client::from_conf(config.build())
        };
        self.s3.get_or_init(make).await
    }

    pub async fn sqs(&self) -> &aws_sdk_sqs::Client {
        let make = async || aws_sdk_sqs::Client::new(self.config().await);
        self.sqs.get_or_init(make).await
    }
}

/// A request that AWS refused, or that did not reach it.
#[derive(Debug, Error)]
#[error("{what}: {said}{}", advice(code))]
pub struct AwsError {
    /// What was asked of which bucket, object or queue.
    what: String,
    /// The service's error code, else the HTTP status, else `timeout` or `unreachable`.
    pub code: String,
    said: String,
}

impl AwsError {
    /// Of a failed request for `what`.
    pub fn of<E>(what: impl Into<String>) -> impl FnOnce(SdkError<E, HttpResponse>) -> AwsError
    where
        E: ProvideErrorMetadata,
    {
        move |error| {
            let code = match (error.code(), &error) {
                (Some(code), _) => code.to_owned(),
                (None, SdkError::TimeoutError(_)) => "timeout".to_owned(),
                (None, _) => error.raw_response().map_or_else(
                    || "unreachable".to_owned(),
                    |response| response.status().as_u16().to_string(),
                ),
            };
            let said = match error.message() {
                Some(message) => format!("{code}, {message}"),
                None => code.clone(),
            };
            AwsError {
                what: what.into(),
                code,
                said,
            }
        }
    }

    /// Of something that no request can mend.
    pub fn invalid(what: impl Into<String>, said: impl Into<String>) -> AwsError {
        AwsError {
            what: what.into(),
            code: "invalid".into(),
            said: said.into(),
        }
    }

    pub fn is_missing(&self) -> bool {
        ["404", "NotFound", "NoSuchKey"].contains(&self.code.as_str())
    }
}

/// What to do about it.
fn advice(code: &str) -> &'static str {
    match code {
        "403" | "AccessDenied" | "AccessDeniedException" => {
            "; the role, or the bucket's or queue's policy, does not allow it"
        }
        "NoSuchBucket" => {
            "; there is no such bucket: create it, or correct the configured location"
        }
        "AWS.SimpleQueueService.NonExistentQueue" | "QueueDoesNotExist" => {
            "; there is no such queue: create it, or correct the configured URL"
        }
        "503" | "SlowDown" | "ThrottlingException" | "RequestThrottled" => {
            "; too many requests at once, later it may succeed"
        }
        "RequestTimeTooSkewed" => "; the clock of this machine is wrong, set it",
        "timeout" | "unreachable" => "; the endpoint did not answer in time, later it may",
        _ => "",
    }
}
