//! Lends things to one borrower each; who finds none waits in line, and what comes back is handed to the first.
//!
//! A borrower who waits costs no timer: one task for all of them looks after the line, and sleeps until the first is due.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until};

/// Longer than anybody waits, and near enough to be told as a time.
const EVER: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// What there may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// How many stay when nobody uses them.
    pub(crate) kept: usize,
    /// How many there may be at a time.
    pub(crate) most: usize,
    /// Whether what came back last goes out first.
    pub(crate) lifo: bool,
    /// How long a borrower waits.
    pub(crate) patience: Duration,
}

/// Why nothing is lent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// All were in use for too long.
    TimedOut,
    /// Nothing is lent any more.
    Closed,
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Things there are, with those that borrowers are making.
    pub(crate) count: usize,
    /// Things that nobody uses.
    pub(crate) idle: usize,
    /// Borrowers who wait.
    pub(crate) waiting: usize,
}

/// Lends things of one kind.
pub(crate) struct Lending<T> {
    limits: Limits,
    /// Where the line is looked after when a borrower waits outside any runtime.
    runtime: Handle,
    state: Mutex<State<T>>,
}

struct State<T> {
    /// The one that came back last stands last.
    idle: VecDeque<T>,
    count: usize,
    line: VecDeque<Place<T>>,
    next: u64,
    watched: bool,
    closed: bool,
}

/// A thing, or room for one that the borrower makes himself.
type Turn<T> = Option<T>;

/// A place in the line.
struct Place<T> {
    /// Ascends from the first to the last.
    number: u64,
    /// When the borrower has waited too long.
    due: Instant,
    borrower: oneshot::Sender<Turn<T>>,
}

impl<T: Send + 'static> Lending<T> {
    /// Nothing is there yet.
    pub(crate) fn new(limits: Limits, runtime: Handle) -> Arc<Self> {
        let state = State {
            idle: VecDeque::new(),
            count: 0,
            line: VecDeque::new(),
            next: 0,
            watched: false,
            closed: false,
        };
        Arc::new(Self { limits, runtime, state: Mutex::new(state) })
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Borrows a thing that is there, or room for a new one: `None`. Either must come back by [`give_back`](Self::give_back).
    pub(crate) async fn borrow(self: &Arc<Self>) -> Result<Turn<T>, Refusal> {
        let mut due = None;
        loop {
            let waiting = match self.ask(&mut due)? {
                Answer::Now(turn) => return Ok(turn),
                Answer::Wait(waiting) => waiting,
            };
            if let Some(turn) = waiting.turn().await {
                return Ok(turn);
            }
            // Sent away: it is too late, or closed, or the runtime that looked after the line has ended.
        }
    }

    /// Takes what is there, or a place in the line.
    fn ask(self: &Arc<Self>, due: &mut Option<Instant>) -> Result<Answer<'_, T>, Refusal> {
        let mut state = self.state();
        if state.closed {
            return Err(Refusal::Closed);
        }
        let idle = if self.limits.lifo { state.idle.pop_back() } else { state.idle.pop_front() };
        if idle.is_some() {
            return Ok(Answer::Now(idle));
        }
        if state.count < self.limits.most {
            state.count += 1;
            return Ok(Answer::Now(None));
        }
        let now = Instant::now();
        let due = *due.get_or_insert(now + self.limits.patience.min(EVER));
        if due <= now {
            return Err(Refusal::TimedOut);
        }
        let number = state.next;
        state.next += 1;
        let (borrower, answer) = oneshot::channel();
        state.line.push_back(Place { number, due, borrower });
        let unwatched = !std::mem::replace(&mut state.watched, true);
        drop(state);
        if unwatched {
            let runtime = Handle::try_current().unwrap_or_else(|_| self.runtime.clone());
            runtime.spawn(Watch { lending: Arc::downgrade(self) }.run());
        }
        Ok(Answer::Wait(Waiting { lending: self, number, answer: Some(answer) }))
    }

    /// Gives back what was borrowed: the thing, or the room for one if it is gone.
    pub(crate) fn give_back(&self, mut turn: Turn<T>) {
        loop {
            let mut state = self.state();
            let Some(first) = state.line.pop_front() else {
                if turn.is_some() && state.idle.len() < self.limits.kept && !state.closed {
                    state.idle.extend(turn);
                } else {
                    state.count -= 1;
                    // To drop a thing may take a while, and nobody has to wait for it.
                    drop(state);
                }
                return;
            };
            drop(state);
            match first.borrower.send(turn) {
                Ok(()) => return,
                // He has left.
                Err(back) => turn = back,
            }
        }
    }

    /// Takes out what is idle and does not please.
    pub(crate) fn take_out(&self, mut please: impl FnMut(&mut T) -> bool) -> Vec<T> {
        let mut state = self.state();
        let (mut kept, mut out) = (VecDeque::new(), Vec::new());
        for mut thing in state.idle.drain(..) {
            if please(&mut thing) { kept.push_back(thing) } else { out.push(thing) }
        }
        state.idle = kept;
        state.count -= out.len();
        out
    }

    /// Lends nothing any more, and gives what is idle.
    pub(crate) fn close(&self) -> Vec<T> {
        let mut state = self.state();
        state.closed = true;
        state.line.clear();
        drop(state);
        self.take_out(|_| false)
    }

    /// How it stands.
    pub(crate) fn standing(&self) -> Standing {
        let state = self.state();
        Standing { count: state.count, idle: state.idle.len(), waiting: state.line.len() }
    }
}

