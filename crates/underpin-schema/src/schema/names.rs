//! The names of a table's constraints and indexes.

use underpin_core::{ColumnType, Error, Result};

use crate::naming::{self, Kind, NamingConvention, Subject};
use crate::{IndexDef, IndexKey, TableDef};

/// The names of a table's constraints and indexes, each list in the order of the definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableNames {
    /// The primary key.
    pub primary_key: String,
    /// The UNIQUE constraints.
    pub uniques: Vec<String>,
    /// The indexes.
    pub indexes: Vec<String>,
    /// The foreign keys.
    pub foreign_keys: Vec<String>,
    /// The CHECK constraints.
    pub checks: Vec<String>,
    /// The exclusion constraints.
    pub excludes: Vec<String>,
    /// Positions of enumeration columns, each with the name of the CHECK that stands for the type where a dialect
    /// has no enumeration types.
    pub enumerations: Vec<(usize, String)>,
}

impl TableNames {
    /// No names at all.
    pub(crate) const NONE: &'static Self = &Self {
        primary_key: String::new(),
        uniques: Vec::new(),
        indexes: Vec::new(),
        foreign_keys: Vec::new(),
        checks: Vec::new(),
        excludes: Vec::new(),
        enumerations: Vec::new(),
    };

    /// The names that the definition gives, and the convention's for the rest.
    pub(super) fn of(table: &'static TableDef, convention: &NamingConvention) -> Result<Self> {
        let columns = |positions: &[usize]| positions.iter().map(|p| table.columns[*p].name).collect();
        let subject = |kind, positions: &[usize]| Subject::new(kind, table.name, columns(positions));
        let by_convention = |subject: &Subject<'_>| {
            let name = convention.name(subject)?;
            if name.is_empty() {
                let what = format!("the naming convention gives an empty name in table {}", table.name);
                return Err(Error::schema(what, "let the template have a token that differs"));
            }
            Ok(naming::fit(name, naming::limit()))
        };
        let named = |name: Option<&'static str>, subject: Subject<'_>| match name {
            Some(name) => naming::checked(name, table.name),
            None => by_convention(&subject),
        };
        let check = |name: &'static str| {
            let mut subject = subject(Kind::Check, &[]);
            subject.constraint_name = Some(name);
            by_convention(&subject)
        };
        let enumerations = table.columns.iter().enumerate();
        let enumerations = enumerations.filter(|(_, column)| matches!(column.ty, ColumnType::Enum(_)));
        Ok(Self {
            primary_key: by_convention(&subject(Kind::PrimaryKey, table.primary_key))?,
            uniques: table
                .uniques
                .iter()
                .map(|unique| named(unique.name, subject(Kind::Unique, unique.columns)))
                .collect::<Result<_>>()?,
            indexes: table
                .indexes
                .iter()
                .map(|index| named(index.name, subject(Kind::Index, &plain_columns(index))))
                .collect::<Result<_>>()?,
            foreign_keys: table
                .foreign_keys
                .iter()
                .map(|key| {
                    let mut subject = subject(Kind::ForeignKey, key.columns);
                    subject.referred_table = Some(key.table);
                    subject.referred_columns = key.targets;
                    named(key.name, subject)
                })
                .collect::<Result<_>>()?,
            checks: table.checks.iter().map(|of| check(of.name)).collect::<Result<_>>()?,
            excludes: table
                .excludes
                .iter()
                .map(|exclude| naming::checked(exclude.name, table.name))
                .collect::<Result<_>>()?,
            enumerations: enumerations
                .map(|(position, column)| Ok((position, check(column.name)?)))
                .collect::<Result<_>>()?,
        })
    }
}

/// The columns by which an index is named: expressions have no name.
fn plain_columns(index: &IndexDef) -> Vec<usize> {
    let position = |key| if let IndexKey::Column(position) = key { Some(position) } else { None };
    index.parts.iter().filter_map(|part| position(part.key)).collect()
}
