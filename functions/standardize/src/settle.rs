//! From the report of a run to what becomes of its messages and files.

use crate::drops::{Dropped, DroppedFile};
use entrypoint::{Invocation, notification, redact};
use pipeline::standardize::{FeedReport, Refused, Report};
use tracing::{error, info, warn};

/// Tells the dead letters of refused files, tags the files, and counts.
pub async fn settle(call: &mut Invocation<'_>, drops: &[Dropped], report: &Report) {
    for file in &report.unclaimed {
        warn!(file = redact(file), "no feed claims it");
    }
    for absent in &report.absent {
        let (feed, columns) = (&absent.feed, absent.columns.join(", "));
        warn!(feed, columns, "no row of a file has them, taken as null");
    }
    for refused in &report.refused {
        let reason = redact(&refused.reason);
        error!(feed = refused.feed, reason, "a file is refused");
    }
    for dropped in drops {
        for file in &dropped.files {
            let refusals: Vec<&Refused> = report
                .refused
                .iter()
                .filter(|refused| refused.file == file.path)
                .collect();
            if refusals.is_empty() {
                call.state.tag_drop(&file.object, &file.path, None).await;
            } else {
                refuse(call, dropped, file, &refusals).await;
            }
        }
    }
    count(call, report);
}

/// The record of a refused file goes to the dead letters, once: a second delivery of its message finds the tag that tells so.
/// Where there are none the log has told of it, and the message is done: trying again does not make a file readable.
async fn refuse(
    call: &mut Invocation<'_>,
    dropped: &Dropped,
    file: &DroppedFile,
    refusals: &[&Refused],
) {
    let message = &dropped.message;
    if !call.state.has_dead_letters() {
        call.state
            .tag_drop(&file.object, &file.path, Some(""))
            .await;
        return;
    }
    if call.state.is_buried(&file.object, &message.id).await {
        info!(message_id = message.id, "its dead letter was sent before");
        return;
    }
    let reasons: Vec<&str> = refusals.iter().map(|refused| &*refused.reason).collect();
    let name = redact(&format!("s3://{}/{}", file.object.bucket, file.object.key));
    let body = notification([&file.object.record]);
    if call
        .bury(message, body, &reasons.join("; "), Some(name))
        .await
    {
        let tag = Some(&*message.id);
        call.state.tag_drop(&file.object, &file.path, tag).await;
    }
}

fn count(call: &mut Invocation<'_>, report: &Report) {
    let seen = |feed: &&FeedReport| feed.files + feed.files_known > 0;
    let (mut standardized, mut quarantined) = (0, 0);
    for feed in report.feeds.iter().filter(seen) {
        info!(?feed, "standardized");
        standardized += feed.rows_standardized;
        quarantined += feed.rows_quarantined;
    }
    for drifted in &report.drifted {
        let file = redact(&drifted.file);
        let (feed, changes) = (&drifted.feed, drifted.changes.join("; "));
        warn!(
            feed,
            file, changes, "a file is not like the one before it, or contradicts itself"
        );
    }
    let refused = report.refused.len() as u64;
    if report.is_new() || refused > 0 {
        call.metrics.count("RowsStandardized", standardized);
        call.metrics.count("RowsQuarantined", quarantined);
        call.metrics.count("FilesRefused", refused);
        call.metrics
            .count("FilesDrifted", report.drifted.len() as u64);
        call.count_lag(None);
    }
}
