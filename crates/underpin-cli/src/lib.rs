//! The commands of Underpin: the program `underpin`, and the same for a program that carries its own revisions.

mod called;
mod cli;
mod command;
mod config;
mod context;
mod database;
mod each;
mod error;
mod exit;
mod keys;
mod manage;
mod migration;
mod naming;
mod output;
mod pattern;
mod progress;
mod redact;
mod taken;
mod timing;
mod url;
mod view;
mod writing;

pub use manage::Manage;
pub use redact::redacted;
