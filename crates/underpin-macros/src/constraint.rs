//! Constraints: UNIQUE, CHECK and EXCLUDE.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Error, Ident, LitStr, Result, Token};

use crate::column::Column;
use crate::options::{Body, Item, Options, optional};

/// The `columns(..)` of a constraint or an index.
pub(crate) fn member<'a>(item: &Item, options: &'a Options) -> Result<&'a Item> {
    options.get("columns").ok_or_else(|| item.must_be("given columns, `columns(..)`"))
}

/// The positions of the fields that a list names.
pub(crate) fn members(list: &Item, columns: &[Column]) -> Result<Vec<usize>> {
    let names = list.list(Ident::parse_any)?;
    if names.is_empty() {
        return Err(list.must_be("a list of one field or more"));
    }
    names.iter().map(|name| position(columns, name)).collect()
}

pub(crate) fn position(columns: &[Column], name: &Ident) -> Result<usize> {
    columns.iter().position(|column| column.field.unraw() == name.unraw()).ok_or_else(|| {
        let known: Vec<_> = columns.iter().map(|column| column.field.unraw().to_string()).collect();
        Error::new(name.span(), format!("the struct has no field `{name}`; it has {}", known.join(", ")))
    })
}

/// `unique` or `unique = "name"` at a field.
pub(crate) fn unique_of_column(item: &Item, position: usize) -> Result<TokenStream> {
    let name = optional(item.optional_name()?);
    Ok(quote!(::underpin::UniqueDef { name: #name, columns: &[#position], deferred: false }))
}

/// `unique(columns(a, b), name = "..", deferred)`
pub(crate) fn unique_of_table(item: &Item, columns: &[Column]) -> Result<TokenStream> {
    let options = item.options(&["columns", "name", "deferred"])?;
    let positions = members(member(item, &options)?, columns)?;
    let name = optional(options.text("name")?);
    let deferred = options.flag("deferred")?;
    Ok(quote!(::underpin::UniqueDef { name: #name, columns: &[#(#positions),*], deferred: #deferred }))
}

/// `check = ".."`, whose name is that of `column` if it stands at one, or `check(name = "..", sql = "..")`.
pub(crate) fn check(item: &Item, column: Option<&LitStr>) -> Result<TokenStream> {
    let (name, expression) = match &item.body {
        Body::List(_) => {
            let options = item.options(&["name", "sql"])?;
            let name = options.text("name")?.or(column).map(LitStr::to_token_stream);
            (name, options.sql("sql")?)
        }
        _ => (column.map(LitStr::to_token_stream), Some(item.sql()?)),
    };
    match (name, expression) {
        (Some(name), Some(expression)) => {
            Ok(quote!(::underpin::CheckDef { name: #name, expression: #expression }))
        }
        _ => Err(item.must_be("given as `check(name = \"..\", sql = \"..\")`")),
    }
}

/// `room = "="`; text in quotes is an expression.
struct Comparison {
    expression: TokenStream,
    operator: LitStr,
}

/// `exclude(with(room = "=", "tsrange(starts, ends)" = "&&"), method = "gist", name = "..", where = "..")`
pub(crate) fn exclude(item: &Item, columns: &[Column]) -> Result<TokenStream> {
    let options = item.options(&["with", "method", "name", "where", "only"])?;
    let (Some(with), Some(name)) = (options.get("with"), options.text("name")?) else {
        return Err(item.must_be("given a name and comparisons, `with(room = \"=\")`"));
    };
    let comparisons = with.list(|input: ParseStream<'_>| {
        let expression = if input.peek(LitStr) {
            input.parse::<LitStr>()?.into_token_stream()
        } else {
            input.call(Ident::parse_any)?.into_token_stream()
        };
        input.parse::<Token![=]>()?;
        Ok(Comparison { expression, operator: input.parse()? })
    })?;
    let mut parts = Vec::new();
    for Comparison { expression, operator } in comparisons {
        let expression = match syn::parse2::<Ident>(expression.clone()) {
            Ok(field) => columns[position(columns, &field)?].name.to_token_stream(),
            Err(_) => expression,
        };
        parts.push(quote!(::underpin::ExcludePart { expression: #expression, operator: #operator }));
    }
    let method = options.text("method")?.map_or(quote!("gist"), LitStr::to_token_stream);
    let predicate = optional(options.text("where")?);
    let only = optional(options.text("only")?);
    Ok(quote! {
        ::underpin::ExcludeDef {
            name: #name,
            method: #method,
            parts: &[#(#parts),*],
            predicate: #predicate,
            only: #only,
        }
    })
}