enum Answer<'a, T: Send + 'static> {
    Now(Turn<T>),
    Wait(Waiting<'a, T>),
}

/// A borrower in the line. Once it is dropped, others get what was meant for him.
struct Waiting<'a, T: Send + 'static> {
    lending: &'a Lending<T>,
    number: u64,
    /// There until it has come.
    answer: Option<oneshot::Receiver<Turn<T>>>,
}

impl<T: Send + 'static> Waiting<'_, T> {
    /// What he gets, or `None` if he is sent away.
    async fn turn(mut self) -> Option<Turn<T>> {
        let turn = self.answer.as_mut()?.await;
        self.answer = None;
        turn.ok()
    }
}

impl<T: Send + 'static> Drop for Waiting<'_, T> {
    fn drop(&mut self) {
        let Some(mut answer) = self.answer.take() else { return };
        answer.close();
        if let Ok(turn) = answer.try_recv() {
            self.lending.give_back(turn);
            return;
        }
        let mut state = self.lending.state();
        if let Ok(place) = state.line.binary_search_by_key(&self.number, |place| place.number) {
            state.line.remove(place);
        }
    }
}

/// Sends away those who have waited too long, as long as anybody waits.
struct Watch<T: Send + 'static> {
    lending: Weak<Lending<T>>,
}

impl<T: Send + 'static> Watch<T> {
    async fn run(self) {
        while let Some(due) = self.send_away() {
            sleep_until(due).await;
        }
    }

    /// When the next is due.
    fn send_away(&self) -> Option<Instant> {
        let lending = self.lending.upgrade()?;
        let now = Instant::now();
        let mut state = lending.state();
        state.line.retain(|place| place.due > now);
        state.line.iter().map(|place| place.due).min()
    }
}

