//! The steps of a run: what each is called, how long it took, and the plan that was executed.

use crate::{PipelineError, Result};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::physical_plan::display::DisplayableExecutionPlan;
use datafusion::physical_plan::execute_stream_partitioned;
use datafusion::prelude::DataFrame;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
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

/// A step that is under way.
#[derive(Clone, Debug)]
pub struct UnderWay {
    pub name: String,
    pub seconds: f64,
    /// How much of it is done, from 0 to 1, where it can tell.
    pub share: Option<f64>,
}

/// The steps of a run: those that are done, in the order of their ends, and what is under way.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    list: Arc<Mutex<List>>,
    keeps_plans: bool,
}

#[derive(Debug, Default)]
struct List {
    done: Vec<Step>,
    /// The innermost last.
    open: Vec<Open>,
}

#[derive(Debug)]
struct Open {
    name: String,
    began: Instant,
    share: Option<f64>,
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
        self.list().done.clone()
    }

    /// The innermost step that is under way.
    pub fn under_way(&self) -> Option<UnderWay> {
        let list = self.list();
        list.open.last().map(|open| UnderWay {
            name: open.name.clone(),
            seconds: open.began.elapsed().as_secs_f64(),
            share: open.share,
        })
    }

    /// The innermost step has done this much of all.
    pub(crate) fn advance(&self, done: u64, all: u64) {
        if let Some(open) = self.list().open.last_mut() {
            open.share = Some(done as f64 / all.max(1) as f64);
        }
    }

    /// Does work as a step.
    pub(crate) async fn take<T>(&self, name: &str, work: impl Future<Output = T>) -> T {
        let step = self.begin(name);
        let done = work.await;
        step.end(None);
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
        let step = self.begin(name);
        let context = Arc::new(frame.task_ctx());
        let plan = frame.create_physical_plan().await.map_err(fail())?;
        let rows = execute_stream_partitioned(plan.clone(), context).map_err(fail())?;
        let read = read(rows).await?;
        step.end(self.keeps_plans.then(|| {
            let shown = DisplayableExecutionPlan::with_metrics(plan.as_ref());
            without_values(&shown.indent(false).to_string())
        }));
        Ok(read)
    }

    fn begin(&self, name: &str) -> Begun<'_> {
        self.list().open.push(Open {
            name: name.to_owned(),
            began: Instant::now(),
            share: None,
        });
        Begun { steps: self }
    }

    fn list(&self) -> MutexGuard<'_, List> {
        // A list is whole after every push, whoever panicked beside it.
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The innermost step. One that is dropped has failed, and leaves nothing.
struct Begun<'a> {
    steps: &'a Steps,
}

impl Begun<'_> {
    fn end(self, plan: Option<String>) {
        let mut list = self.steps.list();
        if let Some(open) = list.open.last() {
            let step = Step {
                name: open.name.clone(),
                seconds: open.began.elapsed().as_secs_f64(),
                plan,
            };
            tracing::debug!(step = step.name, seconds = step.seconds);
            list.done.push(step);
        }
    }
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        self.steps.list().open.pop();
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
    use super::{Steps, without_values};

    #[tokio::test]
    async fn steps_lie_in_each_other() {
        let steps = Steps::default();
        assert!(steps.under_way().is_none());
        let inner = steps.take("inner", async {
            steps.advance(3, 4);
            steps.under_way().map(|step| (step.name, step.share))
        });
        let outer = steps.take("outer", async { (inner.await, steps.under_way()) });
        let (inner, outer) = outer.await;
        assert_eq!(inner, Some(("inner".to_owned(), Some(0.75))));
        let outer = outer.unwrap();
        assert_eq!((outer.name.as_str(), outer.share), ("outer", None));
        let done: Vec<String> = steps.done().into_iter().map(|step| step.name).collect();
        assert_eq!(done, ["inner", "outer"]);
        assert!(steps.under_way().is_none());
    }

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
