//! What `upgrade`, `downgrade` and `stamp` have in common: planning only, running with progress, reporting.

use std::collections::BTreeSet;
use std::time::Instant;

use clap::Args;
use serde::Serialize;
use serde_json::json;
use underpin::migrate::{
    ConnectionTarget, Destination, Graph, Move, Moves, Plan, Revision, Runner, Section, Step, StepDirection,
    offline,
};

use crate::cli::Named;
use crate::context::Context;
use crate::database::{Place, Purpose};
use crate::each::{Each, Outcome};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::naming;
use crate::output::{document, line, text};
use crate::progress::Progress;
use crate::taken::taken;
use crate::timing::Timing;

/// What is to be done.
#[derive(Debug)]
pub(crate) enum Work {
    Upgrade(Destination),
    Downgrade(Destination),
    Stamp { to: Vec<Destination>, purge: bool },
}

/// How it is to be done.
#[derive(Debug, Args)]
pub(crate) struct How {
    /// Only show what would be done; nothing is changed
    #[arg(long)]
    dry_run: bool,

    /// Print a script for psql or sqlite3 instead; no database is asked
    #[arg(long, conflicts_with_all = ["dry_run", "each", "each_file"])]
    pub(crate) sql: bool,

    /// For which database the script is [default: that of the URL]
    #[arg(long, requires = "sql", value_enum)]
    dialect: Option<Named>,

    #[command(flatten)]
    each: Each,

    #[command(flatten)]
    timing: Timing,
}

impl How {
    /// Does it, in one place or in several.
    pub(crate) async fn migrate(&self, context: &Context, work: &Work) -> Result<Exit> {
        let graph = context.graph()?;
        if self.each.is_given() {
            return self
                .each
                .run(context, async |place| self.outcome(context, &graph, place, work).await)
                .await;
        }
        let place = Place::of_url(context.url()?);
        if self.dry_run {
            let plan = self.plan(context, &graph, &place, work).await?;
            unfilled(&graph, &plan).for_each(|what| context.note(&format!("note: {what}")));
            match context.is_json() {
                true => document(&Summary::of(&plan))?,
                false if plan.is_empty() => context.note(&nothing(&plan)),
                false => text(&plan.to_string())?,
            }
            return Ok(Exit::Done);
        }
        let progress = Progress::new(context, &graph, None);
        let begun = Instant::now();
        let plan = self.execute(context, &graph, &place, work, &progress).await?;
        let took = begun.elapsed();
        unfilled(&graph, &plan).for_each(|what| context.note(&format!("note: {what}")));
        if context.is_json() {
            document(&Summary::of(&plan))?;
        } else {
            progress.rest_of(&plan).iter().try_for_each(|step| line(step))?;
        }
        context.note(&match plan.is_empty() {
            true => nothing(&plan),
            false => format!("{} in {}; {}", count(&plan), taken(took), now_at(&plan)),
        });
        Ok(Exit::Done)
    }

    async fn outcome(&self, context: &Context, graph: &Graph, place: &Place, work: &Work) -> Result<Outcome> {
        let plan = if self.dry_run {
            self.plan(context, graph, place, work).await?
        } else {
            let progress = Progress::new(context, graph, Some(&place.name));
            self.execute(context, graph, place, work, &progress).await?
        };
        let told = match plan.is_empty() {
            true => nothing(&plan),
            false if self.dry_run => format!("would do {}; {}", count(&plan), now_at(&plan)),
            false => format!("{}; {}", count(&plan), now_at(&plan)),
        };
        let told = unfilled(graph, &plan).fold(told, |told, what| format!("{told}; {what}"));
        Ok(Outcome { told, json: json!(Summary::of(&plan)) })
    }

