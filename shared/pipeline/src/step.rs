//! The steps of a run: what each is called, how long it took, and the plan that was executed.

use crate::{PipelineError, Result};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::physical_plan::display::DisplayableExecutionPlan;
use datafusion::physical_plan::execute_stream_partitioned;
use datafusion::prelude::DataFrame;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// A step that is done. A step may be part of another, which ends after it.
#[derive(Clone, Debug)]
pub struct Step {
    /// Such as `silver.persons`, or what of the work it is.
    pub name: String,
    pub seconds: f64,
    /// The plan that DataFusion executed, with rows and times of every operator; of steps that are no query, nothing.
    pub plan: Option<String>,
}

/// The steps of a run that are done, in the order of their ends.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    done: Arc<Mutex<Vec<Step>>>,
    keeps_plans: bool,
}

impl Steps {
    /// Steps that remember their plans: a text for each.
    pub fn with_plans() -> Steps {
        Steps {
            keeps_plans: true,
            ..Steps::default()
        }
    }

    pub fn done(&self) -> Vec<Step> {
        self.list().clone()
    }

    /// Does work as a step.
    pub(crate) async fn take<T>(&self, name: &str, work: impl Future<Output = T>) -> T {
        let started = Instant::now();
        let done = work.await;
        self.note(name, started, None);
        done
    }

    /// Executes a query as a step: `read` is given a stream of rows for each of its partitions.
    pub(crate) async fn query<T>(
        &self,
        name: &str,
        frame: DataFrame,
        read: impl AsyncFnOnce(Vec<SendableRecordBatchStream>) -> Result<T>,
    ) -> Result<T> {
        let fail = || PipelineError::query(format!("computing {name}"));
        let started = Instant::now();
        let context = Arc::new(frame.task_ctx());
        let plan = frame.create_physical_plan().await.map_err(fail())?;
        let rows = execute_stream_partitioned(plan.clone(), context).map_err(fail())?;
        let read = read(rows).await?;
        let shown = self.keeps_plans.then(|| {
            let shown = DisplayableExecutionPlan::with_metrics(plan.as_ref());
            without_values(&shown.indent(false).to_string())
        });
        self.note(name, started, shown);
        Ok(read)
    }

    fn note(&self, name: &str, started: Instant, plan: Option<String>) {
        let seconds = started.elapsed().as_secs_f64();
        tracing::debug!(step = name, seconds);
        self.list().push(Step {
            name: name.to_owned(),
            seconds,
            plan,
        });
    }

    fn list(&self) -> std::sync::MutexGuard<'_, Vec<Step>> {
        // A list is whole after every push, whoever panicked beside it.
        self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A plan as it is shown: a join tells its scan, while it runs, which values it has, and those may be of people.
fn without_values(plan: &str) -> String {
    let lines = plan.lines().map(|line| {
        let start = [", predicate=", ", filter=["]
            .iter()
            .filter_map(|word| line.find(word))
            .min();
        let (Some(start), Some(end)) = (start, line.rfind(", metrics=")) else {
            return line.to_owned() + "\n";
        };
        match (line.get(..start), line.get(end..)) {
            (Some(before), Some(after)) if start < end => format!("{before}{after}\n"),
            _ => line.to_owned() + "\n",
        }
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::without_values;

    #[test]
    fn a_plan_shows_no_values() {
        let plan = "HashJoinExec: on=[(a, b)], metrics=[output_rows=1]\n  \
                    DataSourceExec: file_type=parquet, predicate=email >= a@b.example, pruning_predicate=x, metrics=[output_rows=2]\n  \
                    SortExec: TopK(fetch=1), expr=[a], filter=[a < a@b.example], metrics=[output_rows=3]\n";
        let shown = "HashJoinExec: on=[(a, b)], metrics=[output_rows=1]\n  \
                     DataSourceExec: file_type=parquet, metrics=[output_rows=2]\n  \
                     SortExec: TopK(fetch=1), expr=[a], metrics=[output_rows=3]\n";
        assert_eq!(without_values(plan), shown);
    }
}
