//! A thread that owns a connection, and waiting for it with or without a runtime.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;
use std::time::Instant;

use tokio::sync::oneshot;
use underpin_core::{Error, ErrorKind, Result};

use crate::connect::{Role, Session, Setup};

/// Work for a connection. It answers through a channel of its own.
pub(crate) type Job = Box<dyn FnOnce(&mut Session) + Send>;

/// A connection on a thread of its own, which ends when the last sender is gone.
pub(crate) struct Worker {
    jobs: mpsc::Sender<Job>,
    /// Closed when the connection has been.
    ended: oneshot::Receiver<()>,
}

impl Worker {
    /// Opens a connection on a new thread.
    pub(crate) async fn open(setup: Arc<Setup>, role: Role) -> Result<Self> {
        let (jobs, inbox) = mpsc::channel::<Job>();
        let (opened, answer) = oneshot::channel();
        let (alive, ended) = oneshot::channel::<()>();
        let name = match role {
            Role::Reader => "sqlite-reader",
            Role::Writer => "sqlite-writer",
        };
        let run = move || {
            let mut session = match setup.open(role) {
                Ok(session) => session,
                Err(error) => {
                    let _ = opened.send(Err(error));
                    return;
                }
            };
            if opened.send(Ok(())).is_err() {
                return;
            }
            while let Ok(job) = inbox.recv() {
                // A row that panics while it is decoded fails its own request alone: the job's answer is dropped,
                // the caller's connection counts as broken, and the next job is the one that resets the session.
                let _ = catch_unwind(AssertUnwindSafe(|| job(&mut session)));
            }
            drop(session);
            drop(alive);
        };
        std::thread::Builder::new().name(name.to_owned()).spawn(run).map_err(|why| {
            Error::new(ErrorKind::Connect, format!("no thread for a connection: {}", why.kind()))
        })?;
        answer.await.map_err(|_| lost())??;
        Ok(Self { jobs, ended })
    }

    /// Hands over a job. If the thread is gone the job is dropped, and with it the sender of its answer.
    pub(crate) fn send(&self, job: Job) {
        let _ = self.jobs.send(job);
    }

    /// Where to send jobs, for one that takes the worker with it.
    pub(crate) fn jobs(&self) -> mpsc::Sender<Job> {
        self.jobs.clone()
    }

    /// Waits until the connection is closed.
    pub(crate) async fn close(self) {
        drop(self.jobs);
        let _ = self.ended.await;
    }
}

/// The error of a request whose thread is gone, or panicked.
pub(crate) fn lost() -> Error {
    Error::new(ErrorKind::ConnectionLost, "the request was lost: the thread of the connection panicked")
        .with_hint("the panic's message is on standard error; take a new connection")
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits for a future on this thread, without a runtime; until the deadline if there is one.
pub(crate) fn block_on<F: Future>(future: F, deadline: Option<Instant>) -> Option<F::Output> {
    // Inside a task tokio would make the future pause once the task has done its share, until the task gives way; but
    // it does not give way before the future is ready.
    let mut future = pin!(tokio::task::coop::unconstrained(future));
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Some(output);
        }
        match deadline {
            None => std::thread::park(),
            Some(deadline) => {
                std::thread::park_timeout(deadline.checked_duration_since(Instant::now())?);
            }
        }
    }
}
