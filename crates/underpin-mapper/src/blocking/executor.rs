//! Waiting for a future.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;

use underpin_core::{Error, ErrorKind, Result};

/// What drives the futures of a driver to their end.
#[derive(Debug)]
pub enum Executor {
    /// The calling thread alone: for drivers that do their work when they are polled.
    Inline,
    /// A runtime of tokio: for drivers that need its IO.
    Runtime(tokio::runtime::Runtime),
}

impl Executor {
    /// A runtime with IO and time on the calling thread.
    ///
    /// # Errors
    /// If the operating system refuses one, or the caller is inside an async task.
    pub fn runtime() -> Result<Self> {
        refuse_inside_task()?;
        tokio::runtime::Builder::new_current_thread().enable_all().build().map(Self::Runtime).map_err(|_| {
            Error::new(ErrorKind::Connect, "the operating system refused an event queue")
                .with_hint("raise the limit of open files")
        })
    }

    /// Waits for a future.
    ///
    /// # Errors
    /// If the caller is inside an async task, where waiting would stop the task's whole thread.
    pub fn wait<T>(&self, future: impl Future<Output = Result<T>>) -> Result<T> {
        match self {
            Self::Inline => inline(future),
            Self::Runtime(runtime) => {
                refuse_inside_task()?;
                runtime.block_on(future)
            }
        }
    }
}

fn refuse_inside_task() -> Result<()> {
    if tokio::runtime::Handle::try_current().is_err() {
        return Ok(());
    }
    Err(Error::usage(
        "the blocking interface was called inside an async task",
        "use `underpin::Database` there, or `spawn_blocking`",
    ))
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn inline<T>(future: impl Future<Output = T>) -> T {
    // Inside a task tokio would make the future pause once the task has done its share, until the task gives way; but
    // it does not give way before the future is ready.
    let mut future = pin!(tokio::task::coop::unconstrained(future));
    // Most futures are ready at once, so the waker is made only for those that are not.
    if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        return value;
    }
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => std::thread::park(),
        }
    }
}
