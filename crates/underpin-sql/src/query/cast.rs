//! Casts between types that are stored differently.

use underpin_core::ColumnType;

use super::{Function, Tree};

/// From one precision and scale (arguments 1 and 2) to another.
static DECIMAL: Function =
    Function::per_dialect("cast", "{0}", "underpin_decimal({0}, {1}, {2}, {3}, {4})").showing(1);

impl Tree {
    /// Whether its values are values of another type, too, without rounding.
    pub(crate) fn can_become(&self, to: ColumnType) -> bool {
        match (self.ty, to) {
            (ColumnType::Numeric { scale, .. }, ColumnType::Numeric { scale: to, .. }) => scale <= to,
            (from, to) => from == to || (from.is_text() && to.is_text()),
        }
    }

    pub(crate) fn refused(why: &'static str) -> Self {
        Self { node: super::Node::Refused(why), ty: ColumnType::Text }
    }

    /// The same value as another type.
    pub(crate) fn cast(self, to: ColumnType) -> Self {
        match (self.ty, to) {
            (from, to) if from == to => self,
            (
                ColumnType::Numeric { precision, scale },
                ColumnType::Numeric { precision: precision_to, scale: scale_to },
            ) => {
                let digits = [precision, scale, precision_to, scale_to].map(Self::number);
                Self::call(&DECIMAL, std::iter::once(self).chain(digits).collect(), to)
            }
            _ => self.taken_as(to),
        }
    }
}
