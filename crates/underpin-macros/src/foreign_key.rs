//! Foreign keys: what `references` and `foreign_key(..)` say.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::parse::Parse;
use syn::spanned::Spanned;
use syn::{Error, Expr, ExprLit, Ident, Lit, LitStr, Path, Result};

use crate::column::Column;
use crate::constraint::{member, members};
use crate::options::{Body, Item, Options, optional};

/// A foreign key, and the code that lets the compiler compare the types of its columns.
pub(crate) struct ForeignKey {
    pub(crate) definition: TokenStream,
    pub(crate) proof: TokenStream,
}

/// `references = UserRow::ID` or `references = "users.id"` at a field.
pub(crate) fn of_column(row: &Ident, columns: &[Column], position: usize) -> Result<Option<ForeignKey>> {
    let options = &columns[position].options;
    options
        .get("references")
        .map(|references| build(row, columns, &[position], references, options, None))
        .transpose()
}

/// `foreign_key(columns(a, b), references(X::A, X::B))`, or `references = "x(a, b)"`.
pub(crate) fn of_table(row: &Ident, item: &Item, columns: &[Column]) -> Result<ForeignKey> {
    let known = &["columns", "references", "name", "on_delete", "on_update_key", "deferred"];
    let options = item.options(known)?;
    let positions = members(member(item, &options)?, columns)?;
    let Some(references) = options.get("references") else {
        return Err(item.must_be("given what it refers to, `references(..)`"));
    };
    build(row, columns, &positions, references, &options, options.text("name")?)
}

fn build(
    row: &Ident,
    columns: &[Column],
    positions: &[usize],
    references: &Item,
    options: &Options,
    name: Option<&LitStr>,
) -> Result<ForeignKey> {
    let paths = match &references.body {
        Body::List(_) => references.list(Path::parse)?,
        Body::Value(Expr::Path(path)) => vec![path.path.clone()],
        _ => Vec::new(),
    };
    let (count, table, targets) = if let Some(first) = paths.first() {
        let first = without_self(row, first);
        let paths = paths.iter().map(|path| without_self(row, path));
        (paths.len(), quote!(#first.table()), quote!(#(#paths.name()),*))
    } else {
        let (table, targets) = from_text(references)?;
        (targets.len(), quote!(#table), quote!(#(#targets),*))
    };
    if count != positions.len() {
        return Err(references.must_be("as many columns as the foreign key has"));
    }
    let owner = paths.first().map(|path| without_column(&without_self(row, path)));
    let proofs = paths.iter().zip(positions).map(|(path, position)| {
        let (path, ty) = (without_self(row, path), columns[*position].referred());
        quote_spanned!(path.span()=> let _: ::underpin::Column<#owner, #ty> = #path;)
    });
    let proof = quote!(const _: fn() = || { #(#proofs)* };);
    let proof = if paths.is_empty() { TokenStream::new() } else { proof };
    let (name, deferred) = (optional(name), options.flag("deferred")?);
    let (on_delete, on_update) = (action(options, "on_delete")?, action(options, "on_update_key")?);
    let definition = quote! {
        ::underpin::ForeignKeyDef {
            name: #name,
            columns: &[#(#positions),*],
            table: #table,
            targets: &[#targets],
            on_delete: ::underpin::ForeignKeyAction::#on_delete,
            on_update: ::underpin::ForeignKeyAction::#on_update,
            deferred: #deferred,
        }
    };
    Ok(ForeignKey { definition, proof })
}

fn action(options: &Options, name: &str) -> Result<Ident> {
    const ACTIONS: [(&str, &str); 5] = [
        ("cascade", "Cascade"),
        ("restrict", "Restrict"),
        ("set_null", "SetNull"),
        ("set_default", "SetDefault"),
        ("no_action", "NoAction"),
    ];
    let span = proc_macro2::Span::call_site();
    let Some(value) = options.value(name)? else { return Ok(Ident::new("NoAction", span)) };
    let given = |(word, _): &&(&str, &str)| matches!(value, Expr::Path(path) if path.path.is_ident(word));
    let found = ACTIONS.iter().find(given).map(|(_, action)| Ident::new(action, span));
    found.ok_or_else(|| {
        Error::new(value.span(), "must be one of cascade, restrict, set_null, set_default, no_action")
    })
}

/// `users.id` or `link(user_id, team_id)`.
fn from_text(references: &Item) -> Result<(String, Vec<String>)> {
    let hint = "a column, `UserRow::ID` or \"users.id\", or several, \"link(user_id, team_id)\"";
    let Body::Value(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) = &references.body else {
        return Err(references.must_be(hint));
    };
    let value = text.value();
    let several = value.strip_suffix(')').and_then(|rest| rest.split_once('('));
    let Some((table, columns)) = several.or_else(|| value.split_once('.')) else {
        return Err(Error::new(text.span(), format!("must be {hint}")));
    };
    Ok((table.trim().to_owned(), columns.split(',').map(|column| column.trim().to_owned()).collect()))
}

/// The path with `Self` written out: the definition is a static, where `Self` is not to be had.
fn without_self(row: &Ident, path: &Path) -> Path {
    let mut path = path.clone();
    if let Some(first) = path.segments.first_mut().filter(|first| first.ident == "Self") {
        first.ident = Ident::new(&row.to_string(), first.ident.span());
    }
    path
}

/// The row struct of a column's path.
fn without_column(path: &Path) -> TokenStream {
    let mut owner = path.clone();
    owner.segments.pop();
    owner.segments.pop_punct();
    if owner.segments.is_empty() { quote!(_) } else { quote!(#owner) }
}
