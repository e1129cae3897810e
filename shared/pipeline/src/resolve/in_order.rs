//! Work on all threads, with results in the order of the tasks: what comes out never depends on which thread was quicker.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

/// Does `work` on each task; `take` sees what came of them, in their order, and says whether to go on.
pub fn in_order<T: Sync, R: Send>(
    threads: usize,
    tasks: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(R) -> bool,
) {
    if threads < 2 || tasks.len() < 2 {
        tasks.iter().map(work).all(take);
        return;
    }
    let next = AtomicUsize::new(0);
    let (send, receive) = sync_channel(threads);
    std::thread::scope(|scope| {
        for _ in 0..threads.min(tasks.len()) {
            let (send, next, work) = (send.clone(), &next, &work);
            scope.spawn(move || {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(task) = tasks.get(at) else { return };
                    if send.send((at, work(task))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut early = BTreeMap::new();
        let mut awaited = 0;
        // Dropped at the end, which stops those who still work.
        for (at, result) in receive {
            early.insert(at, result);
            while let Some(result) = early.remove(&awaited) {
                awaited += 1;
                if !take(result) {
                    return;
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn results_come_in_the_order_of_the_tasks() {
        let tasks: Vec<u64> = (0..500).collect();
        for threads in [1, 2, 7] {
            let mut seen = Vec::new();
            in_order(
                threads,
                &tasks,
                |task| {
                    std::thread::sleep(std::time::Duration::from_micros(task * 37 % 101));
                    task * 2
                },
                |result| {
                    seen.push(result);
                    seen.len() < 400
                },
            );
            assert_eq!(seen, (0..400).map(|task| task * 2).collect::<Vec<_>>());
        }
    }
}
