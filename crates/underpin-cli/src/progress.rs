//! What is told while a run goes on: a live line on a terminal, plain lines elsewhere; on standard error.

use std::io::{self, IsTerminal};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use underpin::migrate::{Event, Graph, Plan, Report, Step};

use crate::context::Context;
use crate::output::{Paint, line, note};
use crate::taken::taken;

/// How often a long step says plainly how far it is.
const PERIOD: Duration = Duration::from_secs(5);
/// How often the live line moves.
const TICK: Duration = Duration::from_millis(120);

/// The progress of one run. Steps that are done are data, unless JSON is asked for or the run is one of several.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    is_quiet: bool,
    prints_steps: bool,
    /// How wide the longest identifier is.
    width: usize,
    /// The name of the place, where there are several.
    place: Option<String>,
    state: Mutex<State>,
}

struct State {
    /// The steps that have been printed.
    printed: usize,
    /// `[2/3] 002 Backfill phones`
    heading: String,
    step_begun: Instant,
    last_told: Instant,
}

impl Progress {
    pub(crate) fn new(context: &Context, graph: &Graph, place: Option<&str>) -> Self {
        let is_quiet = context.global.quiet;
        let bar = (!is_quiet && io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner:.green} {wide_msg} {elapsed:.dim}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(TICK);
            bar
        });
        let now = Instant::now();
        let state = State { printed: 0, heading: String::new(), step_begun: now, last_told: now };
        Self {
            bar,
            is_quiet,
            prints_steps: place.is_none() && !context.is_json(),
            width: graph.iter().map(|revision| revision.id().chars().count()).max().unwrap_or(0),
            place: place.map(str::to_owned),
            state: Mutex::new(state),
        }
    }

    /// Takes the live line away.
    pub(crate) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    /// The lines of the steps of which nothing was told while they ran.
    pub(crate) fn rest_of(&self, plan: &Plan) -> Vec<String> {
        let printed = self.lock().printed;
        plan.steps().iter().skip(printed).map(|step| done(step, None, self.width)).collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Says how far a step is: at once on the live line, now and then as plain lines.
    fn say(&self, detail: &str) {
        let mut state = self.lock();
        let text = format!("{}: {detail}", state.heading);
        if let Some(bar) = &self.bar {
            bar.set_message(text);
        } else if !self.is_quiet && state.last_told.elapsed() >= PERIOD {
            state.last_told = Instant::now();
            note(&text);
        }
    }

    /// Says what somebody should see, whatever goes on.
    fn announce(&self, text: &str) {
        if self.is_quiet {
            return;
        }
        let place = self.place.as_ref().map_or_else(String::new, |place| format!("{place}: "));
        let text = format!("{place}{text}");
        match &self.bar {
            Some(bar) => bar.suspend(|| note(&text)),
            None => note(&text),
        }
    }

    /// Says that somebody is in the way: at once when it begins, later now and then.
    fn retry(&self, attempt: u32, text: &str) {
        let is_due = attempt <= 1 || self.lock().last_told.elapsed() >= PERIOD;
        if is_due {
            self.lock().last_told = Instant::now();
            self.announce(text);
        }
    }

    fn begin(&self, step: &Step, number: usize, of: usize, done: usize) {
        let place = self.place.as_ref().map_or_else(String::new, |place| format!("{place} "));
        let heading = format!("{place}[{number}/{of}] {} {}", step.revision(), step.message());
        {
            let mut state = self.lock();
            state.heading = heading.trim_end().to_owned();
            state.step_begun = Instant::now();
            state.last_told = Instant::now();
        }
        if done > 0 {
            self.announce(&format!(
                "{} goes on behind statement {done}, where an earlier run ended",
                step.revision()
            ));
        }
        match &self.bar {
            Some(bar) => bar.set_message(heading),
            None if self.is_quiet => {}
            None => note(heading.trim_end()),
        }
    }

    fn finish(&self, step: &Step, took: Duration) {
        self.lock().printed += 1;
        if !self.prints_steps {
            return;
        }
        // That nobody reads it does not undo what was done.
        let print = || drop(line(&done(step, Some(took), self.width)));
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }
}

impl Report for Progress {
    fn event(&self, event: &Event<'_>) {
        match event {
            Event::LockHeld { holder, waited, .. } => {
                let who = holder.map_or_else(
                    || "another runner".to_owned(),
                    |holder| format!("another runner ({holder})"),
                );
                self.announce(&format!("waiting for {who}, {} so far", taken(*waited)));
            }
            Event::StepStarted { step, number, of, done, .. } => self.begin(step, *number, *of, *done),
            Event::CleanedUp { step, line, what, .. } => {
                self.announce(&format!("{}:{line}: {what}", step.file()));
            }
            Event::Waiting { line, holder, waited, .. } => {
                self.say(&format!("line {line} waits for {holder}, {} so far", taken(*waited)));
            }
            Event::Retrying { step, line, attempt, pause, holder, .. } => {
                let text = match holder {
                    Some(holder) => format!("{}:{line} made way for {holder}", step.file()),
                    None => format!("{}:{line} made way for others", step.file()),
                };
                self.retry(
                    *attempt,
                    &format!("{text}; attempt {} follows in {}", attempt + 1, taken(*pause)),
                );
            }
            Event::StatementDone { done, total, .. } => self.say(&format!("{done} of {total} statements")),
            Event::BatchDone { rows, .. } => {
                let took = self.lock().step_begun.elapsed().as_secs_f64();
                let rate =
                    if took > 0.0 { format!(", {:.0} a second", *rows as f64 / took) } else { String::new() };
                self.say(&format!("{rows} rows{rate}"));
            }
            Event::CallProgress { name, done, total, .. } => {
                let of = total.map_or_else(String::new, |total| format!(" of {total}"));
                self.say(&format!("{name}: {done}{of}"));
            }
            Event::StepFinished { step, took, .. } => self.finish(step, *took),
            _ => {}
        }
    }
}

/// `up     3f2a9c1b7d04  Add users.phone  (12 ms)`
fn done(step: &Step, took: Option<Duration>, width: usize) -> String {
    let paint = Paint::of(&io::stdout());
    let direction = format!("{:<5}", step.direction().name());
    let took = took.map_or_else(String::new, |took| paint.dim(&format!("({})", taken(took))));
    let id = format!("{:<width$}", step.revision());
    let parts = [paint.green(&direction), paint.yellow(&id), step.message().to_owned(), took];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("  ")
}
