//! Names that patterns and generics bind, which shadow those of the module.

use syn::{GenericParam, Generics, Pat, ext::IdentExt as _, visit::Visit};

/// The names in force, innermost last.
#[derive(Debug, Default)]
pub(super) struct LocalNames {
    values: Vec<String>,
    types: Vec<String>,
}

/// A state to go back to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    values: usize,
    types: usize,
}

impl LocalNames {
    pub(super) fn mark(&self) -> Mark {
        Mark { values: self.values.len(), types: self.types.len() }
    }

    pub(super) fn back_to(&mut self, mark: Mark) {
        self.values.truncate(mark.values);
        self.types.truncate(mark.types);
    }

    /// Binds the names of a pattern. Those that begin with a capital are constants or unit structs.
    pub(super) fn bind(&mut self, pattern: &Pat) {
        Bindings(&mut self.values).visit_pat(pattern);
    }

    pub(super) fn bind_generics(&mut self, generics: &Generics) {
        for parameter in &generics.params {
            match parameter {
                GenericParam::Type(parameter) => self.types.push(parameter.ident.unraw().to_string()),
                GenericParam::Const(parameter) => self.values.push(parameter.ident.unraw().to_string()),
                _ => {}
            }
        }
    }

    pub(super) fn has_value(&self, name: &str) -> bool {
        self.values.iter().any(|bound| bound == name)
    }

    pub(super) fn has_type(&self, name: &str) -> bool {
        self.types.iter().any(|bound| bound == name)
    }
}

/// Collects what a pattern binds.
struct Bindings<'a>(&'a mut Vec<String>);

impl<'ast> Visit<'ast> for Bindings<'_> {
    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        let name = pattern.ident.unraw().to_string();
        if !starts_with_capital(&name) {
            self.0.push(name);
        }
        if let Some((_, inner)) = &pattern.subpat {
            self.visit_pat(inner);
        }
    }

    fn visit_expr(&mut self, _: &'ast syn::Expr) {}

    fn visit_type(&mut self, _: &'ast syn::Type) {}
}

/// A constant or unit struct, by the conventions that the compiler warns about.
pub(super) fn starts_with_capital(name: &str) -> bool {
    name.trim_start_matches('_').chars().next().is_some_and(char::is_uppercase)
}
