//! The naming convention: one template for each kind of thing.

use underpin_core::Result;

use super::subject::{Kind, Subject};
use super::template;

/// Templates of names, one for each kind of constraint and for indexes.
///
/// A template is text with tokens, `%(token)s`; a percent sign is written `%%`.
///
/// | token | stands for |
/// |---|---|
/// | `table_name` | the table |
/// | `referred_table_name` | the table that a foreign key refers to |
/// | `column_0_name`, `column_1_name` .. | one column of the constraint |
/// | `column_0N_name` | all its columns, without a separator |
/// | `column_0_N_name` | all its columns, with `_` between them |
/// | `referred_column_0_name` .. | the same, of the columns that a foreign key refers to |
/// | `constraint_name` | the name in the definition of a CHECK |
/// | a token of your own | what the function given with [`NamingConvention::token`] returns |
///
/// Each column token also ends in `_label` for `table_column` and in `_key`, which means the same as `_name`.
///
/// The default is
///
/// ```
/// # use underpin_schema::NamingConvention;
/// # let default =
/// NamingConvention::new()
///     .index("ix_%(table_name)s_%(column_0_N_name)s")
///     .unique("uq_%(table_name)s_%(column_0_N_name)s")
///     .check("ck_%(table_name)s_%(constraint_name)s")
///     .foreign_key("fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s")
///     .primary_key("pk_%(table_name)s")
/// # ;
/// # assert_eq!(default, NamingConvention::default());
/// ```
///
/// A name of the convention that is longer than identifiers may be is cut, and ends in a hash of the whole name, so
/// that it is the same at every build.
#[derive(Debug, Clone, PartialEq)]
pub struct NamingConvention {
    index: String,
    unique: String,
    check: String,
    foreign_key: String,
    primary_key: String,
    tokens: Vec<(String, Token)>,
}

/// What a token of one's own stands for.
#[derive(Clone, Copy)]
struct Token(fn(&Subject<'_>) -> String);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("fn")
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::fn_addr_eq(self.0, other.0)
    }
}

impl Default for NamingConvention {
    fn default() -> Self {
        Self {
            index: "ix_%(table_name)s_%(column_0_N_name)s".into(),
            unique: "uq_%(table_name)s_%(column_0_N_name)s".into(),
            check: "ck_%(table_name)s_%(constraint_name)s".into(),
            foreign_key: "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s".into(),
            primary_key: "pk_%(table_name)s".into(),
            tokens: Vec::new(),
        }
    }
}

impl NamingConvention {
    /// The default convention.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The template of indexes, called `ix` elsewhere.
    #[must_use]
    pub fn index(mut self, template: impl Into<String>) -> Self {
        self.index = template.into();
        self
    }

    /// The template of UNIQUE constraints, called `uq` elsewhere.
    #[must_use]
    pub fn unique(mut self, template: impl Into<String>) -> Self {
        self.unique = template.into();
        self
    }

    /// The template of CHECK constraints, called `ck` elsewhere.
    #[must_use]
    pub fn check(mut self, template: impl Into<String>) -> Self {
        self.check = template.into();
        self
    }

    /// The template of foreign keys, called `fk` elsewhere.
    #[must_use]
    pub fn foreign_key(mut self, template: impl Into<String>) -> Self {
        self.foreign_key = template.into();
        self
    }

    /// The template of primary keys, called `pk` elsewhere.
    #[must_use]
    pub fn primary_key(mut self, template: impl Into<String>) -> Self {
        self.primary_key = template.into();
        self
    }

    /// A token of one's own, `%(name)s`. It goes before one of the same name above.
    #[must_use]
    pub fn token(mut self, name: impl Into<String>, value: fn(&Subject<'_>) -> String) -> Self {
        self.tokens.push((name.into(), Token(value)));
        self
    }

    /// The name of what `subject` describes.
    ///
    /// # Errors
    /// If the template has a token that is not known, or one that the subject has nothing for.
    pub(crate) fn name(&self, subject: &Subject<'_>) -> Result<String> {
        let (key, template) = match subject.kind {
            Kind::Index => ("index", &self.index),
            Kind::Unique => ("unique", &self.unique),
            Kind::Check => ("check", &self.check),
            Kind::ForeignKey => ("foreign_key", &self.foreign_key),
            Kind::PrimaryKey => ("primary_key", &self.primary_key),
        };
        let own = |token: &str| {
            let found = self.tokens.iter().rfind(|(name, _)| name == token)?;
            Some(found.1.0(subject))
        };
        template::render(key, template, subject, own)
    }
}
