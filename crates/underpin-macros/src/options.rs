//! What stands in an attribute: a list of flags, `name = value`, `name = [..]` and `name(..)`.

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Error, Expr, ExprLit, Ident, Lit, LitStr, Result, Token, bracketed, parenthesized, token,
};

/// The options of one place, all of them known there.
pub(crate) struct Options(pub(crate) Vec<Item>);

pub(crate) struct Item {
    pub(crate) name: Ident,
    pub(crate) body: Body,
}

pub(crate) enum Body {
    /// `name`
    Flag,
    /// `name = value`
    Value(Expr),
    /// `name = [..]`
    List(TokenStream),
    /// `name(..)`
    Options(TokenStream),
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let name = input.call(Ident::parse_any)?;
        let inner;
        let body = if input.peek(token::Paren) {
            parenthesized!(inner in input);
            Body::Options(inner.parse()?)
        } else if input.parse::<Option<Token![=]>>()?.is_none() {
            Body::Flag
        } else if input.peek(token::Bracket) {
            bracketed!(inner in input);
            Body::List(inner.parse()?)
        } else {
            Body::Value(input.parse()?)
        };
        Ok(Self { name, body })
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
        self.get(name).map(Item::value).transpose()
    }
}

impl Item {
    pub(crate) fn must_be(&self, what: &str) -> Error {
        Error::new(self.name.span(), format!("`{}` must be {what}", self.name))
    }

    fn value(&self) -> Result<&Expr> {
        if let Body::Value(value) = &self.body { Ok(value) } else { Err(self.must_be("a value, `= ..`")) }
    }

    pub(crate) fn text(&self) -> Result<&LitStr> {
        match self.value()? {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(text),
            _ => Err(self.must_be("a text in quotes")),
        }
    }

    pub(crate) fn options(&self, known: &str) -> Result<Options> {
        let Body::Options(tokens) = &self.body else { return Err(self.must_be("given options, `(..)`")) };
        let items = Punctuated::<_, Token![,]>::parse_terminated.parse2(tokens.clone())?;
        Options::checked(items.into_iter().collect(), known, "")
    }

    pub(crate) fn list<T>(&self, parse: impl Fn(ParseStream<'_>) -> Result<T>) -> Result<Vec<T>> {
        let Body::List(tokens) = &self.body else { return Err(self.must_be("a list, `= [..]`")) };
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
