//! One field of a row struct.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Error, Expr, Field, GenericArgument, Ident, LitStr, PathArguments, Result, Type};

use crate::definition::calls;
use crate::options::Options;

/// Options that are calls of the `ColumnDef`'s builder, in this order.
const DEFINITION: &str =
    "length precision scale server_default identity generated version comment renamed_from";
const OTHERS: &str = "primary_key name unique index check references on_delete on_update_key deferred default \
    on_update via";

pub(crate) struct Column {
    pub(crate) field: Ident,
    pub(crate) name: LitStr,
    pub(crate) options: Options,
    /// The type that a database value is read into.
    pub(crate) stored: TokenStream,
    pub(crate) ty: Type,
    /// The codec, as the trait that it implements.
    via: Option<TokenStream>,
    /// The `T` of an `Auto<T>`.
    auto: Option<Type>,
}

impl Column {
    pub(crate) fn of(field: Field) -> Result<Self> {
        let options = Options::of(&field.attrs, "column", &format!("{OTHERS} {DEFINITION}"), "")?;
        let ty = field.ty;
        let ident = field.ident.ok_or_else(|| Error::new(ty.span(), "a row struct has named fields"))?;
        let name = options.text_or("name", LitStr::new(&ident.unraw().to_string(), ident.span()))?;
        let codec = |via: &Expr| quote_spanned!(via.span()=> <#via as ::underpin::Codec<#ty>>);
        let via = options.value("via")?.map(codec);
        let stored = via.as_ref().map_or(quote!(#ty), |codec| quote_spanned!(codec.span()=> #codec::Stored));
        let auto = argument_of(&ty, "Auto").filter(|_| via.is_none()).cloned();
        if let (Some(item), None) = (options.get("default"), &auto) {
            let what = format!("left out for a plain field; make the field `Auto<{}>`", quote!(#ty));
            return Err(item.must_be(&what));
        }
        Ok(Self { field: ident, name, options, stored, ty, via, auto })
    }

    /// The stored type as a `ColumnValue`, which is what a `Value` is for a row.
    pub(crate) fn value(&self) -> TokenStream {
        let stored = &self.stored;
        quote_spanned!(self.ty.span()=> <#stored as ::underpin::ColumnValue>)
    }

    /// The `ColumnDef`; a failed evaluation is reported at the field's type.
    pub(crate) fn definition(&self) -> Result<TokenStream> {
        let (name, value) = (&self.name, self.value());
        let calls = calls(&self.options, DEFINITION, &[])?;
        let new = quote!((#name, #value::TYPE, #value::NULLABLE, #value::AUTO).encrypted(#value::ENCRYPTED));
        Ok(quote_spanned!(self.ty.span()=> ::underpin::ColumnDef::new #new #calls .checked()))
    }

    /// The constant of the typed column.
    pub(crate) fn constant(&self, row: &Ident, table: &LitStr, position: usize) -> TokenStream {
        let (name, referred) = (&self.name, self.referred());
        let constant = Ident::new(&self.field.unraw().to_string().to_uppercase(), self.field.span());
        let inner = argument_of(self.auto.as_ref().unwrap_or(&self.ty), "Option");
        let nullable = inner.filter(|_| self.via.is_none()).map(|_| quote!(, ::underpin::Nullable));
        let docs = format!("The column `{}`.", name.value());
        // Both at the type's place, so that what is wrong with it is said once.
        let column = quote_spanned!(self.stored.span()=>
            ::underpin::Column<#row, #referred #nullable> = ::underpin::Column::new(#table, #name, #position));
        quote! {
            #[doc = #docs]
            #[allow(dead_code)]
            pub const #constant: #column;
        }
    }

    /// The type of a column that a foreign key on this one may refer to: without `Option` and `Auto`.
    pub(crate) fn referred(&self) -> TokenStream {
        let inner = self.auto.as_ref().unwrap_or(&self.ty);
        let inner = argument_of(inner, "Option").unwrap_or(inner);
        if self.via.is_some() { self.stored.clone() } else { quote!(#inner) }
    }

    /// An expression for the stored value of the field of `row`, borrowed.
    pub(crate) fn borrowed(&self, row: &str) -> TokenStream {
        let (field, row) = (&self.field, Ident::new(row, Span::call_site()));
        let store = self.via.iter().map(|codec| quote_spanned!(codec.span()=> &#codec::store));
        quote_spanned!(self.stored.span()=> #(#store)*(&#row.#field))
    }

    /// An expression for the field's value, read from a cell, as a `Result`.
    pub(crate) fn read(&self, cell: TokenStream) -> TokenStream {
        let value = self.value();
        let load = self.via.iter().map(|codec| quote_spanned!(codec.span()=> #codec::load));
        quote!(#value::decode(cells, #cell) #(.and_then(#load))*)
    }

    /// What copies the field. Of a value it asks that it is one, as all else does, so that what is none is reported once.
    pub(crate) fn copy(&self) -> TokenStream {
        let value = self.value();
        if self.via.is_some() { quote!(::core::clone::Clone::clone) } else { quote!(#value::duplicate) }
    }

    /// The field's value by the option's expression, if the option is given.
    fn given(&self, option: &str) -> Result<Option<TokenStream>> {
        let auto = self.auto.iter().map(|_| quote!(::underpin::Auto::Set)).next();
        Ok(self.options.value(option)?.map(|value| quote!(#auto(#value))))
    }

    /// A statement that assigns the option's expression, if the option is given; a default, where nothing is set.
    pub(crate) fn assignment(&self, option: &str) -> Result<Option<TokenStream>> {
        let field = &self.field;
        let unset = (option == "default").then(|| quote!(if ::underpin::Value::is_unset(&self.#field)));
        Ok(self.given(option)?.map(|value| quote!(#unset { self.#field = #value; })))
    }

    /// A match arm that writes what each update sets, if it needs no row.
    pub(crate) fn renewal(&self, position: usize) -> Result<Option<TokenStream>> {
        let rowless = |value: &TokenStream| {
            !value.to_string().split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "self")
        };
        let (value, codec) = (self.value(), self.via.iter().map(|codec| quote!(#codec::store)));
        let given = self.given("on_update")?.filter(rowless);
        let some = quote!(::core::option::Option::Some);
        Ok(given.map(|given| quote!(#position => #some(#value::encode(#(&#codec)*(&#given), out)),)))
    }
}

/// The one type argument of a type whose last segment has the name given.
fn argument_of<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    if let Some(GenericArgument::Type(inner)) = arguments.args.first() { Some(inner) } else { None }
}
