//! One event of a function: its messages, its time, what becomes of each message.

use crate::deadline::{self, StageError};
use crate::metrics::Metrics;
use crate::queue::DeadLetter;
use crate::{AwsError, Created, Message, State, decode, redact};
use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use chrono::{DateTime, SecondsFormat, Utc};
use lambda_runtime::Context;
use pipeline::Run;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::future::Future;
use std::time::Duration;
use tokio::time::Instant;
use tracing::{Span, error, info, info_span, warn};

/// A message handed back comes again after this many seconds, twice as many each time.
const FIRST_PAUSE: u32 = 5;
const LONGEST_PAUSE: u32 = 900;
/// How long a job waits for another run to end: as long as one may take (`infra/template.yaml`).
const JOB_PATIENCE: Duration = Duration::from_secs(6 * 3_600);

/// A message and what it asks for.
#[derive(Clone, Debug)]
pub struct Asking {
    pub message: Message,
    pub objects: Vec<Created>,
    pub is_wake: bool,
}

/// One event on its way through a function.
pub struct Invocation<'a> {
    pub state: &'a State,
    pub run_id: String,
    /// When it began.
    pub now: DateTime<Utc>,
    /// Counted under the function's name.
    pub metrics: Metrics,
    /// Messages that asked for the run.
    pub(crate) asked: Vec<Message>,
    /// Time of the oldest event (µs, UTC).
    oldest: Option<i64>,
    /// `None`: a job has none.
    deadline: Option<Instant>,
    trace: Option<String>,
    /// Of the event that all began with: a drop's, and then what the commits that it led to carry.
    origin: Option<String>,
    /// By id: what comes again, and why.
    handed_back: BTreeMap<String, (Message, String)>,
    /// Commits that this process had tried again before.
    retries: u64,
}

