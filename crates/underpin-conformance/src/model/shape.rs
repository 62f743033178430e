//! A shape: a computed column and a CHECK, which are SQL.

use underpin::{Entity, Events, MappingError, Table};

use super::Suite;

/// A shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Key, given.
    pub id: i64,
    /// More than nothing.
    pub width: i32,
    /// Any.
    pub height: i32,
    /// Computed.
    pub area: i32,
}

/// A row of shapes.
#[derive(Table)]
#[table(name = "shapes")]
pub struct ShapeRow {
    #[column(primary_key)]
    pub id: i64,
    #[column(check(name = "width_positive", sql = "width > 0"))]
    pub width: i32,
    pub height: i32,
    #[column(generated = "width * height")]
    pub area: i32,
}

impl Entity<Suite> for Shape {
    type Row = ShapeRow;

    fn to_row(&self) -> ShapeRow {
        ShapeRow { id: self.id, width: self.width, height: self.height, area: self.area }
    }

    fn from_row(row: ShapeRow) -> Result<Self, MappingError> {
        let ShapeRow { id, width, height, area } = row;
        Ok(Self { id, width, height, area })
    }
}

impl Events<Suite> for Shape {}
