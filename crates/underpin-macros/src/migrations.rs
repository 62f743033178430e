//! A directory of revision files, as data of the program.

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs, io};

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Error, LitStr, Result};

/// `include_migrations!("migrations")`: what is in the files is checked when the program reads them.
pub(crate) fn expand(path: &LitStr) -> Result<TokenStream> {
    let directory = format!("{}/{}", env::var("CARGO_MANIFEST_DIR").unwrap_or_default(), path.value());
    let refused = |what: &str| Error::new(path.span(), format!("{what}; the path begins at Cargo.toml"));
    let mut names = BTreeSet::new();
    list(directory.as_ref(), "", &mut names).map_err(|e| refused(&format!("this cannot be read: {e}")))?;
    if names.is_empty() {
        return Err(refused("no .sql file is here; make one with `underpin revision`"));
    }
    let files = quote!(&[#((#names, ::core::include_str!(::core::concat!(#directory, "/", #names)))),*]);
    Ok(quote!(::underpin::migrate::Embedded { directory: #directory, files: #files }))
}

/// Adds the names of all `*.sql` files, those in directories too; what is hidden is passed over.
fn list(directory: &Path, prefix: &str, names: &mut BTreeSet<String>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && !name.starts_with('.') {
            list(&path, &format!("{prefix}{name}/"), names)?;
        } else if name.to_lowercase().ends_with(".sql") && !name.starts_with('.') {
            names.insert(format!("{prefix}{name}"));
        }
    }
    Ok(())
}
