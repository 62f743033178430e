//! Inserting many rows: `insert_many`.

use underpin::{Auto, Database, Error};

use super::row;
use crate::model::{
    BadgeRow, Everything, EverythingRow, Note, NoteRow, Person, PersonRow, ShapeRow, Suite, TeamRow,
};

/// Whatever the number of rows, which decides how they travel, all of them are there.
pub async fn any_number_of_rows_is_inserted(database: &Database<Suite>) {
    let mut from = 0;
    for count in [0, 1, 2, 999, 1_000, 1_001, 2_500] {
        let mut uow = database.begin().await.unwrap();
        let before = database.status().statements;
        let inserted = uow.insert_many((from..from + count).map(row)).execute().await.unwrap();
        assert_eq!(inserted, u64::try_from(count).unwrap());
        let statements = database.status().statements - before;
        assert!(statements <= 3 && (statements > 0) == (count > 0), "{count} rows: {statements} statements");
        uow.commit().await.unwrap();
        from += count;
    }
    let all = database.select::<Person>().order_by(PersonRow::ID.asc()).all().await.unwrap();
    assert!(all.iter().map(|person| person.id).eq(0..from), "{}", all.len());
    assert!(all.iter().all(|person| person.version == 1 && person.name == format!("person {}", person.id)));
}

/// What the database makes comes back, in the order of the rows, for one row, for a portion and for several.
pub async fn what_is_made_comes_back_in_order(database: &Database<Suite>) {
    let note = |text: String| NoteRow { id: 0, text, stars: Auto::Unset, language: Auto::Unset, touched: 0 };
    let mut last = 0;
    for count in [0, 1, 700, 2_300] {
        let mut uow = database.begin().await.unwrap();
        let rows = (0..count).map(|n| note(format!("note {n}")));
        let back = (NoteRow::ID, NoteRow::TEXT, NoteRow::STARS, NoteRow::LANGUAGE);
        let back = uow.insert_many(rows).returning(back).execute().await.unwrap();
        uow.commit().await.unwrap();
        assert_eq!(back.len(), count);
        for (n, (id, text, stars, language)) in back.into_iter().enumerate() {
            assert!(id > last, "{id} after {last}");
            last = id;
            assert_eq!((text, stars, language.as_str()), (format!("note {n}"), 3, "en"));
        }
    }
    assert_eq!(database.get::<Note>(last).await.unwrap().unwrap().text, "note 2299");
}

/// A value that one row gives and its neighbour leaves to the database is stored, in every row.
pub async fn rows_may_leave_out_different_columns(database: &Database<Suite>) {
    let row = |n: i32| NoteRow {
        id: 0,
        text: format!("note {n:04}"),
        stars: if n % 3 == 0 { Auto::Unset } else { Auto::Set(n) },
        language: Auto::Set("es".to_owned()),
        touched: 0,
    };
    let mut uow = database.begin().await.unwrap();
    assert_eq!(uow.insert_many((0..30).map(row)).execute().await.unwrap(), 30);
    assert_eq!(uow.insert_many((30..1_500).map(row)).execute().await.unwrap(), 1_470);
    uow.commit().await.unwrap();
    let notes = database.select::<Note>().order_by(NoteRow::TEXT.asc()).all().await.unwrap();
    assert_eq!(notes.len(), 1_500);
    for (n, note) in notes.into_iter().enumerate() {
        let n = i32::try_from(n).unwrap();
        assert_eq!(note.stars, Some(if n % 3 == 0 { 3 } else { n }), "{}", note.text);
        assert_eq!(note.language.as_deref(), Some("es"));
    }
}

/// Every type, NULLs, and text that would be dangerous if it were not bound, in every way to travel.
pub async fn every_type_and_hostile_text_is_inserted(database: &Database<Suite>) {
    let large = "x\u{202e}'\"\\%_;--".repeat(60_000);
    let hostile =
        ["", "'; DROP TABLE persons; --", "\\N", "\\.\n", "a\tb\r\nc", "\u{202e}rtl\u{200f}", &large];
    let sample = crate::cases::types::samples();
    let mut uow = database.begin().await.unwrap();
    let rows = |from: i64, count: usize| {
        let (sample, hostile) = (sample.clone(), hostile);
        (from..).take(count).zip(0..).map(move |(id, n): (i64, usize)| EverythingRow {
            id,
            text: hostile[n % hostile.len()].to_owned(),
            words: vec![Some(hostile[n % 6].to_owned()), None],
            maybe_text: (n % 2 == 0).then(|| hostile[n % 6].to_owned()),
            ..sample[n % sample.len()].clone()
        })
    };
    for (from, count) in [(1_000, 14), (2_000, 1)] {
        assert_eq!(uow.insert_many(rows(from, count)).execute().await.unwrap(), count as u64);
    }
    let slim = |row: EverythingRow| EverythingRow { text: row.text.chars().take(20).collect(), ..row };
    assert_eq!(uow.insert_many(rows(3_000, 1_200).map(slim)).execute().await.unwrap(), 1_200);
    uow.commit().await.unwrap();
    for (from, count) in [(1_000, 14), (2_000, 1)] {
        for expected in rows(from, count) {
            let found = database.get::<Everything>(expected.id).await.unwrap().unwrap();
            assert_eq!(found.0, expected);
        }
    }
    for expected in rows(3_000, 1_200).map(slim).step_by(97) {
        assert_eq!(database.get::<Everything>(expected.id).await.unwrap().unwrap().0, expected);
    }
}

