//! From messages to the files that are there.

use aws_lambda_events::event::sqs::SqsEvent;
use entrypoint::{Asking, AwsError, Created, Invocation, Message, notification, redact};
use tracing::{info, warn};

const NO_PATH: &str = "its key is no path: a part between slashes is empty, `.` or `..`, or holds a control character; \
     drop the file again under another key";

/// A message, and its files that are to be standardized.
pub struct Dropped {
    pub message: Message,
    pub files: Vec<DroppedFile>,
}

pub struct DroppedFile {
    /// Below the landing place.
    pub path: String,
    pub object: Created,
}

/// The messages whose files can be looked at now. The others were answered: what cannot be understood is with the dead
/// letters, what cannot be reached is handed back.
pub async fn arrived(call: &mut Invocation<'_>, event: SqsEvent) -> Vec<Dropped> {
    let mut arrived = Vec::new();
    for Asking {
        message, objects, ..
    } in call.decode(event).await
    {
        call.note_times(&objects);
        match files(call, &message, objects).await {
            Ok(files) if files.is_empty() => {}
            Ok(files) => arrived.push(Dropped { message, files }),
            Err(error) => call.hand_back(&message, &error),
        }
    }
    arrived
}

/// S3 takes any key; what reads it takes paths only, and would read another object or none.
fn is_path(key: &str) -> bool {
    key.split('/').all(|part| {
        let is_name = !["", ".", ".."].contains(&part);
        is_name && !part.bytes().any(|byte| byte.is_ascii_control())
    })
}

/// Those of the objects that lie in the landing place and are still there; of the others the log tells.
///
/// An event names a version, yet the newest is what is read: a file's identity is its content. Is there a newer one, then its
/// own event finds it known; and the older one was replaced by whoever dropped it, before anyone saw it.
async fn files(
    call: &mut Invocation<'_>,
    message: &Message,
    objects: Vec<Created>,
) -> Result<Vec<DroppedFile>, AwsError> {
    let mut files = Vec::new();
    for object in objects {
        let key = redact(&object.key);
        let landing = call.state.landing.as_ref();
        let Some(path) = landing.and_then(|place| place.below(&object)) else {
            info!(key, "not in the landing place");
            continue;
        };
        if !is_path(path) {
            let name = redact(&format!("s3://{}/{}", object.bucket, object.key));
            let body = notification([&object.record]);
            call.bury(message, body, &NO_PATH, Some(name)).await;
            continue;
        }
        let path = path.to_owned();
        match call.state.newest(&object).await? {
            None => warn!(key, "deleted before it was read"),
            Some(newest) => {
                info!(
                    key,
                    version_id = newest.version_id,
                    etag = newest.etag,
                    event_version_id = object.version_id,
                    "arrived"
                );
                files.push(DroppedFile { path, object });
            }
        }
    }
    Ok(files)
}
