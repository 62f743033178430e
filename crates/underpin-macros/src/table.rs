//! The row struct: `impl Table`, the definition, and a constant for each column.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Data, DeriveInput, Error, Fields, Result};

use crate::column::Column;
use crate::options::{Options, optional};
use crate::{constraint, foreign_key, index};

const KNOWN: &[&str] = &["name", "schema", "comment", "renamed_from"];
const MANY: &[&str] = &["unique", "index", "check", "foreign_key", "exclude"];

/// The most columns that a `ColumnSet` holds.
const COLUMNS: usize = 128;

/// The most columns that a `Key` has.
const KEY_COLUMNS: usize = 4;

pub(crate) fn expand(input: DeriveInput) -> Result<TokenStream> {
    let row = &input.ident;
    let refused = |what: &str| Err(Error::new(row.span(), what));
    let Data::Struct(data) = input.data else { return refused("only a struct can be a row") };
    if !input.generics.params.is_empty() {
        return refused("a row struct has no generic parameters: it is one table");
    }
    let Fields::Named(fields) = data.fields else { return refused("a row struct has named fields") };
    let options = Options::of(&input.attrs, "table", KNOWN, MANY)?;
    let Some(table) = options.text("name")? else {
        return refused("the table needs a name: `#[table(name = \"..\")]`");
    };
    let columns = fields.named.into_iter().map(Column::of).collect::<Result<Vec<_>>>()?;
    check_columns(&columns)?;
    let key = key(&columns)?;
    if key.is_empty() {
        return refused("no primary key; mark a field, or several, with `#[column(primary_key)]`");
    }
    if key.len() > KEY_COLUMNS {
        return refused("a primary key has at most four columns");
    }

    let constants = columns.iter().enumerate().map(|(i, column)| column.constant(row, table, i));
    let mut uniques = Vec::new();
    let mut indexes = Vec::new();
    let mut checks = Vec::new();
    let mut foreign_keys = Vec::new();
    for (position, column) in columns.iter().enumerate() {
        let option = |name| column.options.get(name);
        uniques.extend(option("unique").map(|i| constraint::unique_of_column(i, position)).transpose()?);
        indexes.extend(option("index").map(|i| index::of_column(i, position)).transpose()?);
        checks.extend(option("check").map(|i| constraint::check(i, Some(&column.name))).transpose()?);
        foreign_keys.extend(foreign_key::of_column(row, &columns, position)?);
    }
    for item in options.all("foreign_key") {
        foreign_keys.push(foreign_key::of_table(row, item, &columns)?);
    }
    let all = |name, make: fn(&_, &[Column]) -> _| {
        options.all(name).map(|item| make(item, &columns)).collect::<Result<Vec<_>>>()
    };
    uniques.extend(all("unique", constraint::unique_of_table)?);
    indexes.extend(all("index", index::of_table)?);
    checks.extend(all("check", |item, _| constraint::check(item, None))?);
    let excludes = all("exclude", constraint::exclude)?;
    let definitions = columns.iter().map(Column::definition).collect::<Result<Vec<_>>>()?;
    let schema = optional(options.text("schema")?);
    let comment = optional(options.text("comment")?);
    let renamed_from = optional(options.text("renamed_from")?);
    let (foreign_keys, proofs): (Vec<_>, Vec<_>) =
        foreign_keys.into_iter().map(|key| (key.definition, key.proof)).unzip();
    let methods = methods(&columns, &key)?;

    Ok(quote! {
        impl #row {
            #(#constants)*
        }

        #(#proofs)*

        #[automatically_derived]
        impl ::underpin::Table for #row {
            fn def() -> &'static ::underpin::TableDef {
                static DEF: ::underpin::TableDef = ::underpin::TableDef {
                    name: #table,
                    schema: #schema,
                    comment: #comment,
                    renamed_from: #renamed_from,
                    columns: &[#(#definitions),*],
                    primary_key: &[#(#key),*],
                    uniques: &[#(#uniques),*],
                    indexes: &[#(#indexes),*],
                    checks: &[#(#checks),*],
                    foreign_keys: &[#(#foreign_keys),*],
                    excludes: &[#(#excludes),*],
                    statements: ::underpin::StatementSlots::new(),
                };
                &DEF
            }
            #methods
        }
    })
}

fn check_columns(columns: &[Column]) -> Result<()> {
    for (position, column) in columns.iter().enumerate() {
        let name = column.name.value();
        if columns[..position].iter().any(|before| before.name.value() == name) {
            return Err(Error::new(column.name.span(), format!("two columns have the name `{name}`")));
        }
        if position == COLUMNS {
            return Err(Error::new(column.field.span(), "a table has at most 128 columns"));
        }
    }
    Ok(())
}

fn key(columns: &[Column]) -> Result<Vec<usize>> {
    let mut key = Vec::new();
    for (position, column) in columns.iter().enumerate() {
        if column.options.flag("primary_key")? {
            key.push(position);
        }
    }
    Ok(key)
}

/// Everything but the definition: straight-line code by position.
fn methods(columns: &[Column], key: &[usize]) -> Result<TokenStream> {
    let positions: Vec<_> = (0..columns.len()).collect();
    let fields: Vec<_> = columns.iter().map(|column| &column.field).collect();
    let stored: Vec<_> = columns.iter().map(|column| &column.stored).collect();
    let this: Vec<_> = columns.iter().map(|column| column.borrowed(quote!(self))).collect();
    let other: Vec<_> = columns.iter().map(|column| column.borrowed(quote!(other))).collect();
    let reads = positions.iter().zip(columns).map(|(position, column)| column.read(quote!(#position)));
    let assigns = columns.iter().map(|column| column.read(quote!(cell)));
    let clones = columns.iter().map(|column| {
        let field = &column.field;
        quote_spanned!(column.span()=> ::core::clone::Clone::clone(&self.#field))
    });
    let key_types = key.iter().map(|position| stored[*position]);
    let key_values: Vec<_> = key.iter().map(|position| &this[*position]).collect();
    let (key_type, key_value) = match key_values.as_slice() {
        [value] => (quote!(#(#key_types)*), quote!(::core::clone::Clone::clone(#value))),
        values => (quote!((#(#key_types),*)), quote!((#(::core::clone::Clone::clone(#values)),*))),
    };
    let mut defaults = Vec::new();
    let mut touches = Vec::new();
    for column in columns {
        let field = &column.field;
        defaults.extend(
            column
                .assignment("default")?
                .map(|assign| quote!(if ::underpin::Value::is_unset(&self.#field) { #assign })),
        );
        touches.extend(column.assignment("on_update")?);
    }
    let (version, set_version) = match columns.iter().find(|c| c.options.get("version").is_some()) {
        Some(Column { field, ty, .. }) => (
            quote!(::core::option::Option::Some(::core::convert::From::from(self.#field))),
            quote!(self.#field = <#ty as ::core::convert::TryFrom<i64>>::try_from(version).unwrap_or(<#ty>::MAX);),
        ),
        None => (quote!(::core::option::Option::None), quote!(let _ = version;)),
    };

    Ok(quote! {
        type Key = #key_type;

        fn key(&self) -> Self::Key {
            #key_value
        }

        fn encode(
            &self,
            position: usize,
            out: &mut dyn ::underpin::Encoder,
        ) -> ::core::result::Result<(), ::underpin::CellError> {
            match position {
                #(#positions => <#stored as ::underpin::Value>::encode(#this, out),)*
                _ => ::core::result::Result::Err(::underpin::CellError::OutOfRange("the table has fewer columns")),
            }
        }

        fn decode(cells: &dyn ::underpin::Cells) -> ::core::result::Result<Self, ::underpin::ColumnFailure> {
            ::core::result::Result::Ok(Self {
                #(#fields: #reads.map_err(|error| ::underpin::ColumnFailure { position: #positions, error })?,)*
            })
        }

        fn assign(
            &mut self,
            position: usize,
            cells: &dyn ::underpin::Cells,
            cell: usize,
        ) -> ::core::result::Result<(), ::underpin::CellError> {
            match position {
                #(#positions => self.#fields = #assigns?,)*
                _ => return ::core::result::Result::Err(::underpin::CellError::OutOfRange("the table has fewer columns")),
            }
            ::core::result::Result::Ok(())
        }

        fn duplicate(&self) -> Self {
            Self { #(#fields: #clones,)* }
        }

        fn diff(&self, other: &Self) -> ::underpin::ColumnSet {
            let mut set = ::underpin::ColumnSet::EMPTY;
            #(if !<#stored as ::underpin::Value>::same(#this, #other) { set.insert(#positions); })*
            set
        }

        fn unset(&self) -> ::underpin::ColumnSet {
            let mut set = ::underpin::ColumnSet::EMPTY;
            #(if <#stored as ::underpin::Value>::AUTO && <#stored as ::underpin::Value>::is_unset(#this) {
                set.insert(#positions);
            })*
            set
        }

        fn nulls(&self) -> ::underpin::ColumnSet {
            let mut set = ::underpin::ColumnSet::EMPTY;
            #(if <#stored as ::underpin::Value>::NULLABLE && <#stored as ::underpin::Value>::is_null(#this) {
                set.insert(#positions);
            })*
            set
        }

        fn fill_defaults(&mut self) {
            #(#defaults)*
        }

        fn touch(&mut self) {
            #(#touches)*
        }

        fn version(&self) -> ::core::option::Option<i64> {
            #version
        }

        fn set_version(&mut self, version: i64) {
            #set_version
        }
    })
}