impl<T: Send + 'static> Drop for Watch<T> {
    /// Nobody waits, or the runtime ends. Who has taken a place meanwhile is sent away, asks again, and is watched anew.
    fn drop(&mut self) {
        let Some(lending) = self.lending.upgrade() else { return };
        let mut state = lending.state();
        state.watched = false;
        state.line.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::pin::{Pin, pin};
    use std::task::{Context, Poll, Waker};

    use super::*;

    const LONG: Duration = Duration::from_secs(60);
    const SHORT: Duration = Duration::from_millis(30);

    /// One stays, two there may be.
    fn lending(patience: Duration) -> Arc<Lending<&'static str>> {
        let limits = Limits { kept: 1, most: 2, lifo: true, patience };
        Lending::new(limits, Handle::current())
    }

    fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
        future.poll(&mut Context::from_waker(Waker::noop()))
    }

    fn standing(lending: &Lending<&'static str>) -> (usize, usize, usize) {
        let Standing { count, idle, waiting } = lending.standing();
        (count, idle, waiting)
    }

    /// Takes both rooms, as somebody who makes what he borrows.
    async fn exhaust(lending: &Arc<Lending<&'static str>>) {
        for _ in 0..2 {
            assert_eq!(lending.borrow().await, Ok(None));
        }
    }

    #[tokio::test]
    async fn what_comes_back_goes_to_who_came_first() {
        let lending = lending(LONG);
        exhaust(&lending).await;
        let (mut first, mut second) = (pin!(lending.borrow()), pin!(lending.borrow()));
        assert!(poll(first.as_mut()).is_pending() && poll(second.as_mut()).is_pending());
        assert_eq!(standing(&lending), (2, 0, 2));
        lending.give_back(Some("a"));
        assert!(poll(second.as_mut()).is_pending());
        assert_eq!(poll(first.as_mut()), Poll::Ready(Ok(Some("a"))));
        // What was broken leaves room.
        lending.give_back(None);
        assert_eq!(poll(second.as_mut()), Poll::Ready(Ok(None)));
        assert_eq!(standing(&lending), (2, 0, 0));
    }

    #[tokio::test]
    async fn nobody_goes_before_those_who_wait() {
        let lending = lending(LONG);
        exhaust(&lending).await;
        let mut first = pin!(lending.borrow());
        assert!(poll(first.as_mut()).is_pending());
        lending.give_back(Some("a"));
        let mut late = pin!(lending.borrow());
        assert!(poll(late.as_mut()).is_pending());
        assert_eq!(poll(first.as_mut()), Poll::Ready(Ok(Some("a"))));
    }

    #[tokio::test]
    async fn more_than_are_kept_go_when_nobody_wants_them() {
        let lending = lending(LONG);
        exhaust(&lending).await;
        lending.give_back(Some("a"));
        lending.give_back(Some("b"));
        assert_eq!(standing(&lending), (1, 1, 0));
        assert_eq!(lending.borrow().await, Ok(Some("a")));
    }

    #[tokio::test]
    async fn last_in_first_out_or_first_in_first_out() {
        for (lifo, expected) in [(true, "b"), (false, "a")] {
            let limits = Limits { kept: 2, most: 2, lifo, patience: LONG };
            let lending = Lending::new(limits, Handle::current());
            exhaust(&lending).await;
            lending.give_back(Some("a"));
            lending.give_back(Some("b"));
            assert_eq!(lending.borrow().await, Ok(Some(expected)));
        }
    }

    #[tokio::test]
    async fn who_leaves_the_line_loses_nothing_for_others() {
        let lending = lending(LONG);
        exhaust(&lending).await;
        let mut patient = Box::pin(lending.borrow());
        {
            let mut before = pin!(lending.borrow());
            assert!(poll(before.as_mut()).is_pending() && poll(patient.as_mut()).is_pending());
        }
        assert_eq!(standing(&lending), (2, 0, 1));
        lending.give_back(Some("a"));
        let mut last = pin!(lending.borrow());
        assert!(poll(last.as_mut()).is_pending());
        // It was handed to him, and he does not look.
        drop(patient);
        assert_eq!(poll(last.as_mut()), Poll::Ready(Ok(Some("a"))));
    }

    #[tokio::test]
    async fn who_waits_too_long_is_told_so() {
        let lending = lending(SHORT);
        exhaust(&lending).await;
        for _ in 0..2 {
            let started = std::time::Instant::now();
            let (first, second) = tokio::join!(lending.borrow(), async {
                tokio::time::sleep(SHORT / 2).await;
                let answer = lending.borrow().await;
                (answer, started.elapsed())
            });
            assert_eq!((first, second.0), (Err(Refusal::TimedOut), Err(Refusal::TimedOut)));
            assert!(second.1 >= SHORT + SHORT / 2, "{second:?}");
        }
        assert_eq!(standing(&lending), (2, 0, 0));
        lending.give_back(Some("a"));
        assert_eq!(lending.borrow().await, Ok(Some("a")));
    }

    #[tokio::test]
    async fn without_patience_nobody_waits() {
        let lending = lending(Duration::ZERO);
        exhaust(&lending).await;
        assert_eq!(poll(pin!(lending.borrow())), Poll::Ready(Err(Refusal::TimedOut)));
    }

    #[tokio::test]
    async fn patience_may_be_without_end() {
        let lending = lending(Duration::MAX);
        exhaust(&lending).await;
        let mut waiting = pin!(lending.borrow());
        assert!(poll(waiting.as_mut()).is_pending());
        lending.give_back(Some("a"));
        assert_eq!(waiting.await, Ok(Some("a")));
    }

    #[tokio::test]
    async fn closing_sends_everybody_away() {
        let lending = lending(LONG);
        exhaust(&lending).await;
        let mut waiting = pin!(lending.borrow());
        assert!(poll(waiting.as_mut()).is_pending());
        assert!(lending.close().is_empty());
        assert_eq!(waiting.await, Err(Refusal::Closed));
        lending.give_back(Some("a"));
        lending.give_back(None);
        assert_eq!(standing(&lending), (0, 0, 0));
        assert_eq!(lending.borrow().await, Err(Refusal::Closed));
    }

    #[tokio::test]
    async fn what_does_not_please_is_taken_out() {
        let limits = Limits { kept: 3, most: 3, lifo: true, patience: LONG };
        let lending = Lending::new(limits, Handle::current());
        exhaust(&lending).await;
        assert_eq!(lending.borrow().await, Ok(None));
        for thing in ["a", "b", "c"] {
            lending.give_back(Some(thing));
        }
        assert_eq!(lending.take_out(|thing| *thing != "b"), ["b"]);
        assert_eq!(standing(&lending), (2, 2, 0));
        assert_eq!(lending.borrow().await, Ok(Some("c")));
        assert_eq!(lending.borrow().await, Ok(Some("a")));
        assert_eq!(lending.borrow().await, Ok(None));
    }

    #[test]
    fn the_line_is_watched_after_the_runtime_of_the_first_has_ended() {
        let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (ends, stays) = (runtime(), runtime());
        let lending = stays.block_on(async { lending(SHORT) });
        stays.block_on(exhaust(&lending));
        let mut waiting = Box::pin(lending.borrow());
        {
            let _inside = ends.enter();
            assert!(poll(waiting.as_mut()).is_pending());
        }
        drop(ends);
        assert_eq!(stays.block_on(waiting), Err(Refusal::TimedOut));
    }

    #[test]
    fn who_waits_outside_any_runtime_is_watched() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let lending = runtime.block_on(async { lending(SHORT) });
        runtime.block_on(exhaust(&lending));
        let mut waiting = Box::pin(lending.borrow());
        assert!(poll(waiting.as_mut()).is_pending());
        runtime.block_on(async { tokio::time::sleep(2 * SHORT).await });
        assert_eq!(poll(waiting.as_mut()), Poll::Ready(Err(Refusal::TimedOut)));
    }
}
