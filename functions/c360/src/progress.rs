//! How a stage is going: seconds and peak memory, and one line on standard error.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

use crate::format;
use pipeline::{Steps, UnderWay};

/// What a piece of work took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usage {
    pub seconds: f64,
    /// Largest resident memory of this process meanwhile; 0 where the system does not tell.
    pub peak_rss_bytes: u64,
}

/// A piece of work under way, shown on standard error.
pub struct Step {
    name: &'static str,
    started: Instant,
    /// Redraws the line on a terminal.
    ticker: Option<JoinHandle<()>>,
}

impl Step {
    /// `steps`: what the work consists of, as far as that is known.
    pub fn begin(name: &'static str, steps: Steps) -> Step {
        reset_peak_memory();
        let started = Instant::now();
        let ticker = std::io::stderr().is_terminal().then(|| {
            tokio::spawn(async move {
                loop {
                    let elapsed = format::seconds(started.elapsed().as_secs_f64());
                    let now = steps.under_way().map_or_else(String::new, in_words);
                    show(&format!("\r\x1b[K  {name:<12} {elapsed:>8} … {now}"));
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
            })
        });
        Step {
            name,
            started,
            ticker,
        }
    }

    /// Ends the line, with a word on what came of it.
    pub fn end(mut self, outcome: &str) -> Usage {
        let usage = Usage {
            seconds: self.started.elapsed().as_secs_f64(),
            peak_rss_bytes: peak_memory().unwrap_or(0),
        };
        let start = if self.clear() { "\r\x1b[K" } else { "" };
        show(&format!(
            "{start}  {:<12} {:>8} {:>10}  {outcome}\n",
            self.name,
            format::seconds(usage.seconds),
            format::mebibytes(usage.peak_rss_bytes),
        ));
        usage
    }

    fn clear(&mut self) -> bool {
        self.ticker.take().inspect(JoinHandle::abort).is_some()
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        if self.clear() {
            show("\r\x1b[K");
        }
    }
}

/// `silver.persons`, `pairs 43 %, 12 s left`: what goes on as fast as it did is done by then.
fn in_words(step: UnderWay) -> String {
    /// Seconds after which a rate means something.
    const TELLING: f64 = 2.0;
    let name = step.name;
    match step.share.filter(|share| (0.0..=1.0).contains(share)) {
        Some(share) if share > 0.0 && step.seconds >= TELLING => {
            let left = step.seconds * (1.0 - share) / share;
            format!(
                "{name} {:.0} %, {} left",
                100.0 * share,
                format::age(left.ceil() as i64)
            )
        }
        Some(share) => format!("{name} {:.0} %", 100.0 * share),
        None => name,
    }
}

fn show(text: &str) {
    let mut err = std::io::stderr().lock();
    // Progress that cannot be shown is no reason to stop.
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}

/// Linux keeps the largest resident set of a process and forgets it on request (proc(5), clear_refs 5).
fn reset_peak_memory() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::in_words;
    use pipeline::UnderWay;

    #[test]
    fn what_is_left_follows_from_what_is_done() {
        let step = |seconds, share| UnderWay {
            name: "pairs".into(),
            seconds,
            share,
        };
        assert_eq!(in_words(step(10.0, None)), "pairs");
        assert_eq!(in_words(step(1.0, Some(0.5))), "pairs 50 %");
        assert_eq!(in_words(step(30.0, Some(0.75))), "pairs 75 %, 10 s left");
        assert_eq!(in_words(step(30.0, Some(0.0))), "pairs 0 %");
        assert_eq!(in_words(step(30.0, Some(1.0))), "pairs 100 %, 0 s left");
        assert_eq!(in_words(step(300.0, Some(0.1))), "pairs 10 %, 45 min left");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn peak_memory_is_read() {
        assert!(super::peak_memory().unwrap() > 1 << 20);
    }
}