/// A row that a constraint refuses names constraint and table, and none of the rows is there.
pub async fn refused_rows_name_constraint_and_table(database: &Database<Suite>) {
    for count in [2, 1_500] {
        let mut uow = database.begin().await.unwrap();
        let twice = (0..count).map(row).chain([PersonRow { id: 1, ..row(9_998) }]);
        let error = uow.insert_many(twice).execute().await.unwrap_err();
        assert!(error.is_unique_violation(), "{error}");
        assert_eq!((error.table(), error.constraint()), (Some("persons"), Some("pk_persons")), "{error}");
        let closed = uow.insert_many([row(9_999)]).execute().await.unwrap_err();
        assert!(closed.is_usage(), "{closed}");
        uow.rollback().await.unwrap();

        let mut uow = database.begin().await.unwrap();
        let homeless = (0..count).map(|id| BadgeRow { id, person: 77, code: id as i32, label: None });
        let failed = match uow.insert_many(homeless).execute().await {
            Err(error) => {
                drop(uow);
                error
            }
            Ok(_) => uow.commit().await.unwrap_err(),
        };
        assert!(failed.is_foreign_key_violation(), "{failed}");

        let mut uow = database.begin().await.unwrap();
        let long = |id| TeamRow { id, name: "n".repeat(61), lead: None, version: 1 };
        let error = uow.insert_many((0..count).map(long)).execute().await.unwrap_err();
        assert_eq!((error.table(), error.column()), (Some("teams"), Some("name")), "{error}");
        uow.rollback().await.unwrap();
    }
    assert_eq!(database.select::<Person>().all().await.unwrap().len(), 0);
}

/// The progress is told after each portion; an iterator that fails leaves nothing behind.
pub async fn progress_is_told_and_a_failing_source_ends_it(database: &Database<Suite>) {
    let mut told = Vec::new();
    let mut uow = database.begin().await.unwrap();
    uow.insert_many((0..2_100).map(row)).progress(|rows| told.push(rows)).execute().await.unwrap();
    assert_eq!(told, [1_000, 2_000, 2_100]);
    uow.rollback().await.unwrap();

    for (good, sent) in [(3, false), (1_700, true)] {
        let mut uow = database.begin().await.unwrap();
        let failing = (0..good).map(|id| Ok(row(id))).chain([Err(Error::mapping("line 7 is no person"))]);
        let error = uow.try_insert_many(failing).execute().await.unwrap_err();
        assert!(error.to_string().contains("line 7"), "{error}");
        let next = uow.insert_many([row(5_000)]).execute().await;
        assert_eq!(next.is_err(), sent, "{next:?}");
        drop(uow);
    }
    let mut uow = database.begin().await.unwrap();
    let savepoint = uow.savepoint().await.unwrap();
    let failing = (0..1_700).map(|id| Ok(row(id))).chain([Err(Error::mapping("line 1701 is no person"))]);
    uow.try_insert_many(failing).execute().await.unwrap_err();
    uow.rollback_to(savepoint).await.unwrap();
    assert_eq!(uow.insert_many([row(1)]).execute().await.unwrap(), 1);
    uow.commit().await.unwrap();
    assert_eq!(database.select::<Person>().all().await.unwrap().len(), 1);
}

/// Columns that the database computes are left to it.
pub async fn computed_columns_are_left_out(database: &Database<Suite>) {
    let shape = |id: i32| ShapeRow { id: id.into(), width: id + 1, height: 2, area: -1 };
    let mut uow = database.begin().await.unwrap();
    let areas = uow.insert_many((0..3).map(shape)).returning(ShapeRow::AREA).execute().await.unwrap();
    assert_eq!(areas, [2, 4, 6]);
    let error = uow.insert_many([shape(-5)]).execute().await.unwrap_err();
    assert!(error.is_check_violation(), "{error}");
}
