//! What stands in an attribute: a list of flags, `name = value` and `name(..)`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Expr, ExprLit, Ident, Lit, LitInt, LitStr, Result, Token, parenthesized, token};

/// Options of one place, all of them known there.
pub(crate) struct Options(Vec<Item>);

pub(crate) struct Item {
    pub(crate) name: Ident,
    pub(crate) body: Body,
}

pub(crate) enum Body {
    Flag,
    Value(Expr),
    List(TokenStream),
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let name = input.call(Ident::parse_any)?;
        let body = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            Body::Value(input.parse()?)
        } else if input.peek(token::Paren) {
            let inner;
            parenthesized!(inner in input);
            Body::List(inner.parse()?)
        } else {
            Body::Flag
        };
        Ok(Self { name, body })
    }
}

impl Options {
    /// The options of all attributes of one name. Those in `many` may come more than once.
    pub(crate) fn of(attributes: &[Attribute], path: &str, known: &[&str], many: &[&str]) -> Result<Self> {
        let mut items = Vec::new();
        for attribute in attributes.iter().filter(|a| a.path().is_ident(path)) {
            items.extend(attribute.parse_args_with(Punctuated::<Item, Token![,]>::parse_terminated)?);
        }
        Self::checked(items, known, many)
    }

    fn checked(items: Vec<Item>, known: &[&str], many: &[&str]) -> Result<Self> {
        for (index, Item { name, .. }) in items.iter().enumerate() {
            if !known.iter().chain(many).any(|k| name == k) {
                let known: Vec<_> = known.iter().chain(many).copied().collect();
                return Err(Error::new(
                    name.span(),
                    format!("unknown option `{name}`; known are {}", known.join(", ")),
                ));
            }
            if !many.iter().any(|m| name == m) && items[..index].iter().any(|before| before.name == *name) {
                return Err(Error::new(name.span(), format!("`{name}` is given twice")));
            }
        }
        Ok(Self(items))
    }

    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Item> {
        self.0.iter().filter(move |item| item.name == name)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Item> {
        self.0.iter().find(|item| item.name == name)
    }

    pub(crate) fn flag(&self, name: &str) -> Result<bool> {
        match self.get(name) {
            None => Ok(false),
            Some(Item { body: Body::Flag, .. }) => Ok(true),
            Some(item) => Err(item.must_be("a flag without a value")),
        }
    }

    pub(crate) fn text(&self, name: &str) -> Result<Option<&LitStr>> {
        self.get(name).map(Item::text).transpose()
    }

    pub(crate) fn number(&self, name: &str) -> Result<Option<&LitInt>> {
        let number = |item: &Item| item.must_be("a whole number");
        self.get(name)
            .map(|item| match &item.body {
                Body::Value(Expr::Lit(ExprLit { lit: Lit::Int(number), .. })) => Ok(number),
                _ => Err(number(item)),
            })
            .transpose()
    }

    pub(crate) fn value(&self, name: &str) -> Result<Option<&Expr>> {
        self.get(name)
            .map(|item| match &item.body {
                Body::Value(value) => Ok(value),
                _ => Err(item.must_be("a value, `= ..`")),
            })
            .transpose()
    }

    pub(crate) fn sql(&self, name: &str) -> Result<Option<TokenStream>> {
        self.get(name).map(Item::sql).transpose()
    }
}

impl Item {
    pub(crate) fn must_be(&self, what: &str) -> Error {
        Error::new(self.name.span(), format!("`{}` must be {what}", self.name))
    }

    pub(crate) fn text(&self) -> Result<&LitStr> {
        match &self.body {
            Body::Value(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) => Ok(text),
            _ => Err(self.must_be("a text in quotes")),
        }
    }

    /// The name of something that may stand as a flag or with a name of its own.
    pub(crate) fn optional_name(&self) -> Result<Option<&LitStr>> {
        if matches!(self.body, Body::Flag) { Ok(None) } else { self.text().map(Some) }
    }

    pub(crate) fn options(&self, known: &[&str]) -> Result<Options> {
        let items = self.list(Item::parse)?;
        Options::checked(items, known, &[])
    }

    pub(crate) fn list<T>(&self, parse: fn(ParseStream<'_>) -> Result<T>) -> Result<Vec<T>> {
        let Body::List(tokens) = &self.body else { return Err(self.must_be("a list in parentheses")) };
        let parser = |input: ParseStream<'_>| Punctuated::<T, Token![,]>::parse_terminated_with(input, parse);
        Ok(parser.parse2(tokens.clone())?.into_iter().collect())
    }

    /// `= ".."` or `(postgres = "..", sqlite = "..")`, as a `PerDialect`.
    pub(crate) fn sql(&self) -> Result<TokenStream> {
        let Body::List(_) = self.body else {
            let any = self.text()?;
            return Ok(quote!(::underpin::PerDialect::same(#any)));
        };
        let options = self.options(&["postgres", "sqlite", "any"])?;
        let mut named = Vec::new();
        for dialect in ["postgres", "sqlite"] {
            named.extend(options.text(dialect)?.map(|sql| quote!((#dialect, #sql))));
        }
        let any = match options.text("any")? {
            Some(any) => any,
            None if named.len() == 2 => &LitStr::new("", self.name.span()),
            None => return Err(self.must_be("given for both dialects, or `any` for the other one")),
        };
        Ok(quote!(::underpin::PerDialect { any: #any, named: &[#(#named),*] }))
    }
}

/// An `Option` as an expression.
pub(crate) fn optional(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}
