//! From options to definitions: each becomes a call of the constant builder of its `..Def`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Error, Expr, Ident, LitStr, Result, Token};

use crate::column::Column;
use crate::options::{Body, Item, Options};

/// A thing of a table as its option gives it, `index(columns = [a], unique)`.
pub(crate) fn thing(item: &Item, columns: &[Column]) -> Result<TokenStream> {
    let (name, needed, optional) = match item.name.to_string().as_str() {
        "unique" => ("UniqueDef", "columns", "name deferred"),
        "index" => ("IndexDef", "columns", "unique where include method name only"),
        "check" => ("CheckDef", "name sql", ""),
        _ => ("ExcludeDef", "name with", "method where only"),
    };
    let options = item.options(&format!("{needed} {optional}"))?;
    let name = Ident::new(name, item.name.span());
    let needed = needed.split(' ').map(|name| options.needed(item, name)?.call(columns, &item.name));
    let (needed, optional) = (needed.collect::<Result<Vec<_>>>()?, calls(&options, optional, columns)?);
    Ok(quote!(::underpin::#name::NEW #(#needed)* #optional))
}

/// A call for each option that is given, in the order of `names`.
pub(crate) fn calls(options: &Options, names: &str, columns: &[Column]) -> Result<TokenStream> {
    let given = names.split_whitespace().filter_map(|name| options.get(name));
    given.map(|item| item.call(columns, &item.name)).collect()
}

impl Item {
    /// The builder's call, `.length(255)`. What has the wrong type there is left to the compiler.
    fn call(&self, columns: &[Column], of: &Ident) -> Result<TokenStream> {
        let name = self.name.to_string();
        let argument = match (name.as_str(), &self.body) {
            ("where" | "sql" | "server_default" | "generated", _) => self.sql()?,
            ("columns", _) if of == "index" => parts(self, columns)?,
            ("columns" | "include", _) => {
                let positions = self.positions(columns)?;
                quote!(&[#(#positions),*])
            }
            ("with", _) => comparisons(self, columns)?,
            ("on_delete" | "on_update_key", Body::Value(Expr::Path(path))) => {
                let action = quote!(#path).to_string();
                quote_spanned!(path.span()=> ::underpin::ForeignKeyAction::named(#action))
            }
            (_, Body::Value(value)) => quote!(#value),
            (_, Body::Flag) => TokenStream::new(),
            (_, Body::List(_) | Body::Options(_)) => return Err(self.must_be("one value")),
        };
        let method = if name == "where" { "predicate" } else { &name };
        let method = Ident::new(method, self.name.span());
        Ok(quote_spanned!(self.name.span()=> .#method(#argument)))
    }

    /// `= ".."` or `(postgres = "..", sqlite = "..")`
    pub(crate) fn sql(&self) -> Result<TokenStream> {
        let Body::Options(_) = self.body else {
            let any = self.text()?;
            return Ok(quote!(::underpin::PerDialect::same(#any)));
        };
        let named = self.options("any postgres sqlite")?.0;
        let dialects = named.iter().map(|item| item.name.to_string());
        let texts = named.iter().map(Item::text).collect::<Result<Vec<_>>>()?;
        Ok(quote_spanned!(self.name.span()=> ::underpin::PerDialect::named(&[#((#dialects, #texts)),*])))
    }

    /// `[a, b]`: names of fields.
    pub(crate) fn positions(&self, columns: &[Column]) -> Result<Vec<usize>> {
        self.list(Ident::parse_any)?.iter().map(|name| position(columns, name)).collect()
    }
}

fn position(columns: &[Column], name: &Ident) -> Result<usize> {
    columns.iter().position(|column| column.field.unraw() == name.unraw()).ok_or_else(|| {
        let known: Vec<_> = columns.iter().map(|column| column.field.unraw().to_string()).collect();
        Error::new(name.span(), format!("the struct has no field `{name}`; it has {}", known.join(", ")))
    })
}

/// `[kind, created_at desc nulls_last, "lower(email)" opclass = ".."]`
fn parts(item: &Item, columns: &[Column]) -> Result<TokenStream> {
    let parts = item.list(|input| {
        let key = match input.parse::<Option<LitStr>>()? {
            Some(sql) => quote!(expression(#sql)),
            None => {
                position(columns, &input.call(Ident::parse_any)?).map(|position| quote!(of(#position)))?
            }
        };
        let mut words = Vec::new();
        while !input.is_empty() && !input.peek(Token![,]) {
            words.push(input.parse()?);
        }
        let known = "asc desc nulls_first nulls_last opclass";
        let calls = calls(&Options::checked(words, known, "")?, known, &[])?;
        Ok(quote!(::underpin::IndexPart::#key #calls))
    })?;
    Ok(quote!(const { &[#(#parts),*] }))
}

/// `[room = "=", "tsrange(starts, ends)" = "&&"]`
fn comparisons(item: &Item, columns: &[Column]) -> Result<TokenStream> {
    let parts = item.list(|input| {
        let expression = match input.parse::<Option<LitStr>>()? {
            Some(sql) => sql,
            None => columns[position(columns, &input.call(Ident::parse_any)?)?].name.clone(),
        };
        let (_, operator) = (input.parse::<Token![=]>()?, input.parse::<LitStr>()?);
        Ok(quote!(::underpin::ExcludePart { expression: #expression, operator: #operator }))
    })?;
    Ok(quote!(const { &[#(#parts),*] }))
}
