//! Values that the database or the column's default makes are known after a flush.

use underpin::{Auto, Database};

use crate::model::{Note, NoteRow, Shape, Suite};

/// Keys are counted and come back in the order of the adds, one row or many.
pub async fn counted_keys_come_back_in_order(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    let one = uow.add(&mut Note::new("only")).unwrap();
    uow.flush().await.unwrap();
    let first = uow.row(one).unwrap().id;
    let texts: Vec<String> = (0..20).map(|i| format!("note {}", (i * 7) % 20)).collect();
    let added: Vec<_> = texts.iter().map(|text| uow.add(&mut Note::new(text)).unwrap()).collect();
    uow.flush().await.unwrap();
    let ids: Vec<i64> = added.iter().map(|added| uow.row(*added).unwrap().id).collect();
    assert!(
        first < ids[0] && ids.is_sorted() && ids.windows(2).all(|pair| pair[0] < pair[1]),
        "{first} {ids:?}"
    );
    uow.commit().await.unwrap();
    for (id, text) in ids.iter().zip(&texts) {
        assert_eq!(&database.get::<Note>(*id).await.unwrap().unwrap().text, text);
    }
}

/// Unset values take the server's default or the application's; set ones are kept.
pub async fn defaults_come_back(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    let unset = uow.add(&mut Note::new("unset")).unwrap();
    let set =
        uow.add(&mut Note { stars: Some(5), language: Some("de".to_owned()), ..Note::new("set") }).unwrap();
    uow.flush().await.unwrap();
    let row: &NoteRow = uow.row(unset).unwrap();
    assert_eq!((row.stars, row.language.get().map(String::as_str)), (Auto::Set(3), Some("en")));
    let row = uow.row(set).unwrap();
    assert_eq!((row.stars, row.language.get().map(String::as_str)), (Auto::Set(5), Some("de")));
    let (unset, set) = (uow.row(unset).unwrap().id, uow.row(set).unwrap().id);
    uow.commit().await.unwrap();
    let stored = database.get::<Note>(unset).await.unwrap().unwrap();
    assert_eq!((stored.stars, stored.language.as_deref()), (Some(3), Some("en")));
    let stored = database.get::<Note>(set).await.unwrap().unwrap();
    assert_eq!((stored.stars, stored.language.as_deref()), (Some(5), Some("de")));
}

/// A row that was flushed can be loaded by its counted key, changed and removed in the same unit of work.
pub async fn counted_rows_can_be_changed_at_once(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    let added = uow.add(&mut Note::new("first")).unwrap();
    uow.flush().await.unwrap();
    let id = uow.row(added).unwrap().id;
    let mut note = uow.get::<Note>(id).await.unwrap().unwrap();
    note.text = "second".to_owned();
    uow.save(&mut note).unwrap();
    uow.flush().await.unwrap();
    let mut gone = Note { id: Some(id), ..note };
    uow.remove(&mut gone).unwrap();
    uow.commit().await.unwrap();
    assert_eq!(database.get::<Note>(id).await.unwrap(), None);
}

/// What is set at each update is set at each update, and only then.
pub async fn set_at_each_update(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    let added = uow.add(&mut Note::new("a")).unwrap();
    uow.flush().await.unwrap();
    let id = uow.row(added).unwrap().id;
    uow.commit().await.unwrap();
    for expected in [1, 2] {
        let mut uow = database.begin().await.unwrap();
        let mut note = uow.get::<Note>(id).await.unwrap().unwrap();
        note.text.push('!');
        uow.save(&mut note).unwrap();
        uow.commit().await.unwrap();
        assert_eq!(database.get::<Note>(id).await.unwrap().unwrap().touched, expected);
    }
    let mut uow = database.begin().await.unwrap();
    let mut note = uow.get::<Note>(id).await.unwrap().unwrap();
    uow.save(&mut note).unwrap();
    uow.commit().await.unwrap();
    assert_eq!(database.get::<Note>(id).await.unwrap().unwrap().touched, 2);
}

/// A computed column is known after an insert and after an update.
pub async fn computed_column_comes_back(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    let added: Vec<_> = (1..=3)
        .map(|id| uow.add(&mut Shape { id: id.into(), width: id, height: 10, area: -1 }).unwrap())
        .collect();
    uow.flush().await.unwrap();
    for (added, area) in added.iter().zip([10, 20, 30]) {
        assert_eq!(uow.row(*added).unwrap().area, area);
    }
    for id in 1..=2 {
        let mut shape = uow.get::<Shape>(id).await.unwrap().unwrap();
        shape.height = 100;
        uow.save(&mut shape).unwrap();
    }
    uow.flush().await.unwrap();
    assert_eq!(uow.get::<Shape>(2).await.unwrap().unwrap().area, 200);
    uow.commit().await.unwrap();
    assert_eq!(database.get::<Shape>(1).await.unwrap().unwrap().area, 100);
}
