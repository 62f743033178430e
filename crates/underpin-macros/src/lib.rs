//! The macros of `underpin`: thin, they turn a struct or a directory into data and straight-line code, and decide
//! nothing.
//!
//! The crate is an implementation detail of `underpin`, which documents the options with examples; depend on that.

mod column;
mod column_enum;
mod definition;
mod foreign_key;
mod migrations;
mod options;
mod table;

use proc_macro::TokenStream;
use syn::{Error, parse_macro_input};

/// Makes a struct the row of a table.
#[proc_macro_derive(Table, attributes(table, column))]
pub fn derive_table(input: TokenStream) -> TokenStream {
    table::expand(parse_macro_input!(input)).unwrap_or_else(Error::into_compile_error).into()
}

/// Makes an enum without fields a column value: a native enumeration, or text with a CHECK.
#[proc_macro_derive(ColumnEnum, attributes(column_enum, label))]
pub fn derive_column_enum(input: TokenStream) -> TokenStream {
    column_enum::expand(parse_macro_input!(input)).unwrap_or_else(Error::into_compile_error).into()
}

/// Compiles the revision files of a directory into the program.
#[proc_macro]
pub fn include_migrations(input: TokenStream) -> TokenStream {
    migrations::expand(&parse_macro_input!(input)).unwrap_or_else(Error::into_compile_error).into()
}
