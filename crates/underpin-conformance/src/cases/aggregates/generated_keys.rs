//! Aggregates whose keys the database makes: parts get the keys of the rows above them in the same flush.

use underpin::Database;

use crate::model::{Album, AlbumRow, Cover, Disc, Suite, Track};

fn album(title: &str) -> Album {
    let track = |title: &str| Track { id: None, title: title.to_owned() };
    let disc = |number| Disc { number, tracks: vec![track("a"), track("b")] };
    let cover = |prints: &[i32]| Cover { id: None, prints: prints.to_vec() };
    Album {
        id: None,
        title: title.to_owned(),
        discs: vec![disc(1), disc(2)],
        covers: vec![cover(&[1, 2]), cover(&[3])],
    }
}

/// The album without what the database has made.
fn plain(mut album: Album) -> Album {
    album.id = None;
    album.discs.iter_mut().flat_map(|disc| &mut disc.tracks).for_each(|track| track.id = None);
    album.covers.iter_mut().for_each(|cover| cover.id = None);
    album
}

async fn stored(database: &Database<Suite>) -> Vec<Album> {
    database.select::<Album>().order_by(AlbumRow::ID.asc()).all().await.unwrap()
}

/// Two albums with equal keys below them, added and committed at once.
pub async fn parts_get_keys_in_the_same_flush(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    let first = uow.add(&mut album("first")).unwrap();
    uow.add(&mut album("second")).unwrap();
    uow.flush().await.unwrap();
    let id = uow.row(first).unwrap().id;
    // The unit of work's own version, without a statement.
    let before = database.status().statements;
    let mut own = uow.get::<Album>(id).await.unwrap().unwrap();
    assert_eq!(database.status().statements, before);
    assert_eq!(plain(own.clone()), album("first"));
    own.covers[0].prints.push(9);
    own.discs.remove(0);
    uow.save(&mut own).unwrap();
    uow.commit().await.unwrap();
    let stored = stored(database).await;
    assert_eq!(stored[0], own);
    assert_eq!(plain(stored[1].clone()), album("second"));
}

/// A commit does all of it by itself.
pub async fn keys_are_made_by_a_commit_alone(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    for title in ["first", "second", "third"] {
        uow.add(&mut album(title)).unwrap();
    }
    uow.commit().await.unwrap();
    let stored: Vec<Album> = stored(database).await.into_iter().map(plain).collect();
    assert_eq!(stored, ["first", "second", "third"].map(album));
}

/// New parts of a stored album, a part that moves to a new album, and saving again before anything has a key.
pub async fn new_and_stored_parts_mix(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut album("old")).unwrap();
    uow.commit().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    let mut old = uow.select::<Album>().all().await.unwrap().remove(0);
    let mut new = album("new");
    new.covers.clear();
    let added = uow.add(&mut new).unwrap();
    // The cover keeps its key and its prints; of the two, the album that gives is saved last.
    let moved = old.covers.remove(0);
    old.covers.push(Cover { id: None, prints: vec![7] });
    old.discs[1].tracks.push(Track { id: None, title: "bonus".to_owned() });
    uow.save(&mut old).unwrap();
    let savepoint = uow.savepoint().await.unwrap();
    let id = uow.row(added).unwrap().id;
    let mut new = uow.get::<Album>(id).await.unwrap().unwrap();
    new.covers.push(Cover { id: None, prints: moved.prints.clone() });
    uow.save(&mut new).unwrap();
    uow.save(&mut new).unwrap();
    uow.rollback_to(savepoint).await.unwrap();
    uow.save(&mut new).unwrap();
    uow.commit().await.unwrap();

    let stored = stored(database).await;
    assert_eq!(plain(stored[0].clone()), plain(old));
    assert_eq!(plain(stored[1].clone()), plain(new));
    assert_eq!(stored[1].covers.len(), 1);
}

/// A part whose key is known goes to an album that has none yet: an update, before the old album goes.
pub async fn a_part_moves_to_a_new_parent(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut album("old")).unwrap();
    uow.commit().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    let mut old = uow.select::<Album>().all().await.unwrap().remove(0);
    let moved = old.covers.remove(0);
    let mut new = Album { covers: vec![moved.clone()], discs: Vec::new(), ..album("new") };
    uow.add(&mut new).unwrap();
    uow.save(&mut old).unwrap();
    uow.remove(&mut old).unwrap();
    uow.commit().await.unwrap();
    let stored = stored(database).await;
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].covers, [moved]);
}
