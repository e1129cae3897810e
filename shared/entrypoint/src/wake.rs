//! Messages that ask for a run: commits to a stage's inputs, and the clock.

use crate::Invocation;
use crate::deadline::StageError;
use aws_lambda_events::event::sqs::SqsEvent;
use pipeline::Run;
use std::fmt::Debug;
use std::future::Future;
use tracing::info;

impl Invocation<'_> {
    /// Runs `stage` once if any message tells of a commit to one of the `inputs` or is a wake-up call, however many do. When
    /// the run fails, every message that asked for it comes again; where it would fail again until a person decides, they go to the
    /// dead letters.
    ///
    /// `None`: there was no run, or it failed.
    pub async fn wake<R, F>(
        &mut self,
        event: SqsEvent,
        inputs: &[&str],
        stage: impl FnOnce(Run) -> F + Send + 'static,
    ) -> Option<R>
    where
        R: Debug + Send + 'static,
        F: Future<Output = pipeline::Result<R>>,
    {
        let mut newest = None;
        for asking in self.decode(event).await {
            if asking.is_wake || self.state.is_commit_to(inputs, &asking.objects) {
                self.note_times(&asking.objects);
                self.asked.push(asking.message.clone());
                newest = Some(asking);
            }
        }
        if let Some(asking) = newest {
            self.follow(&asking).await;
        }
        if self.asked.is_empty() {
            info!("no message tells of a commit to an input");
            return None;
        }
        match self.run(self.now, stage).await {
            Ok(report) => {
                info!(messages = self.asked.len(), ?report, "done");
                Some(report)
            }
            Err(StageError::Stage(error)) if error.asks_a_person() => {
                for message in std::mem::take(&mut self.asked) {
                    self.bury_whole(&message, &error).await;
                }
                None
            }
            Err(error) => {
                self.hand_back_all(&error);
                None
            }
        }
    }

    /// Gives back every message that asked for the run.
    pub fn hand_back_all(&mut self, why: &impl ToString) {
        for message in std::mem::take(&mut self.asked) {
            self.hand_back(&message, why);
        }
    }
}
