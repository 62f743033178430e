//! The row struct: `impl Table`, the definition, and a constant for each column.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DataStruct, DeriveInput, Error, Fields, Ident, Result};

use crate::column::Column;
use crate::definition::{calls, thing};
use crate::foreign_key;
use crate::options::{Body, Item, Options};

const KNOWN: &str = "name schema comment renamed_from";
const MANY: &str = "unique index check foreign_key exclude";

pub(crate) fn expand(input: DeriveInput) -> Result<TokenStream> {
    let row = &input.ident;
    let refused = |what: &str| Error::new(row.span(), what);
    let Data::Struct(DataStruct { fields: Fields::Named(fields), .. }) = input.data else {
        return Err(refused("a row is a struct with named fields"));
    };
    let options = Options::of(&input.attrs, "table", KNOWN, MANY)?;
    let unnamed = || refused("the table needs a name: `#[table(name = \"..\")]`");
    let name = options.get("name").ok_or_else(unnamed)?.text()?;
    let columns = fields.named.into_iter().map(Column::of).collect::<Result<Vec<_>>>()?;
    let mut key = Vec::new();
    for (position, column) in columns.iter().enumerate() {
        if columns[..position].iter().any(|before| before.name.value() == column.name.value()) {
            let what = format!("two columns have the name `{}`", column.name.value());
            return Err(Error::new(column.name.span(), what));
        }
        match column.options.get("primary_key") {
            Some(Item { body: Body::Flag, .. }) => key.push(position),
            Some(item) => return Err(item.must_be("a flag without a value")),
            None => {}
        }
    }
    // More, and a `ColumnSet` could not hold them.
    if let Some(column) = columns.get(128) {
        return Err(Error::new(column.field.span(), "a table has at most 128 columns"));
    }
    if key.is_empty() || key.len() > 4 {
        return Err(refused("a primary key has one to four columns; mark them `#[column(primary_key)]`"));
    }

    let constants = columns.iter().enumerate().map(|(i, column)| column.constant(row, name, i));
    let definitions = columns.iter().map(Column::definition).collect::<Result<Vec<_>>>()?;
    let things = things(row, &options, &columns)?;
    let of = |name: &'static str| things.iter().filter(move |thing| thing.0 == name).map(|thing| &thing.1);
    let (uniques, indexes, checks) = (of("unique"), of("index"), of("check"));
    let (foreign_keys, excludes) = (of("foreign_key"), of("exclude"));
    let some = |item: &Item| item.text().map(|text| quote!(::core::option::Option::Some(#text)));
    let none = || Ok(quote!(::core::option::Option::None));
    let text = |name| options.get(name).map_or_else(none, some);
    let (schema, comment, renamed_from) = (text("schema")?, text("comment")?, text("renamed_from")?);
    let methods = methods(&columns, &key)?;
    Ok(quote! {
        impl #row { #(#constants)* }
        // Not recommended: else each message that some type is no row would list all the rows that there are.
        #[diagnostic::do_not_recommend] impl ::underpin::RowStruct for #row { type Itself = Self; }
        #[automatically_derived] #[allow(unused_parens)] #[diagnostic::do_not_recommend]
        impl ::underpin::Table for #row {
            fn def() -> &'static ::underpin::TableDef {
                static DEF: ::underpin::TableDef = ::underpin::TableDef {
                    name: #name, schema: #schema, comment: #comment, renamed_from: #renamed_from,
                    columns: &[#(#definitions),*], primary_key: &[#(#key),*],
                    uniques: &[#(#uniques),*], indexes: &[#(#indexes),*], checks: &[#(#checks),*],
                    foreign_keys: &[#(#foreign_keys),*], excludes: &[#(#excludes),*],
                    statements: ::underpin::StatementSlots::new(),
                };
                &DEF
            }
            #methods
        }
    })
}

/// What a table has besides columns, with the option that says so: what its columns' options say, then its own.
fn things(row: &Ident, options: &Options, columns: &[Column]) -> Result<Vec<(String, TokenStream)>> {
    let mut things = Vec::new();
    let of_columns =
        columns.iter().enumerate().flat_map(|at| at.1.options.0.iter().map(move |item| (Some(at), item)));
    for (column, item) in of_columns.chain(options.0.iter().map(|item| (None, item))) {
        let mut name = item.name.to_string();
        let thing = match (name.as_str(), column, &item.body) {
            // As if the table had it, with this one column.
            ("unique" | "index", Some((_, Column { field, .. })), body) => {
                let own = if let Body::Flag = body { None } else { Some(item.text()?) }.into_iter();
                let body = Body::Options(quote!(columns = [#field] #(, name = #own)*));
                thing(&Item { name: item.name.clone(), body }, columns)?
            }
            ("check", Some((_, column)), Body::Value(_)) => {
                let (name, sql) = (&column.name, item.sql()?);
                quote!(::underpin::CheckDef::NEW.name(#name).sql(#sql))
            }
            ("references", Some((position, column)), _) => {
                name = "foreign_key".to_owned();
                let calls = calls(&column.options, "on_delete on_update_key deferred", columns)?;
                foreign_key::build(row, item, columns, &[position], calls)?
            }
            ("on_delete" | "on_update_key" | "deferred", Some((_, column)), _) => {
                column.options.needed(item, "references")?;
                continue;
            }
            ("foreign_key", None, _) => foreign_key::of_table(row, item, columns)?,
            ("check", ..) | ("unique" | "index" | "exclude", None, _) => thing(item, columns)?,
            _ => continue,
        };
        things.push((name, thing));
    }
    Ok(things)
}

/// Everything but the definition: straight-line code by position.
fn methods(columns: &[Column], key: &[usize]) -> Result<TokenStream> {
    let positions: Vec<_> = (0..columns.len()).collect();
    let fields: Vec<_> = columns.iter().map(|column| &column.field).collect();
    let values: Vec<_> = columns.iter().map(Column::value).collect();
    let this: Vec<_> = columns.iter().map(|column| column.borrowed("self")).collect();
    let other: Vec<_> = columns.iter().map(|column| column.borrowed("other")).collect();
    let reads = positions.iter().zip(columns).map(|(position, column)| column.read(quote!(#position)));
    let assigns = columns.iter().map(|column| column.read(quote!(cell)));
    let copies = columns.iter().map(Column::copy);
    let (key_types, key_values): (Vec<_>, Vec<_>) =
        key.iter().map(|k| (&columns[*k].stored, &this[*k])).unzip();
    let assignments = |option| columns.iter().map(|c| c.assignment(option)).collect::<Result<Vec<_>>>();
    let (defaults, touches) = (assignments("default")?, assignments("on_update")?);
    let renewed = positions.iter().filter(|position| touches[**position].is_some());
    let renewals = (0..).zip(columns).map(|(at, column)| column.renewal(at)).collect::<Result<Vec<_>>>()?;
    let version = columns.iter().filter(|column| column.options.get("version").is_some());
    // A type that cannot count is reported at the field's.
    let counter = |Column { ty, .. }: &_| quote_spanned!(ty.span()=> <#ty as ::underpin::RowVersion>);
    let (version, counter): (Vec<_>, Vec<_>) = version.map(|c| (&c.field, counter(c))).unzip();
    let (result, set) = (quote!(::core::result::Result), quote!(::underpin::ColumnSet));
    let done = quote!(#result<(), ::underpin::CellError>);
    let absent = quote!(#result::Err(::underpin::CellError::OutOfRange("the table has fewer columns")));
    Ok(quote! {
        type Key = (#(#key_types),*);
        fn key(&self) -> Self::Key { (#(::core::clone::Clone::clone(#key_values)),*) }
        fn encode(&self, position: usize, out: &mut dyn ::underpin::Encoder) -> #done {
            match position { #(#positions => #values::encode(#this, out),)* _ => #absent }
        }
        fn decode(cells: &dyn ::underpin::Cells) -> #result<Self, ::underpin::ColumnFailure> {
            #result::Ok(Self {
                #(#fields: #reads.map_err(|error| ::underpin::ColumnFailure { position: #positions, error })?,)*
            })
        }
        fn assign(&mut self, position: usize, cells: &dyn ::underpin::Cells, cell: usize) -> #done {
            match position { #(#positions => { self.#fields = #assigns?; #result::Ok(()) })* _ => #absent }
        }
        fn duplicate(&self) -> Self { Self { #(#fields: #copies(&self.#fields),)* } }
        fn diff(&self, other: &Self) -> #set { #set::EMPTY #(.with_if(#positions, !#values::same(#this, #other)))* }
        fn unset(&self) -> #set { #set::EMPTY #(.with_if(#positions, #values::AUTO && #values::is_unset(#this)))* }
        fn nulls(&self) -> #set { #set::EMPTY #(.with_if(#positions, #values::NULLABLE && #values::is_null(#this)))* }
        fn fill_defaults(&mut self) { #(#defaults)* }
        fn touch(&mut self) { #(#touches)* }
        fn renewed() -> #set { #set::of(&[#(#renewed),*]) }
        fn renew(at: usize, out: &mut dyn ::underpin::Encoder) -> ::core::option::Option<#done> {
            let _ = &out; match at { #(#renewals)* _ => ::core::option::Option::None }
        }
        fn version(&self) -> ::core::option::Option<i64> { [#(#counter::count(self.#version)),*].first().copied() }
        fn set_version(&mut self, version: i64) { let _ = version; #(self.#version = #counter::of_count(version);)* }
    })
}