impl<'a> Invocation<'a> {
    pub fn begin(state: &'a State, context: Context) -> Invocation<'a> {
        let now = Utc::now();
        Invocation {
            deadline: Some(deadline::deadline(now.into(), context.deadline())),
            trace: context.xray_trace_id,
            ..Invocation::new(state, context.request_id, now)
        }
    }

    /// A run that no event asks for, without a deadline.
    pub fn job(state: &'a State) -> Invocation<'a> {
        let now = Utc::now();
        let run_id = match &state.settings.job {
            Some(job) => job.clone(),
            None => format!("job-{}-{}", now.format("%Y%m%dT%H%M%S"), std::process::id()),
        };
        Invocation::new(state, run_id, now)
    }

    fn new(state: &'a State, run_id: String, now: DateTime<Utc>) -> Invocation<'a> {
        Invocation {
            state,
            run_id,
            now,
            metrics: Metrics::new(vec![("Function", state.deployed_as())]),
            asked: Vec::new(),
            oldest: None,
            deadline: None,
            trace: None,
            origin: None,
            handed_back: BTreeMap::new(),
            retries: lake::retries(),
        }
    }

    /// What every line of the log says.
    pub fn span(&self) -> Span {
        info_span!(
            "invocation",
            function = self.state.function,
            run_id = self.run_id,
            xray_trace_id = self.trace,
            trace_id = self.trace,
        )
    }

    /// The messages that ask for something. What can never be understood goes to the dead letters here.
    pub async fn decode(&mut self, event: SqsEvent) -> Vec<Asking> {
        let mut asking = Vec::new();
        for message in event.records.into_iter().map(Message::from) {
            info!(
                message_id = message.id,
                deliveries = message.deliveries,
                trace = message.trace,
                "received"
            );
            let notice = match decode(message.body.as_deref()) {
                Ok(notice) => notice,
                Err(error) => {
                    self.bury_whole(&message, &error).await;
                    continue;
                }
            };
            for (record, error) in notice.refused {
                self.bury(&message, notification([&record]), &error, None)
                    .await;
            }
            asking.push(Asking {
                message,
                objects: notice.objects,
                is_wake: notice.is_wake,
            });
        }
        asking
    }

    /// Runs a stage within the time that is left.
    pub async fn run<R, F>(
        &self,
        as_of: DateTime<Utc>,
        stage: impl FnOnce(Run) -> F + Send + 'static,
    ) -> Result<R, StageError>
    where
        R: Send + 'static,
        F: Future<Output = pipeline::Result<R>>,
    {
        let mut run = self.run_as_of(as_of.timestamp_micros());
        // Whoever waits for another run to end needs as long for its own.
        run.patience = self.deadline.map_or(JOB_PATIENCE, |deadline| {
            deadline.saturating_duration_since(Instant::now()) / 2
        });
        deadline::before(self.deadline, run, stage).await
    }

    /// A run of this invocation, as of `as_of` (µs, UTC).
    pub fn run_as_of(&self, as_of: i64) -> Run {
        let trace = self.origin.as_ref().or(self.trace.as_ref());
        self.state.run(&self.run_id, as_of, trace.cloned())
    }

    /// Follows the trace of a message, or of the commit that it tells of, from here on.
    pub async fn follow(&mut self, asking: &Asking) {
        let commits = asking.objects.iter().rev();
        let mut commits = commits.filter_map(|object| self.state.lake.as_ref()?.commit(object));
        let caused_by = match commits.next() {
            None => None,
            Some((table, version)) => match self.state.author_of(&table, version).await {
                Ok(author) => author.map(|author| (table, version, author)),
                Err(error) => {
                    warn!(
                        error = redact(&error),
                        table, version, "a commit does not tell who made it"
                    );
                    None
                }
            },
        };
        self.origin = asking.message.trace.clone();
        if let Some((table, version, author)) = caused_by {
            info!(
                table,
                version,
                by = author.run_id,
                trace_id = author.trace_id,
                "woken by a commit"
            );
            self.origin = author.trace_id.or(self.origin.take());
        }
        if let Some(trace) = &self.origin {
            Span::current().record("trace_id", trace.as_str());
        }
    }

    /// Notes when objects were written.
    pub fn note_times(&mut self, objects: &[Created]) {
        let times = objects.iter().map(|object| object.at);
        self.oldest = times.chain(self.oldest).min();
    }

    /// Counts the seconds since `at` (µs, UTC), else since the oldest event, as the lag of this run.
    pub fn count_lag(&mut self, at: Option<i64>) {
        if let Some(at) = at.or(self.oldest) {
            let micros = Utc::now().timestamp_micros() - at;
            // A sender's clock may be ahead.
            self.metrics
                .seconds("LagSeconds", (micros.max(0) as f64) / 1e6);
        }
    }

    /// Gives a message back to its queue: what failed may succeed later.
    pub fn hand_back(&mut self, message: &Message, why: &impl ToString) {
        let (message_id, deliveries) = (&message.id, message.deliveries);
        let error = redact(why);
        error!(message_id, deliveries, error, "failed, and comes again");
        self.handed_back
            .insert(message_id.clone(), (message.clone(), error));
    }

    /// Sends what can never succeed to the dead letters, with a reason that a person understands. True: it is there. Where
    /// there is no such queue, or it takes nothing, the message is handed back.
    pub async fn bury(
        &mut self,
        message: &Message,
        body: String,
        why: &impl ToString,
        file: Option<String>,
    ) -> bool {
        let reason = redact(why);
        let Some(queue) = &self.state.settings.dead_letter_queue else {
            self.hand_back(message, &reason);
            return false;
        };
        let letter = DeadLetter { body, reason, file };
        let now = Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true);
        let about = [
            ("failed_at", &*now),
            ("function", self.state.function),
            ("run_id", &self.run_id),
        ];
        let sent = self
            .state
            .aws
            .send_dead_letter(queue, &letter, message, about);
        match sent.await {
            Ok(()) => {
                let DeadLetter { reason, file, .. } = letter;
                error!(message_id = message.id, reason, file, "to the dead letters");
                true
            }
            Err(failed) => {
                let why = format!("{}; and the dead letters: {failed}", letter.reason);
                self.hand_back(message, &why);
                false
            }
        }
    }

    /// The same of a message as it came.
    pub(crate) async fn bury_whole(&mut self, message: &Message, why: &impl ToString) {
        let body = message.body.clone().unwrap_or_else(|| "(no body)".into());
        self.bury(message, body, why, None).await;
    }

    /// Asks the container job for a run, in place of this one.
    pub async fn hand_over(&self) -> Result<(), AwsError> {
        let queue = &self.state.settings.heavy_queue;
        let queue = queue
            .as_ref()
            .ok_or_else(|| AwsError::invalid("C360_HEAVY_QUEUE_URL", "is not set"))?;
        let body = json!({"c360": "wake", "run_id": self.run_id}).to_string();
        self.state.aws.send(queue, &body).await
    }

    /// What SQS would give up at the next failure goes to the dead letters here, with its reason: SQS knows none.
    async fn give_up(&mut self) {
        let Some(last) = self.state.settings.deliveries else {
            return;
        };
        let failed = std::mem::take(&mut self.handed_back);
        for (id, (message, why)) in failed {
            if message.deliveries < last {
                self.handed_back.insert(id, (message, why));
                continue;
            }
            let why = format!(
                "it failed {} times, the last time: {why}",
                message.deliveries
            );
            self.bury_whole(&message, &why).await;
        }
    }

    /// The reply: messages that come again.
    pub async fn end(mut self) -> SqsBatchResponse {
        self.give_up().await;
        let retries = lake::retries() - self.retries;
        if retries > 0 {
            self.metrics.count("CommitRetries", retries);
        }
        if let Some(line) = self.metrics.line(self.now.timestamp_millis(), &self.run_id) {
            println!("{line}");
        }
        let messages = self.handed_back.values();
        let receipts: Vec<(&str, i32)> = messages
            .filter_map(|(message, _)| Some((message.receipt.as_deref()?, pause(message))))
            .collect();
        if let Some(queue) = &self.state.settings.queue
            && let Err(error) = self.state.aws.come_again(queue, &receipts).await
        {
            let error = redact(&error);
            warn!(error, "messages come again when their visibility runs out");
        }
        let mut response = SqsBatchResponse::default();
        for message_id in self.handed_back.into_keys() {
            response.add_failure(message_id);
        }
        response
    }
}

/// Seconds until a message comes again.
fn pause(message: &Message) -> i32 {
    let doublings = message.deliveries.saturating_sub(1).min(16);
    (FIRST_PAUSE << doublings).min(LONGEST_PAUSE) as i32
}

/// A notification of these records alone.
pub fn notification<'a>(records: impl IntoIterator<Item = &'a Value>) -> String {
    let records: Vec<&Value> = records.into_iter().collect();
    json!({ "Records": records }).to_string()
}
