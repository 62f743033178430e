//! What a variant implements for each workload it takes part in.

use std::future::Future;
use std::pin::Pin;

use crate::failure::Result;
use crate::stage::{Database, Place};
use crate::workload::Workload;

/// One workload done with one library, on connections that are open already.
pub(crate) trait Contender<W: Workload>: Send + Sized + 'static {
    /// How the library is used, in a few words, for the table.
    const TECHNIQUE: &'static str;

    /// Connects and prepares whatever a long-running program has prepared. Not timed.
    fn open(place: &Place) -> impl Future<Output = Result<Self>> + Send;

    /// Brings in the entities that the unit of work will change. Not timed.
    fn prepare(&mut self, input: &W::Input) -> impl Future<Output = Result<()>> + Send {
        let _ = input;
        async { Ok(()) }
    }

    /// Does the work. Timed.
    fn run(&mut self, input: W::Input) -> impl Future<Output = Result<W::Output>> + Send;
}

/// A boxed future: one allocation per timed step, which does the work hundreds of times.
pub(crate) type Step<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// [`Contender`] without its type, so that all of them race in one list.
pub(crate) trait Runner<W: Workload>: Send {
    /// See [`Contender::prepare`].
    fn prepare<'a>(&'a mut self, input: &'a W::Input) -> Step<'a, ()>;

    /// See [`Contender::run`].
    fn run(&mut self, input: W::Input) -> Step<'_, W::Output>;
}

struct Erased<C>(C);

impl<W: Workload, C: Contender<W>> Runner<W> for Erased<C> {
    fn prepare<'a>(&'a mut self, input: &'a W::Input) -> Step<'a, ()> {
        Box::pin(self.0.prepare(input))
    }

    fn run(&mut self, input: W::Input) -> Step<'_, W::Output> {
        Box::pin(self.0.run(input))
    }
}

/// A contender that has not connected yet.
pub(crate) struct Entry<W: Workload> {
    pub(crate) variant: &'static str,
    pub(crate) database: Database,
    pub(crate) technique: &'static str,
    /// Connects.
    pub(crate) open: fn(Place) -> Step<'static, Box<dyn Runner<W>>>,
}

impl<W: Workload> Entry<W> {
    /// The entry of a contender type.
    pub(crate) fn of<C: Contender<W>>(variant: &'static str, database: Database) -> Self {
        Self {
            variant,
            database,
            technique: C::TECHNIQUE,
            open: |place| {
                Box::pin(async move {
                    let contender = C::open(&place).await?;
                    Ok(Box::new(Erased(contender)) as Box<dyn Runner<W>>)
                })
            },
        }
    }
}
