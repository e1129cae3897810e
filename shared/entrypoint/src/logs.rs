use crate::redact;
use tracing_subscriber::EnvFilter;

/// The crates that log no personal data at any level; the others are heard from WARN on.
const OURS: [&str; 9] = [
    "entrypoint",
    "standardize",
    "resolve",
    "golden",
    "extract",
    "maintenance",
    "identify",
    "pipeline",
    "lake",
];

/// JSON lines on standard output. A second start in one process changes nothing.
pub(crate) fn start(level: Option<&str>) {
    let level = level
        .and_then(|level| level.trim().parse::<tracing::Level>().ok())
        .unwrap_or(tracing::Level::INFO);
    let directives: Vec<String> = OURS.iter().map(|name| format!("{name}={level}")).collect();
    let _ = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_span_list(false)
        .with_env_filter(EnvFilter::new(format!("warn,{}", directives.join(","))))
        .try_init();
    // A panic's message may quote a value; by default it goes to standard error as it is.
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string);
        tracing::error!(at, panic = redact(panic), "panicked");
    }));
}
