//! Credentials and region of whoever is logged in, where the environment names none: a profile, a single sign-on session, a
//! program, the machine's own role. What the environment names (as a function's always does), `object_store` reads itself.

use aws_config::BehaviorVersion;
use aws_config::default_provider::region::DefaultRegionChain;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use object_store::CredentialProvider;
use object_store::aws::AwsCredential;
use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::sync::Mutex;

/// Credentials that end sooner than this are asked for anew.
const MARGIN: Duration = Duration::from_secs(300);

/// Asks the AWS SDK's chain of providers, once for as long as its answer lasts.
#[derive(Debug, Default)]
pub(crate) struct Login {
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    provider: Option<SharedCredentialsProvider>,
    /// With the time at which it ends; `None`: never.
    credential: Option<(Arc<AwsCredential>, Option<SystemTime>)>,
}

#[async_trait::async_trait]
impl CredentialProvider for Login {
    type Credential = AwsCredential;

    async fn get_credential(&self) -> object_store::Result<Arc<AwsCredential>> {
        let mut known = self.known.lock().await;
        if let Some((credential, end)) = &known.credential
            && end.is_none_or(|end| end > SystemTime::now() + MARGIN)
        {
            return Ok(credential.clone());
        }
        let provider = match &known.provider {
            Some(provider) => provider.clone(),
            None => {
                let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
                let provider = config.credentials_provider();
                provider.ok_or_else(|| refuse("the AWS SDK has no provider of credentials"))?
            }
        };
        let given = provider.provide_credentials().await;
        let given = given.map_err(|error| refuse(&causes(&error)))?;
        let credential = Arc::new(AwsCredential {
            key_id: given.access_key_id().to_owned(),
            secret_key: given.secret_access_key().to_owned(),
            token: given.session_token().map(str::to_owned),
        });
        known.provider = Some(provider);
        known.credential = Some((credential.clone(), given.expiry()));
        Ok(credential)
    }
}

/// The region of the profile, else of the machine.
pub(crate) fn region() -> Option<String> {
    let ask = || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let region = async { DefaultRegionChain::builder().build().region().await };
        Some(runtime.ok()?.block_on(region)?.to_string())
    };
    // A lake is opened without waiting, often within a runtime, which cannot wait inside itself: a thread does.
    std::thread::spawn(ask).join().ok().flatten()
}

fn refuse(reason: &str) -> object_store::Error {
    let advice = "log in (`aws configure`, `aws sso login`), or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
    object_store::Error::Unauthenticated {
        path: "S3".into(),
        source: format!("no credentials of AWS: {reason}; {advice}").into(),
    }
}

/// An error with what caused it: the SDK's own words are few.
fn causes(error: &dyn Error) -> String {
    let mut told = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        told = format!("{told}: {cause}");
        next = cause.source();
    }
    told
}
