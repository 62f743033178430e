//! What stands in an attribute: a list of flags, `name = value` and `name(..)`.

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Expr, ExprLit, Ident, Lit, LitStr, Result, Token, parenthesized, token};

/// The options of one place, all of them known there.
pub(crate) struct Options(pub(crate) Vec<Item>);

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
        if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            return Ok(Self { name, body: Body::Value(input.parse()?) });
        }
        if !input.peek(token::Paren) {
            return Ok(Self { name, body: Body::Flag });
        }
        let inner;
        parenthesized!(inner in input);
        Ok(Self { name, body: Body::List(inner.parse()?) })
    }
}

impl Options {
    /// The options of all attributes of one name; those in `many` may come more than once.
    pub(crate) fn of(attributes: &[Attribute], path: &str, known: &str, many: &str) -> Result<Self> {
        let mut items = Vec::new();
        for attribute in attributes.iter().filter(|a| a.path().is_ident(path)) {
            items.extend(attribute.parse_args_with(Punctuated::<_, Token![,]>::parse_terminated)?);
        }
        Self::checked(items, &format!("{known} {many}"), many)
    }

    pub(crate) fn checked(items: Vec<Item>, known: &str, many: &str) -> Result<Self> {
        let known: Vec<_> = known.split_whitespace().collect();
        for (index, Item { name, .. }) in items.iter().enumerate() {
            if !known.iter().any(|known| name == known) {
                let what = format!("unknown option `{name}`; known are {}", known.join(", "));
                return Err(Error::new(name.span(), what));
            }
            if !many.split(' ').any(|many| name == many) && items[..index].iter().any(|i| i.name == *name) {
                return Err(Error::new(name.span(), format!("`{name}` is given twice")));
            }
        }
        Ok(Self(items))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Item> {
        self.0.iter().find(|item| item.name == name)
    }

    pub(crate) fn needed(&self, of: &Item, name: &str) -> Result<&Item> {
        self.get(name).ok_or_else(|| of.must_be(&format!("given `{name}`")))
    }

    pub(crate) fn text_or(&self, name: &str, other: LitStr) -> Result<LitStr> {
        self.get(name).map_or(Ok(other), |item| item.text().cloned())
    }

    pub(crate) fn value(&self, name: &str) -> Result<Option<&Expr>> {
        match self.get(name) {
            Some(Item { body: Body::Value(value), .. }) => Ok(Some(value)),
            Some(item) => Err(item.must_be("given a value, `= ..`")),
            None => Ok(None),
        }
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

    pub(crate) fn options(&self, known: &str) -> Result<Options> {
        Options::checked(self.list(Item::parse)?, known, "")
    }

    pub(crate) fn list<T>(&self, parse: impl Fn(ParseStream<'_>) -> Result<T>) -> Result<Vec<T>> {
        let Body::List(tokens) = &self.body else { return Err(self.must_be("a list in parentheses")) };
        let parser = |input: ParseStream<'_>| {
            let mut list = Vec::new();
            while !input.is_empty() {
                list.push(parse(input)?);
                if !input.is_empty() {
                    input.parse::<Token![,]>()?;
                }
            }
            Ok(list)
        };
        parser.parse2(tokens.clone())
    }
}
