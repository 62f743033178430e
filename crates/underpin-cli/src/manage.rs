//! The commands as a library call: for the program `underpin`, and for a program that carries its own revisions.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use underpin::migrate::{Embedded, Functions};
use underpin::secrets::StoredColumn;

use crate::called::Called;
use crate::cli::Cli;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::{answer, tell};

/// The commands, to be run by a program's `main`.
///
/// ```no_run
/// use std::process::ExitCode;
///
/// use underpin_cli::Manage;
///
/// fn main() -> ExitCode {
///     Manage::new().run()
/// }
/// ```
///
/// A program that carries its revisions names them, and the functions that they call:
///
/// ```no_run
/// # use std::process::ExitCode;
/// # use underpin_cli::Manage;
/// use underpin::include_migrations;
/// use underpin::migrate::Functions;
///
/// fn main() -> ExitCode {
///     Manage::embedded(include_migrations!("examples/migrations")).functions(Functions::new()).run()
/// }
/// ```
///
/// `examples/manage.rs` registers a function. So that a new revision file is noticed, the crate that includes the
/// revisions needs a build script with `println!("cargo::rerun-if-changed=migrations");`.
#[derive(Debug, Default)]
pub struct Manage {
    embedded: Option<Embedded>,
    functions: Functions,
    name: Option<&'static str>,
    encrypted: Vec<StoredColumn>,
}

impl Manage {
    /// The commands on the revisions of a directory.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The commands on the revisions that are compiled into the program. New ones are written into the directory from
    /// which they come; `--migrations` names another directory.
    #[must_use]
    pub fn embedded(migrations: Embedded) -> Self {
        Self { embedded: Some(migrations), ..Self::default() }
    }

    /// With the functions that `call` sections name.
    #[must_use]
    pub fn functions(mut self, functions: Functions) -> Self {
        self.functions = functions;
        self
    }

    /// With the encrypted columns that `secrets` counts and rotates, besides those of `underpin.toml`. For a column with a plain one
    /// the function is registered that its revisions call.
    #[must_use]
    pub fn encrypted(mut self, columns: impl IntoIterator<Item = StoredColumn>) -> Self {
        self.encrypted.extend(columns);
        self
    }

    /// With the name by which it is called, in help texts and hints: `cargo underpin`, say. Else it is that of its file.
    #[must_use]
    pub fn name(mut self, name: &'static str) -> Self {
        self.name = Some(name);
        self
    }

    /// Does what the program's arguments ask, and says how it ended: 0 done, 1 a check that failed, 2 a mistake in
    /// what was asked or in a file, 3 the database. Everything that is to be said has been printed then.
    ///
    /// It runs on a runtime of its own, so `main` must not be asynchronous.
    #[must_use]
    pub fn run(self) -> ExitCode {
        self.run_with(std::env::args_os())
    }

    /// As [`run`](Self::run), with other arguments; the first is the program's name.
    #[must_use]
    pub fn run_with(self, arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> ExitCode {
        let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
        let called = Called::new(self.name, arguments.first().map(OsString::as_os_str));
        let command = called.help(Cli::command().bin_name(called.name().to_owned()));
        let parsed = command.try_get_matches_from(arguments);
        let ended = match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
            Ok(cli) => self.obey(cli, called.clone()),
            Err(error) => answer(&error),
        };
        let exit = ended.unwrap_or_else(|error| {
            tell(&error, &called);
            error.exit()
        });
        exit.into()
    }

    fn obey(self, cli: Cli, called: Called) -> Result<Exit> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| {
            Error::mistake(
                "the program cannot wait for input and output",
                "see what the operating system says",
            )
            .because(error.to_string())
        })?;
        let context = Context::new(cli.global, called, self.embedded, self.functions, self.encrypted);
        let context = context.with_backfills();
        runtime.block_on(cli.command.run(&context))
    }
}
