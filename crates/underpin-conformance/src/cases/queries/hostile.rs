//! Hostile text is found as it is, or refused.

use underpin::query::{alias, from, value};

use crate::lot::{Asked, OwnerRow};

/// Text that quotes, patterns, escapes and terminals treat in their own way.
const HOSTILE: [&str; 14] = [
    "'",
    "''; DROP TABLE owners; --",
    "\"",
    "%",
    "_",
    "\\",
    "\\%",
    "$1 ?1 {0} {..}",
    "a\u{202e}b\u{200f}",
    "\u{feff}e\u{301}",
    "line\nbreak\r\ttab",
    "😀",
    "`[]()*+.^|",
    "NULL",
];

/// In each method that takes text.
pub async fn hostile_text(lot: &Asked) {
    let long = "x'%_\\\u{202e}".repeat(120_000);
    let mut texts: Vec<String> = HOSTILE.iter().map(|text| (*text).to_owned()).collect();
    texts.push(long);
    let mut uow = lot.database.begin().await.unwrap();
    for (id, text) in (100..).zip(&texts) {
        uow.append(OwnerRow { id, name: text.clone(), boss: None });
    }
    uow.commit().await.unwrap();
    let find = async |filter| {
        let ids = from::<OwnerRow>().filter(filter).filter(OwnerRow::ID.ge(100)).select(OwnerRow::ID);
        ids.order_by(OwnerRow::ID.asc()).at(&lot.database).all().await.unwrap()
    };
    for (id, text) in (100_i64..).zip(&texts) {
        let named = &text[..text.len().min(40)];
        assert_eq!(find(OwnerRow::NAME.eq(text.as_str())).await, [id], "{named}");
        assert_eq!(find(OwnerRow::NAME.is_in([text.as_str()])).await, [id], "{named}");
        for filter in [
            OwnerRow::NAME.contains(text),
            OwnerRow::NAME.starts_with(text),
            OwnerRow::NAME.ends_with(text),
            OwnerRow::NAME.ieq(text.as_str()),
            OwnerRow::NAME.eq_expr(value::<String>(text.as_str())).narrow(),
        ] {
            assert!(find(filter).await.contains(&id), "{named}");
        }
        let stored = from::<OwnerRow>().filter(OwnerRow::ID.eq(id));
        let read = stored.clone().select(OwnerRow::NAME).at(&lot.database).one().await.unwrap();
        assert!(read == *text, "{named}");
        let doubled = stored.select(OwnerRow::NAME.concat(text.as_str()).replace(text.as_str(), "-"));
        assert_eq!(doubled.at(&lot.database).one().await.unwrap(), "--", "{named}");
    }
    for filter in [
        OwnerRow::NAME.eq("a\0"),
        OwnerRow::NAME.contains("\0"),
        OwnerRow::NAME.replace("\0", "").eq("a"),
        OwnerRow::NAME.position_of("\0").gt(0),
    ] {
        let refused = from::<OwnerRow>().filter(filter).select(OwnerRow::ID).at(&lot.database).all().await;
        let refused = refused.unwrap_err();
        assert!(refused.is_value() && refused.to_string().contains("NUL"), "{refused}");
    }
    let pattern = from::<OwnerRow>().filter(OwnerRow::NAME.like("\\")).select(OwnerRow::ID);
    pattern.at(&lot.database).all().await.unwrap_err();
}

/// In a name that the program gives a table.
pub async fn hostile_names(lot: &Asked) {
    for name in ["a\"b", "'; DROP TABLE owners; --", "select", "\u{202e}x", "%_\\"] {
        let odd = alias::<OwnerRow>(name);
        let query = from::<OwnerRow>()
            .inner_join_as(odd)
            .on(OwnerRow::BOSS.eq_expr(odd.column(OwnerRow::ID)))
            .filter(odd.column(OwnerRow::NAME).eq("Bob"))
            .select(OwnerRow::NAME);
        assert_eq!(query.at(&lot.database).all().await.unwrap(), ["Dee"], "{name}");
    }
    let nul = alias::<OwnerRow>("a\0b");
    let query = from::<OwnerRow>().cross_join_as(nul).select(OwnerRow::NAME);
    let refused = query.at(&lot.database).all().await.unwrap_err();
    assert!(refused.is_usage() && refused.to_string().contains("NUL"), "{refused}");
}
