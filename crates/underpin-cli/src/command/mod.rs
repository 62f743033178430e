//! What can be asked, a file for each command.

mod adopt;
mod arch;
mod branches;
mod completions;
mod current;
mod downgrade;
mod edit;
mod heads;
mod history;
mod import;
mod init;
mod listing;
mod merge;
mod repair;
mod revision;
mod secrets;
mod show;
mod squash;
mod stamp;
mod upgrade;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Result;
use crate::exit::Exit;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(init::Init),
    Revision(revision::NewFile),
    Upgrade(upgrade::Upgrade),
    Downgrade(downgrade::Downgrade),
    Current(current::Current),
    History(history::History),
    Heads(heads::Heads),
    Branches(branches::Branches),
    Show(show::Show),
    Stamp(stamp::Stamp),
    Merge(merge::Merge),
    Edit(edit::Edit),
    Repair(repair::Repair),
    Adopt(adopt::Adopt),
    Squash(squash::Squash),
    Import(import::Import),
    Secrets(secrets::Secrets),
    Arch(arch::Arch),
    Completions(completions::Completions),
}

impl Command {
    /// Does what is asked.
    pub(crate) async fn run(self, context: &Context) -> Result<Exit> {
        match self {
            Self::Init(init) => init.run(context),
            Self::Revision(revision) => revision.run(context),
            Self::Upgrade(upgrade) => Box::pin(upgrade.run(context)).await,
            Self::Downgrade(downgrade) => Box::pin(downgrade.run(context)).await,
            Self::Current(current) => Box::pin(current.run(context)).await,
            Self::History(history) => Box::pin(history.run(context)).await,
            Self::Heads(heads) => heads.run(context),
            Self::Branches(branches) => branches.run(context),
            Self::Show(show) => Box::pin(show.run(context)).await,
            Self::Stamp(stamp) => Box::pin(stamp.run(context)).await,
            Self::Merge(merge) => merge.run(context),
            Self::Edit(edit) => Box::pin(edit.run(context)).await,
            Self::Repair(repair) => Box::pin(repair.run(context)).await,
            Self::Adopt(adopt) => Box::pin(adopt.run(context)).await,
            Self::Squash(squash) => Box::pin(squash.run(context)).await,
            Self::Import(import) => import.run(context),
            Self::Secrets(secrets) => Box::pin(secrets.run(context)).await,
            Self::Arch(arch) => arch.run(context),
            Self::Completions(completions) => completions.run(),
        }
    }
}
