//! Making two expressions comparable: where a database stores decimals by their precision, both get the same.

use underpin_core::ColumnType;

use super::Tree;

/// Both expressions in a form in which their stored values compare as their values do.
pub(crate) fn align(left: Tree, right: Tree) -> (Tree, Tree) {
    match common(left.ty, right.ty) {
        Some(ty) => (left.cast(ty), right.cast(ty)),
        None => (left, right),
    }
}

/// The type that holds the values of both; `None` if they are stored alike as they are.
fn common(left: ColumnType, right: ColumnType) -> Option<ColumnType> {
    use ColumnType::Numeric;
    match (left, right) {
        (Numeric { precision: p, scale: s }, Numeric { precision: q, scale: t }) if (p, s) != (q, t) => {
            Some(Numeric { precision: MOST_DIGITS, scale: s.max(t) })
        }
        _ => None,
    }
}

/// The most digits of a `Decimal`.
pub(crate) const MOST_DIGITS: u16 = 28;

/// All expressions in such a form.
pub(crate) fn align_all(trees: Vec<Tree>) -> Vec<Tree> {
    let mut types = trees.iter().map(|tree| tree.ty);
    let Some(first) = types.next() else { return trees };
    let ty = types.fold(first, |ty, other| common(ty, other).unwrap_or(ty));
    trees.into_iter().map(|tree| if tree.ty == ty { tree } else { tree.cast(ty) }).collect()
}
