//! An enum without fields as a column value.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, LitStr, Result, Variant};
use syn::{Expr, ExprLit, Lit, Meta, MetaNameValue};

use crate::options::Options;

const STYLES: &str = "snake_case, kebab-case, SCREAMING_SNAKE_CASE, lowercase, UPPERCASE, PascalCase";

pub(crate) fn expand(input: DeriveInput) -> Result<TokenStream> {
    let ident = &input.ident;
    let Data::Enum(data) = input.data else {
        return Err(Error::new(ident.span(), "only an enum without fields can be an enumeration"));
    };
    let options = Options::of(&input.attrs, "column_enum", &["name", "rename_all"], &[])?;
    let name = match options.text("name")? {
        Some(name) => name.value(),
        None => words(&ident.to_string()).join("_").to_lowercase(),
    };
    let style = options.text("rename_all")?;
    let mut variants = Vec::new();
    let mut labels: Vec<LitStr> = Vec::new();
    for variant in &data.variants {
        if !variant.fields.is_empty() {
            return Err(Error::new(variant.ident.span(), "a label of an enumeration carries no fields"));
        }
        let label = label(variant, style)?;
        if labels.iter().any(|before| before.value() == label.value()) {
            return Err(Error::new(label.span(), format!("two labels are \"{}\"", label.value())));
        }
        labels.push(label);
        variants.push(&variant.ident);
    }
    if labels.is_empty() {
        return Err(Error::new(ident.span(), "an enumeration needs a label: add a variant"));
    }
    Ok(quote! {
        #[automatically_derived]
        impl ::underpin::Value for #ident {
            const TYPE: ::underpin::ColumnType =
                ::underpin::ColumnType::Enum(&::underpin::EnumType { name: #name, labels: &[#(#labels),*] });

            fn encode(
                &self,
                out: &mut dyn ::underpin::Encoder,
            ) -> ::core::result::Result<(), ::underpin::CellError> {
                out.text(match self { #(Self::#variants => #labels,)* })
            }

            fn decode(
                cells: &dyn ::underpin::Cells,
                position: usize,
            ) -> ::core::result::Result<Self, ::underpin::CellError> {
                match cells.text(position)? {
                    #(#labels => ::core::result::Result::Ok(Self::#variants),)*
                    _ => ::core::result::Result::Err(::underpin::CellError::UnknownLabel(#name)),
                }
            }

            fn same(&self, other: &Self) -> bool {
                ::core::mem::discriminant(self) == ::core::mem::discriminant(other)
            }
        }
    })
}

fn label(variant: &Variant, style: Option<&LitStr>) -> Result<LitStr> {
    if let Some(attribute) = variant.attrs.iter().find(|a| a.path().is_ident("label")) {
        let Meta::NameValue(MetaNameValue { value: Expr::Lit(ExprLit { lit: Lit::Str(text), .. }), .. }) =
            &attribute.meta
        else {
            return Err(Error::new_spanned(attribute, "a label is written `#[label = \"..\"]`"));
        };
        return Ok(text.clone());
    }
    let name = variant.ident.to_string();
    let words = words(&name);
    let label = match style.map(LitStr::value).as_deref() {
        None | Some("snake_case") => words.join("_").to_lowercase(),
        Some("kebab-case") => words.join("-").to_lowercase(),
        Some("SCREAMING_SNAKE_CASE") => words.join("_").to_uppercase(),
        Some("lowercase") => name.to_lowercase(),
        Some("UPPERCASE") => name.to_uppercase(),
        Some("PascalCase") => name,
        Some(_) => {
            let span = style.map_or(variant.ident.span(), LitStr::span);
            return Err(Error::new(span, format!("unknown style; known are {STYLES}")));
        }
    };
    Ok(LitStr::new(&label, variant.ident.span()))
}

/// The words of a name in PascalCase; a run of capitals is one word: `HTTPServer` is `HTTP`, `Server`.
fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    for (at, letter) in letters.iter().enumerate() {
        let after_small = at > 0 && !letters[at - 1].is_uppercase();
        let before_small = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
        match words.last_mut() {
            Some(word) if !(letter.is_uppercase() && (after_small || before_small)) => word.push(*letter),
            _ => words.push(letter.to_string()),
        }
    }
    words
}
