//! Text functions and patterns.

use underpin::query::{from, value};

use crate::lot::{Asked, CarRow};

/// Functions of text.
pub async fn text_functions(lot: &Asked) {
    let of = || from::<CarRow>().filter(CarRow::ID.is_in([3, 5])).order_by(CarRow::ID.asc());
    let two = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
    lot.gives("lower", of().select(CarRow::MAKE.lower()), two("bmw", "škoda")).await;
    lot.gives("upper", of().select(CarRow::MAKE.upper()), two("BMW", "ŠKODA")).await;
    lot.gives("length", of().select(CarRow::MAKE.length()), vec![3, 5]).await;
    let spaced = || CarRow::MAKE.concat("  ");
    lot.gives("concat", of().select(spaced()), two("BMW  ", "Škoda  ")).await;
    lot.gives("trim", of().select(spaced().trim()), two("BMW", "Škoda")).await;
    lot.gives("trim start", of().select(spaced().trim_start()), two("BMW  ", "Škoda  ")).await;
    lot.gives("trim end", of().select(spaced().trim_end()), two("BMW", "Škoda")).await;
    lot.gives("substr", of().select(CarRow::MAKE.substr(2, 2)), two("MW", "ko")).await;
    lot.gives("replace", of().select(CarRow::MAKE.replace("M", "'")), two("B'W", "Škoda")).await;
    lot.gives("position", of().select(CarRow::MAKE.position_of("o")), vec![0, 3]).await;
    let joined = CarRow::MAKE.concat(" ").concat_expr(CarRow::MODEL);
    lot.gives("concat expr", of().select(joined), two("BMW i3", "Škoda Octavia")).await;
    lot.gives("value", of().select(value::<String>("it's")), two("it's", "it's")).await;
}

/// Patterns, with and without case.
pub async fn patterns(lot: &Asked) {
    let ids = || from::<CarRow>().select(CarRow::ID).order_by(CarRow::ID.asc());
    lot.gives("like", ids().filter(CarRow::MODEL.like("A_")), vec![1, 2]).await;
    lot.gives("like counts case", ids().filter(CarRow::MAKE.like("b%")), vec![4]).await;
    lot.gives("like escaped", ids().filter(CarRow::MODEL.like("%\\_%\\%")), vec![4]).await;
    lot.gives("not like", ids().filter(!CarRow::MODEL.like("A_")), vec![3, 4, 5]).await;
    lot.gives("ilike", ids().filter(CarRow::MAKE.ilike("BM%")), vec![3, 4]).await;
    lot.gives("ilike beyond ascii", ids().filter(CarRow::MAKE.ilike("šKODA")), vec![5]).await;
    lot.gives("ieq", ids().filter(CarRow::MAKE.ieq("bMw")), vec![3, 4]).await;
    lot.gives("contains", ids().filter(CarRow::MODEL.contains("_1")), vec![4]).await;
    lot.gives("contains percent", ids().filter(CarRow::MODEL.contains("%")), vec![4]).await;
    lot.gives("starts with", ids().filter(CarRow::MODEL.starts_with("A")), vec![1, 2]).await;
    lot.gives("ends with", ids().filter(CarRow::MODEL.ends_with("a")), vec![5]).await;
    lot.gives("of a function", ids().filter(CarRow::MAKE.lower().starts_with("šk")), vec![5]).await;
}
