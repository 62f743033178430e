//! The guide in `docs/guide` as a program that runs: what stands in its fenced blocks is compiled and carried out.
//!
//! | block | what is done with it |
//! |---|---|
//! | ` ```console ` | `$ ` begins a command, `> ` goes on with it; the lines behind it are compared with what it prints |
//! | ` ```console fails ` | the same; the last command of the block ends with another code than 0 |
//! | ` ```console server ` | its command goes on in the background until the next server or the end of the page |
//! | ` ```rust `, ` ```toml `, ` ```sql ` behind a line that ends with `` `NAME`: `` | becomes the file NAME |
//! | the same behind a line that ends with `` at the end of `NAME`: `` | is added to that file |
//! | ` ```rust ` without a name | those of a page are one module of the test `how_to`, whose tests run |
//!
//! Any other block is an error, so that nothing stands in the guide unread. In what a command prints, `…` stands for
//! any text within a line, and alone for any lines.

mod block;
mod page;
mod session;
mod transcript;

pub use block::{Block, blocks};
pub use page::{Page, pages};
pub use session::Session;
pub use transcript::{Step, fits, steps};
