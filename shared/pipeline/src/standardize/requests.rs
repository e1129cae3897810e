//! What people ask for at the front desk (`c360 consent set`): each request is a file of one row below the lake, of a feed that every
//! project has. So it is read, counted and kept like any other statement, and no feed's re-ingestion touches it.

use super::one::standardized;
use super::{ATTEMPTS, Deliveries, FeedReport, Report, take_in};
use crate::project::{ConsentRules, Entity, Feed};
use crate::udf::strings;
use crate::{PipelineError, Result, Run};
use bytes::Bytes;
use lake::{Files, LakeError};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// Below the lake: `requests/<day>-<hash>.ndjson`.
const FOLDER: &str = "requests";

/// Its name is taken in every project.
pub(crate) const FEED: &str = "consent_requests";

/// Its source system and its role.
const FRONT_DESK: &str = "front_desk";

/// One request: the columns of a consent statement, and who took it. Who it is about is a contact point or a record, not both.
// No `Debug`: it is a person.
#[derive(Clone, Default, Serialize)]
pub struct Request {
    pub person_id: Option<String>,
    pub account_id: Option<String>,
    /// The source system that has the record.
    pub owner_source: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub purpose: String,
    pub channel: String,
    pub status: String,
    /// RFC 3339
    pub stated_at: String,
    pub evidence: String,
    pub legal_basis: Option<String>,
    pub expires_at: Option<String>,
    pub jurisdiction: Option<String>,
    pub taken_by: String,
}

const MAPPING: &str = "SELECT person_id, account_id, owner_source, email, phone, purpose, channel, status, stated_at, evidence, legal_basis, \
    expires_at, jurisdiction, taken_by FROM input";

fn feed() -> Feed {
    Feed {
        source: FRONT_DESK.into(),
        role: FRONT_DESK.into(),
        files: "*.ndjson".into(),
        mapping: MAPPING.into(),
        mapping_file: "the request".into(),
        ..Feed::undeclared(FEED, Entity::Consent)
    }
}

/// Records a request. The same request again changes nothing.
///
/// Errors: `Invalid` where it names nobody, or what nobody knows; then nothing is written. `Conflict` where others were at work all
/// the time: it is written then, and the next run takes it in.
pub async fn request(run: &Run, request: &Request) -> Result<()> {
    let value =
        serde_json::to_value(request).map_err(|error| PipelineError::Invalid(error.to_string()))?;
    let Value::Object(row) = value else {
        return Err(PipelineError::Invalid("a request is an object".into()));
    };
    let text = format!("{}\n", Value::Object(row.clone()));
    let tables = standardized(run, &feed(), &row).await?;
    if let Some(statements) = tables.get(Entity::Consent.table()) {
        let purpose = strings(statements, "purpose")?.value(0).to_owned();
        expect_purpose(run, &purpose).await?;
    }
    if let Some(place) = request
        .jurisdiction
        .as_ref()
        .filter(|place| !ConsentRules::names_place(place))
    {
        return Err(PipelineError::Invalid(format!(
            "the jurisdiction {place:?} is no country and no law that is known; write an ISO code such as DE or US-CA, or GDPR"
        )));
    }
    let files = run.lake.files(FOLDER);
    let day = request.stated_at.get(..10).unwrap_or_default();
    let path = format!("{day}-{:016x}.ndjson", crate::udf::key_hash(&text));
    files.write(&path, Bytes::from(text)).await?;
    let mut told = Report::default();
    take(run, &files, &mut Deliveries::load(run).await?, &mut told).await?;
    match told.refused.into_iter().next() {
        Some(refused) => Err(PipelineError::Invalid(refused.reason)),
        None => Ok(()),
    }
}

/// Purposes that every lake knows.
const PURPOSES: [&str; 5] = ["all", "marketing", "profiling", "sale", "service"];

/// Refuses a purpose that nobody has spoken of: it would bind nothing.
async fn expect_purpose(run: &Run, purpose: &str) -> Result<()> {
    if PURPOSES.contains(&purpose) {
        return Ok(());
    }
    let (session, _) = run.session(&["silver.consents"]).await?;
    let what = "reading the purposes of statements";
    let frame = session
        .sql(
            what,
            "SELECT DISTINCT purpose FROM silver.consents WHERE purpose IS NOT NULL",
        )
        .await?;
    let mut known: BTreeSet<String> = PURPOSES.map(str::to_owned).into();
    for batch in run.collect(frame, what).await? {
        known.extend(
            strings(&batch, "purpose")?
                .iter()
                .flatten()
                .map(str::to_owned),
        );
    }
    if known.contains(purpose) {
        return Ok(());
    }
    let known: Vec<String> = known.into_iter().collect();
    Err(PipelineError::Invalid(format!(
        "no statement is of purpose {purpose}, so this one would bind nothing; known are {}",
        known.join(", ")
    )))
}

/// Takes in the requests that are not in yet: all, unless a process died, or met others, between writing one and taking it in.
pub(super) async fn run(
    run: &Run,
    deliveries: &mut Deliveries,
    told: &mut Report,
) -> Result<FeedReport> {
    take(run, &run.lake.files(FOLDER), deliveries, told).await
}

async fn take(
    run: &Run,
    files: &Files,
    deliveries: &mut Deliveries,
    told: &mut Report,
) -> Result<FeedReport> {
    let listed = files.list().await?;
    let listed: Vec<_> = listed
        .iter()
        .filter(|file| file.path.ends_with(".ndjson"))
        .collect();
    let feed = feed();
    let mut attempts = 1;
    loop {
        match take_in(run, &feed, files, &listed, deliveries, &mut None, told).await {
            // Another process takes one in at this moment.
            Err(PipelineError::Lake(LakeError::Conflict { .. })) if attempts < ATTEMPTS => {
                attempts += 1;
                *deliveries = Deliveries::load(run).await?;
            }
            taken => return taken,
        }
    }
}
