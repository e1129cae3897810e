#![doc = include_str!("../README.md")]

use entrypoint::{Invocation, State, redact};
use lambda_runtime::{Error, LambdaEvent};
use pipeline::resolve::{Answer, Asked, identify};
use pipeline::{Entity, PipelineError, Run};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tracing::{Instrument, error, info, warn};

/// What is asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    /// The feed whose mapping reads the record; without one it is in the columns of its entity.
    feed: Option<String>,
    entity: Option<Party>,
    record: Map<String, Value>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Party {
    Person,
    Account,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Reply {
    Answer(Box<Answer>),
    /// Why there is none: the question is at fault, or the lake is not ready for it.
    Refused {
        refused: String,
    },
}

/// Answers one question. No line of the log, and no error, says who was asked about.
pub async fn handle(event: LambdaEvent<Value>, state: &State) -> Result<Value, Error> {
    let call = Invocation::begin(state, event.context);
    let span = call.span();
    let work = async move {
        let reply = match serde_json::from_value::<Question>(event.payload) {
            Ok(Question {
                feed: Some(_),
                entity: Some(_),
                ..
            }) => refuse(
                "a feed says what its records are: \"entity\" is for records without one".into(),
            ),
            Ok(question) => answer(&call, question).await?,
            Err(error) => refuse(format!(
                "the question is not understood ({}); ask with {{\"record\": {{…}}}} and, beside it, \"feed\" or \"entity\"",
                // Nothing else of the message: it may quote the record.
                match error.is_data() {
                    true => "a key is missing, or not known, or of another kind",
                    false => "it is no JSON",
                }
            )),
        };
        Ok(serde_json::to_value(reply)?)
    };
    Box::pin(work).instrument(span).await
}

async fn answer(call: &Invocation<'_>, question: Question) -> Result<Reply, Error> {
    let stage = move |run: Run| async move {
        let asked = match (&question.feed, question.entity) {
            (Some(feed), _) => Asked::OfFeed(feed),
            (None, Some(Party::Account)) => Asked::Of(Entity::Account),
            (None, _) => Asked::Of(Entity::Person),
        };
        match identify(&run, asked, question.record).await {
            Ok(answer) => Ok(Ok(answer)),
            Err(
                error @ (PipelineError::Invalid(_)
                | PipelineError::Mapping { .. }
                | PipelineError::FileRefused { .. }),
            ) => Ok(Err(error.to_string())),
            Err(error) => Err(error),
        }
    };
    match call.run(call.now, stage).await {
        Ok(Ok(answer)) => {
            let (decision, candidates) = (answer.decision, answer.candidates.len());
            info!(?decision, candidates, "answered");
            Ok(Reply::Answer(Box::new(answer)))
        }
        Ok(Err(why)) => Ok(refuse(why)),
        Err(error) => {
            let error = redact(&error);
            error!(error, "not answered");
            Err(error.into())
        }
    }
}

/// The reason goes to whoever asked, and to nobody else.
fn refuse(refused: String) -> Reply {
    warn!("refused");
    Reply::Refused { refused }
}
