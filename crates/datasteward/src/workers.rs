//! Work done on several threads, its results in order.

/// Does the work on everything that `next` brings and hands over the results in that order, until there is no more or
/// `take` says to stop. `next` and `take` stay on the calling thread; with one job or without the feature `parallel`,
/// so does the work.
pub(crate) fn in_order<J: Send, R: Send>(
    jobs: usize,
    next: &mut dyn FnMut() -> Option<J>,
    work: &(dyn Fn(J) -> R + Sync),
    take: &mut dyn FnMut(R) -> bool,
) {
    #[cfg(feature = "parallel")]
    if jobs > 1 {
        let Some(first) = next() else { return };
        let Some(second) = next() else {
            // A thread for one job costs more than it gives, and knows nothing of what this one remembers.
            take(work(first));
            return;
        };
        let mut begun = [first, second].into_iter();
        return on_threads(jobs, &mut || begun.next().or_else(&mut *next), work, take);
    }
    let _ = jobs;
    while let Some(job) = next() {
        if !take(work(job)) {
            return;
        }
    }
}

#[cfg(feature = "parallel")]
fn on_threads<J: Send, R: Send>(
    threads: usize,
    next: &mut dyn FnMut() -> Option<J>,
    work: &(dyn Fn(J) -> R + Sync),
    take: &mut dyn FnMut(R) -> bool,
) {
    use std::collections::BTreeMap;
    use std::sync::{Mutex, PoisonError, mpsc};

    let (to_workers, jobs) = mpsc::channel::<(usize, J)>();
    let (to_caller, results) = mpsc::channel::<(usize, R)>();
    let jobs = Mutex::new(jobs);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (jobs, to_caller) = (&jobs, to_caller.clone());
            scope.spawn(move || {
                loop {
                    // A lock that another thread's panic poisoned still holds a sound receiver.
                    let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((number, job)) = job else { return };
                    if to_caller.send((number, work(job))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(to_caller);
        let mut waiting: BTreeMap<usize, R> = BTreeMap::new();
        let (mut sent, mut taken) = (0, 0);
        let mut is_over = false;
        loop {
            // Results that wait for an earlier one count as well: memory stays bounded.
            while !is_over && sent - taken < threads * 2 {
                let is_sent = next().is_some_and(|job| to_workers.send((sent, job)).is_ok());
                sent += usize::from(is_sent);
                is_over = !is_sent;
            }
            if sent == taken {
                break;
            }
            let Ok((number, result)) = results.recv() else {
                break;
            };
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&taken) {
                taken += 1;
                if !take(result) {
                    drop(to_workers);
                    return;
                }
            }
        }
        drop(to_workers);
    });
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn keeps_the_order_and_stops_when_told() {
        for jobs in [1, 2, 8] {
            let mut numbers = 0..100_u64;
            let mut results = Vec::new();
            in_order(
                jobs,
                &mut || numbers.next(),
                // Later ones are done sooner.
                &|number| {
                    (0..(100 - number) * 500).fold(number, |sum, _| std::hint::black_box(sum))
                },
                &mut |result| {
                    results.push(result);
                    result < 70
                },
            );
            assert_eq!(results, (0..=70).collect::<Vec<_>>());
        }
    }
}
