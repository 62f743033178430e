//! Foreign keys: what `references` and `foreign_key(..)` say.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::parse::Parse;
use syn::spanned::Spanned;
use syn::{Expr, Ident, Path, Result};

use crate::column::Column;
use crate::definition::calls;
use crate::options::{Body, Item};

/// `foreign_key(columns = [a, b], references = [X::A, X::B])`, or `references = "x(a, b)"`.
pub(crate) fn of_table(row: &Ident, item: &Item, columns: &[Column]) -> Result<TokenStream> {
    let names = "name on_delete on_update_key deferred";
    let options = item.options(&format!("columns references {names}"))?;
    let own = options.needed(item, "columns")?.positions(columns)?;
    build(row, options.needed(item, "references")?, columns, &own, calls(&options, names, columns)?)
}

/// `references = UserRow::ID` or `references = "users.id"`, for columns of these positions. The calls are those of
/// the foreign key's other options.
pub(crate) fn build(
    row: &Ident,
    item: &Item,
    columns: &[Column],
    own: &[usize],
    calls: TokenStream,
) -> Result<TokenStream> {
    let mut paths = match &item.body {
        Body::List(_) => item.list(Path::parse)?,
        Body::Value(Expr::Path(path)) => vec![path.path.clone()],
        _ => Vec::new(),
    };
    // A definition is a static, where `Self` is not to be had.
    for first in paths.iter_mut().flat_map(|path| path.segments.first_mut()).filter(|s| s.ident == "Self") {
        first.ident = row.clone();
    }
    let (table, targets): (_, Vec<_>) = if let Some(first) = paths.first() {
        (quote!(#first.table()), paths.iter().map(|path| quote!(#path.name())).collect())
    } else {
        let text = item.text()?.value();
        let several = text.strip_suffix(')').and_then(|rest| rest.split_once('('));
        let Some((table, targets)) = several.or_else(|| text.split_once('.')) else {
            return Err(item.must_be("a column, `UserRow::ID` or \"users.id\", or \"table(a, b)\""));
        };
        (quote!(#table), targets.split(',').map(str::trim).map(|target| quote!(#target)).collect())
    };
    if targets.len() != own.len() {
        return Err(item.must_be("as many columns as the foreign key has"));
    }
    // Lets the compiler compare the types.
    let proofs = paths.iter().zip(own).map(|(path, position)| {
        let ty = columns[*position].referred();
        quote_spanned!(path.span()=> let _: ::underpin::Column<_, #ty> = #path;)
    });
    let key = quote!(::underpin::ForeignKeyDef::NEW.columns(&[#(#own),*]));
    Ok(quote!({ #(#proofs)* #key.references(#table, const { &[#(#targets),*] }) #calls }))
}
