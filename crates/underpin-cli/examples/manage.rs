//! A program's own `manage`: its revisions are compiled in, and one of them calls a function of the program.
//!
//! `cargo run -p underpin-cli --example manage -- upgrade head --url sqlite:shop.db`

use std::process::ExitCode;

use underpin::include_migrations;
use underpin::migrate::{CallFuture, Context, Functions};
use underpin_cli::Manage;

fn main() -> ExitCode {
    let functions = Functions::new().register("lower_emails", lower_emails);
    Manage::embedded(include_migrations!("examples/migrations")).functions(functions).name("manage").run()
}

/// What SQL does differently in each database, Rust does alike.
fn lower_emails(mut context: Context<'_>) -> CallFuture<'_> {
    Box::pin(async move {
        let rows = context.query("SELECT CAST(id AS text), email FROM customers ORDER BY id").await?;
        let total = rows.len() as u64;
        for (done, row) in (1..).zip(rows) {
            let [Some(id), Some(email)] = row.as_slice() else { continue };
            let email = context.quote(&email.to_lowercase())?;
            context.execute(&format!("UPDATE customers SET email = {email} WHERE id = {id}")).await?;
            context.report(done, Some(total));
        }
        Ok(())
    })
}
