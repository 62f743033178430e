//! One source file as facts: what it declares, imports and names, without asking where it is mounted.

mod attributes;
mod extract;
mod facts;
mod item_macro;
mod items;
mod local_names;
mod parse;
mod tokens;
mod use_tree;
mod visitor;

pub(crate) use facts::{
    Condition, Facts, Import, ImportTarget, Include, Item, ItemKind, ModuleDeclaration, Name, NameTable,
    Path, PathKind, Place, Scope, ScopeId, Space, Visibility,
};
pub(crate) use parse::parse;
