//! An enum without fields as a column value.

use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Ident, LitStr, Result, Variant};

use crate::options::{Item, Options};

pub(crate) fn expand(input: DeriveInput) -> Result<TokenStream> {
    let ident = &input.ident;
    let options = Options::of(&input.attrs, "column_enum", "name", "")?;
    let name = options.text_or("name", snake_case(ident))?;
    let Data::Enum(data) = input.data else { return Err(Error::new(ident.span(), "must be an enum")) };
    let (mut variants, mut labels) = (Vec::new(), Vec::<LitStr>::new());
    for variant in &data.variants {
        if !variant.fields.is_empty() {
            return Err(Error::new(variant.ident.span(), "a label of an enumeration carries no fields"));
        }
        let label = label(variant)?;
        if labels.iter().any(|before| before.value() == label.value()) {
            return Err(Error::new(label.span(), format!("two labels are \"{}\"", label.value())));
        }
        labels.push(label);
        variants.push(&variant.ident);
    }
    let result = quote!(::core::result::Result);
    Ok(quote! {
        #[automatically_derived]
        impl ::underpin::Value for #ident {
            const TYPE: ::underpin::ColumnType = ::underpin::ColumnType::Enum(&::underpin::EnumType { name: #name, labels: &[#(#labels),*] });
            fn encode(&self, out: &mut dyn ::underpin::Encoder) -> #result<(), ::underpin::CellError> {
                out.text(match self { #(Self::#variants => #labels,)* })
            }
            fn decode(cells: &dyn ::underpin::Cells, position: usize) -> #result<Self, ::underpin::CellError> {
                match cells.text(position)? {
                    #(#labels => #result::Ok(Self::#variants),)* _ => #result::Err(::underpin::CellError::UnknownLabel(#name)),
                }
            }
            fn same(&self, other: &Self) -> bool { ::core::mem::discriminant(self) == ::core::mem::discriminant(other) }
        }
    })
}

/// `#[label = ".."]`, or the variant's name.
fn label(variant: &Variant) -> Result<LitStr> {
    let attribute = variant.attrs.iter().find(|attribute| attribute.path().is_ident("label"));
    attribute.map_or(Ok(snake_case(&variant.ident)), |attribute| {
        syn::parse2::<Item>(quote::ToTokens::to_token_stream(&attribute.meta))?.text().cloned()
    })
}

/// A run of capitals is one word: `HTTPServer` is `http_server`.
fn snake_case(name: &Ident) -> LitStr {
    LitStr::new(&name.to_string().to_snake_case(), name.span())
}