    async fn plan(&self, context: &Context, graph: &Graph, place: &Place, work: &Work) -> Result<Plan> {
        let runner = Runner::new(graph).functions(context.functions.clone());
        let plan = async |target: &mut ConnectionTarget| {
            Ok(match work {
                Work::Upgrade(to) => runner.plan_upgrade(target, to).await,
                Work::Downgrade(to) => runner.plan_downgrade(target, to).await,
                Work::Stamp { to, purge } => runner.plan_stamp(target, to, *purge).await,
            }?)
        };
        place.with(Purpose::Look, plan).await
    }

    async fn execute(
        &self,
        context: &Context,
        graph: &Graph,
        place: &Place,
        work: &Work,
        progress: &Progress,
    ) -> Result<Plan> {
        let purpose = if matches!(work, Work::Downgrade(_)) { Purpose::Change } else { Purpose::Create };
        let runner = Runner::new(graph).functions(context.functions.clone()).report(progress);
        let runner = self.timing.apply(runner);
        let run = async |target: &mut ConnectionTarget| {
            let done = match work {
                Work::Upgrade(to) => runner.upgrade(target, to).await,
                Work::Downgrade(to) => runner.downgrade(target, to).await,
                Work::Stamp { to, purge } => runner.stamp(target, to, *purge).await,
            };
            progress.end();
            done.map_err(|error| Error::of_run(error, graph))
        };
        place.with(purpose, run).await
    }

    /// Prints the script of moves.
    pub(crate) fn print_script(&self, context: &Context, moves: &Moves<'_>) -> Result<Exit> {
        let dialect = context.dialect(self.dialect.map(Named::dialect))?;
        let plan = Plan::new(moves, dialect)?;
        text(&offline(&plan).to_string())?;
        Ok(Exit::Done)
    }
}

/// What is applied when everything up to a destination is.
pub(crate) fn applied_up_to<'g>(graph: &'g Graph, to: &Destination) -> Result<BTreeSet<&'g str>> {
    // Without its colon, a range begins at base.
    let moves = graph.offline_upgrade(&naming::range(&to.to_string())?)?;
    let id = |step: &Move<'g>| match step {
        Move::Up(revision) => Some(revision.id()),
        _ => None,
    };
    Ok(moves.steps().iter().filter_map(id).collect())
}

/// What programs are told of a plan: this, and nothing else.
#[derive(Debug, Serialize)]
struct Summary<'p> {
    steps: Vec<SummaryStep<'p>>,
    heads_before: &'p [String],
    heads_after: &'p [String],
}

#[derive(Debug, Serialize)]
struct SummaryStep<'p> {
    revision: &'p str,
    direction: &'static str,
}

impl<'p> Summary<'p> {
    fn of(plan: &'p Plan) -> Self {
        let step =
            |step: &'p Step| SummaryStep { revision: step.revision(), direction: step.direction().name() };
        Self {
            steps: plan.steps().iter().map(step).collect(),
            heads_before: plan.heads_before(),
            heads_after: plan.heads_after(),
        }
    }
}

/// What is applied though nobody has filled it. A merge has nothing to do, and is not meant.
fn unfilled(graph: &Graph, plan: &Plan) -> impl Iterator<Item = String> {
    let up = plan.steps().iter().filter(|step| step.direction() == StepDirection::Up);
    let revisions = up.filter_map(|step| graph.revision(step.revision()));
    let empty = |revision: &&Revision| {
        revision.revises().len() < 2 && revision.sections().iter().all(Section::is_empty)
    };
    revisions
        .filter(empty)
        .map(|revision| format!("{} has no statements: {}", revision.id(), revision.file()))
}

fn count(plan: &Plan) -> String {
    match plan.steps().len() {
        1 => "1 step".to_owned(),
        steps => format!("{steps} steps"),
    }
}

fn now_at(plan: &Plan) -> String {
    at(plan.heads_after())
}

fn nothing(plan: &Plan) -> String {
    format!("nothing to do; {}", at(plan.heads_before()))
}

fn at(heads: &[String]) -> String {
    match heads {
        [] => "nothing is applied".to_owned(),
        heads => format!("at {}", heads.join(", ")),
    }
}
