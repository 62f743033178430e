//! What is in scope without being imported.

/// Crates that come with the compiler.
pub(super) const BUILT_IN_CRATES: [&str; 5] = ["alloc", "core", "proc_macro", "std", "test"];

/// Macros of the standard library that are in scope everywhere.
const MACROS: [&str; 12] = [
    "assert",
    "dbg",
    "env",
    "eprint",
    "eprintln",
    "include_bytes",
    "include_str",
    "option_env",
    "panic",
    "print",
    "println",
    "todo",
];

/// Whether a crate comes with the compiler and can be named without being declared.
pub(super) fn is_built_in(name: &str) -> bool {
    BUILT_IN_CRATES.contains(&name) && name != "alloc" && name != "test"
}

/// Whether a macro is in scope everywhere and does something that a contract may forbid.
pub(super) fn is_macro(name: &str) -> bool {
    MACROS.contains(&name)
}
