//! Indexes: what `index` and `index(..)` say.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Ident, LitStr, Result, Token};

use crate::column::Column;
use crate::constraint::{member, members, position};
use crate::options::{Item, optional};

/// `created_at desc nulls_last opclass = ".."`; text in quotes is an expression.
struct Part {
    expression: Option<LitStr>,
    column: Option<Ident>,
    order: Ident,
    nulls: Ident,
    opclass: Option<LitStr>,
}

impl Parse for Part {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let expression: Option<LitStr> = if input.peek(LitStr) { Some(input.parse()?) } else { None };
        let column = if expression.is_none() { Some(input.call(Ident::parse_any)?) } else { None };
        let word = |text: &str| Ident::new(text, input.span());
        let mut part = Self { expression, column, order: word("Asc"), nulls: word("Default"), opclass: None };
        while !input.is_empty() && !input.peek(Token![,]) {
            let name = input.call(Ident::parse_any)?;
            match name.to_string().as_str() {
                "asc" => part.order = word("Asc"),
                "desc" => part.order = word("Desc"),
                "nulls_first" => part.nulls = word("First"),
                "nulls_last" => part.nulls = word("Last"),
                "opclass" => {
                    input.parse::<Token![=]>()?;
                    part.opclass = Some(input.parse()?);
                }
                _ => {
                    let known = "known are asc, desc, nulls_first, nulls_last, opclass = \"..\"";
                    return Err(Error::new(name.span(), format!("unknown word `{name}`; {known}")));
                }
            }
        }
        Ok(part)
    }
}

/// An index over one column.
pub(crate) fn of_column(item: &Item, position: usize) -> Result<TokenStream> {
    let name = optional(item.optional_name()?);
    Ok(quote! {
        ::underpin::IndexDef {
            name: #name,
            parts: &[::underpin::IndexPart::column(#position)],
            ..::underpin::IndexDef::NEW
        }
    })
}

/// An index as the table's attribute gives it.
pub(crate) fn of_table(item: &Item, columns: &[Column]) -> Result<TokenStream> {
    let options = item.options(&["columns", "unique", "where", "include", "method", "name", "only"])?;
    let mut parts = Vec::new();
    for part in member(item, &options)?.list(Part::parse)? {
        let key = match (&part.column, &part.expression) {
            (Some(column), _) => {
                let position = position(columns, column)?;
                quote!(::underpin::IndexKey::Column(#position))
            }
            (None, sql) => {
                quote!(::underpin::IndexKey::Expression(::underpin::PerDialect::same(#sql)))
            }
        };
        let (order, nulls, opclass) = (&part.order, &part.nulls, optional(part.opclass.as_ref()));
        parts.push(quote! {
            ::underpin::IndexPart {
                key: #key,
                order: ::underpin::SortOrder::#order,
                nulls: ::underpin::NullsOrder::#nulls,
                opclass: #opclass,
            }
        });
    }
    let include = options.get("include").map_or(Ok(Vec::new()), |item| members(item, columns))?;
    let unique = options.flag("unique")?;
    let name = optional(options.text("name")?);
    let method = optional(options.text("method")?);
    let only = optional(options.text("only")?);
    let predicate = optional(options.sql("where")?);
    Ok(quote! {
        ::underpin::IndexDef {
            name: #name,
            unique: #unique,
            method: #method,
            parts: &[#(#parts),*],
            predicate: #predicate,
            include: &[#(#include),*],
            only: #only,
        }
    })
}
