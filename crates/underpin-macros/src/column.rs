//! One field of a row struct.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Error, Expr, Field, GenericArgument, Ident, LitStr, PathArguments, Result, Type};

use crate::options::{Options, optional};

const KNOWN: &[&str] = &[
    "primary_key",
    "name",
    "length",
    "precision",
    "scale",
    "unique",
    "index",
    "check",
    "references",
    "on_delete",
    "on_update_key",
    "deferred",
    "default",
    "on_update",
    "server_default",
    "identity",
    "generated",
    "version",
    "via",
    "comment",
    "renamed_from",
];

pub(crate) struct Column {
    pub(crate) field: Ident,
    pub(crate) name: LitStr,
    pub(crate) ty: Type,
    pub(crate) options: Options,
    /// The type that a database value is read into.
    pub(crate) stored: TokenStream,
    pub(crate) via: Option<Expr>,
    auto: Option<Type>,
    docs: Vec<Attribute>,
}

impl Column {
    pub(crate) fn of(field: Field) -> Result<Self> {
        let options = Options::of(&field.attrs, "column", KNOWN, &[])?;
        let ty = field.ty;
        let Some(ident) = field.ident else {
            return Err(Error::new(ty.span(), "a row struct has named fields"));
        };
        let name = match options.text("name")? {
            Some(name) => name.clone(),
            None => LitStr::new(&ident.unraw().to_string(), ident.span()),
        };
        let via = options.value("via")?.cloned();
        let stored = match &via {
            Some(codec) => quote_spanned!(codec.span()=> <#codec as ::underpin::Codec<#ty>>::Stored),
            None => quote!(#ty),
        };
        let auto = argument_of(&ty, "Auto").cloned();
        let docs = field.attrs.into_iter().filter(|a| a.path().is_ident("doc")).collect();
        let column = Self { field: ident, name, ty, options, stored, via, auto, docs };
        column.check()?;
        Ok(column)
    }

    fn check(&self) -> Result<()> {
        let options = &self.options;
        if let (Some(item), None) = (options.get("default"), &self.auto) {
            let ty = &self.ty;
            let ty = quote!(#ty);
            return Err(Error::new(
                item.name.span(),
                format!("a default is for a value that may be left out; make the field `Auto<{ty}>`"),
            ));
        }
        let version = options.get("version").filter(|_| !["i32", "i64"].iter().any(|i| is(&self.ty, i)));
        if let Some(item) = version {
            return Err(Error::new(item.name.span(), "a version is an `i32` or an `i64`"));
        }
        for name in ["on_delete", "on_update_key", "deferred"] {
            if let (Some(item), None) = (options.get(name), options.get("references")) {
                return Err(Error::new(item.name.span(), format!("`{name}` belongs to `references`")));
            }
        }
        match (options.get("precision"), options.get("scale")) {
            (Some(item), None) | (None, Some(item)) => Err(item.must_be("given with precision and scale")),
            _ => Ok(()),
        }
    }

    pub(crate) fn span(&self) -> Span {
        self.ty.span()
    }

    /// The `ColumnDef`. All of it has the span of the field's type, where a failed evaluation is reported.
    pub(crate) fn definition(&self) -> Result<TokenStream> {
        let Self { name, stored, options, .. } = self;
        let mut ty = quote!(<#stored as ::underpin::Value>::TYPE);
        if let Some(length) = options.number("length")? {
            ty.extend(quote!(.with_length(#length)));
        }
        if let (Some(precision), Some(scale)) = (options.number("precision")?, options.number("scale")?) {
            ty.extend(quote!(.with_precision(#precision, #scale)));
        }
        let ty: TokenStream = quote!(#ty.checked())
            .into_iter()
            .map(|mut token| {
                token.set_span(token.span().located_at(self.span()));
                token
            })
            .collect();
        let generation = if options.flag("identity")? {
            let always = self.auto.is_none();
            quote!(::underpin::Generation::Identity { always: #always })
        } else if let Some(sql) = options.sql("generated")? {
            quote!(::underpin::Generation::Computed(#sql))
        } else {
            quote!(::underpin::Generation::Given)
        };
        let server_default = optional(options.sql("server_default")?);
        let version = options.flag("version")?;
        let comment = optional(options.text("comment")?);
        let renamed_from = optional(options.text("renamed_from")?);
        Ok(quote_spanned! {self.span()=>
            ::underpin::ColumnDef {
                name: #name,
                ty: #ty,
                nullable: <#stored as ::underpin::Value>::NULLABLE,
                generation: #generation,
                server_default: #server_default,
                auto: <#stored as ::underpin::Value>::AUTO,
                version: #version,
                comment: #comment,
                renamed_from: #renamed_from,
            }
        })
    }

    /// The constant of the typed column.
    pub(crate) fn constant(&self, row: &Ident, table: &LitStr, position: usize) -> TokenStream {
        let Self { name, stored, docs, .. } = self;
        let constant = Ident::new(&self.field.unraw().to_string().to_uppercase(), self.field.span());
        let value = self.auto.as_ref().map_or(stored.clone(), |inner| quote!(#inner));
        let line = format!("The column `{}`.", name.value());
        let docs = if docs.is_empty() { quote!(#[doc = #line]) } else { quote!(#(#docs)*) };
        quote! {
            #docs
            #[allow(dead_code)]
            pub const #constant: ::underpin::Column<#row, #value> =
                ::underpin::Column::new(#table, #name, #position);
        }
    }

    /// The type that a column referring to this field's kind of value has, without `Option` and `Auto`.
    pub(crate) fn referred(&self) -> TokenStream {
        if self.via.is_some() {
            return self.stored.clone();
        }
        let inner = self.auto.as_ref().unwrap_or(&self.ty);
        let inner = argument_of(inner, "Option").unwrap_or(inner);
        quote!(#inner)
    }

    /// An expression for the stored value of the field of `row`, borrowed.
    pub(crate) fn borrowed(&self, row: TokenStream) -> TokenStream {
        let (field, ty) = (&self.field, &self.ty);
        match &self.via {
            Some(codec) => quote!(&<#codec as ::underpin::Codec<#ty>>::store(&#row.#field)),
            None => quote!(&#row.#field),
        }
    }

    /// An expression for the field's value, read from a cell, as a `Result`.
    pub(crate) fn read(&self, cell: TokenStream) -> TokenStream {
        let (stored, ty) = (&self.stored, &self.ty);
        let read = quote!(<#stored as ::underpin::Value>::decode(cells, #cell));
        match &self.via {
            Some(codec) => {
                quote!(::core::result::Result::and_then(#read, <#codec as ::underpin::Codec<#ty>>::load))
            }
            None => read,
        }
    }

    /// A statement that assigns the option's expression, if the option is given.
    pub(crate) fn assignment(&self, option: &str) -> Result<Option<TokenStream>> {
        let field = &self.field;
        Ok(self.options.value(option)?.map(|value| match self.auto {
            Some(_) => quote!(self.#field = ::underpin::Auto::Set(#value);),
            None => quote!(self.#field = #value;),
        }))
    }
}

/// The one type argument of a type whose last segment has the name given.
fn argument_of<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) => Some(inner),
        _ => None,
    }
}

fn is(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == name))
}
