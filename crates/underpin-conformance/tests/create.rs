//! CREATE for a schema with every kind of thing in it, run on both databases, and rows in tables of unusual shape.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

use rust_decimal::Decimal;
use underpin::driver::Access;
use underpin::prelude::*;
use underpin::{CellError, Codec, ColumnEnum, Database};
use underpin_conformance::Target;

struct Shop;

impl Store for Shop {
    fn schema() -> SchemaBuilder {
        // In an order that no foreign key allows, and with a circle.
        Schema::builder().table::<BookingRow>().table::<RoomRow>().table::<HouseRow>()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ColumnEnum)]
#[column_enum(name = "house_kind")]
enum Kind {
    Hotel,
    #[label = "b&b"]
    BedAndBreakfast,
}

/// A value of a domain that knows nothing of storage.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stars(u8);

struct StarsAsNumber;

impl Codec<Stars> for StarsAsNumber {
    type Stored = i16;

    fn store(stars: &Stars) -> i16 {
        stars.0.into()
    }

    fn load(stored: i16) -> Result<Stars, CellError> {
        u8::try_from(stored).map(Stars).map_err(|_| CellError::OutOfRange("0 to 255 stars"))
    }
}

#[derive(Table)]
#[table(name = "houses", schema = "lodging", comment = "where rooms are; it's \"a\" comment")]
#[table(index(columns = ["lower(name)"], name = "ix_houses_lower_name"))]
#[table(index(columns = [words], method = "gin", name = "ix_houses_words", only = "postgres"))]
#[table(unique(columns = [name, city]))]
struct HouseRow {
    #[column(primary_key, length = 20)]
    id: String,
    #[column(length = 100, comment = "as on the sign")]
    name: String,
    #[column(length = 100, server_default = "'Bern'")]
    city: String,
    kind: Kind,
    #[column(via = StarsAsNumber)]
    stars: Stars,
    words: Vec<String>,
    /// The circle: a house has a best room, a room has a house.
    #[column(deferred, references = RoomRow::NUMBER)]
    best_room: Option<i32>,
}

#[derive(Table)]
#[table(name = "rooms", schema = "lodging")]
#[table(index(columns = [house desc, price], where = "price > 0", name = "ix_rooms_house_price"))]
#[table(index(columns = [house], include = [price], name = "ix_rooms_covering", only = "postgres"))]
struct RoomRow {
    #[column(primary_key)]
    number: i32,
    #[column(length = 20, references = HouseRow::ID, on_delete = cascade)]
    house: String,
    #[column(precision = 8, scale = 2, check = "price >= 0")]
    price: Decimal,
}

#[derive(Table)]
#[table(name = "bookings", schema = "lodging")]
#[table(exclude(with = ["int4range(first_day, last_day)" = "&&"], name = "ex_bookings_days", only = "postgres"))]
struct BookingRow {
    #[column(primary_key, references = RoomRow::NUMBER, on_delete = cascade)]
    room: i32,
    #[column(primary_key)]
    first_day: i32,
    last_day: i32,
    #[column(generated = "last_day - first_day")]
    nights: i32,
}

#[derive(Debug, Clone, PartialEq)]
struct House {
    id: String,
    best_room: Option<i32>,
}

impl Entity<Shop> for House {
    type Row = HouseRow;

    fn to_row(&self) -> HouseRow {
        HouseRow {
            id: self.id.clone(),
            name: format!("House {}", self.id),
            city: "Bern".to_owned(),
            kind: Kind::BedAndBreakfast,
            stars: Stars(4),
            words: vec!["quiet".to_owned()],
            best_room: self.best_room,
        }
    }

    fn from_row(row: HouseRow) -> Result<Self, MappingError> {
        if (row.kind, row.stars, row.words.len()) != (Kind::BedAndBreakfast, Stars(4), 1) {
            return Err(MappingError::new("not as it was stored"));
        }
        Ok(Self { id: row.id, best_room: row.best_room })
    }
}

impl Events<Shop> for House {}

#[derive(Debug, Clone, PartialEq)]
struct Room(i32);

impl Entity<Shop> for Room {
    type Row = RoomRow;

    fn to_row(&self) -> RoomRow {
        RoomRow { number: self.0, house: "one".to_owned(), price: Decimal::new(9950, 2) }
    }

    fn from_row(row: RoomRow) -> Result<Self, MappingError> {
        Ok(Self(row.number))
    }
}

impl Events<Shop> for Room {}

#[derive(Debug, Clone, PartialEq)]
struct Booking {
    room: i32,
    first_day: i32,
    last_day: i32,
}

impl Entity<Shop> for Booking {
    type Row = BookingRow;

    fn to_row(&self) -> BookingRow {
        BookingRow { room: self.room, first_day: self.first_day, last_day: self.last_day, nights: 0 }
    }

    fn from_row(row: BookingRow) -> Result<Self, MappingError> {
        Ok(Self { room: row.room, first_day: row.first_day, last_day: row.last_day })
    }
}

impl Events<Shop> for Booking {}

async fn names(database: &Database<Shop>, query: &str) -> Vec<String> {
    let mut connection = database.driver().acquire(Access::Read).await.unwrap();
    let rows = connection.texts(query, &[]).await.unwrap();
    rows.into_iter().map(|mut row| row.remove(0).unwrap_or_default()).collect()
}

/// A circle, a composite key, a cascade that the database runs, an update of a row found by two columns.
async fn use_it(database: &Database<Shop>) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut House { id: "one".to_owned(), best_room: Some(7) }).unwrap();
    uow.add(&mut Room(7)).unwrap();
    for first_day in [1, 10, 20] {
        uow.add(&mut Booking { room: 7, first_day, last_day: first_day + 2 }).unwrap();
    }
    uow.commit().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    let mut booking = uow.get::<Booking>((7, 10)).await.unwrap().unwrap();
    booking.last_day = 15;
    uow.save(&mut booking).unwrap();
    let mut gone = uow.get_many::<Booking>([(7, 1), (7, 99)]).await.unwrap();
    assert_eq!(gone.len(), 1);
    uow.remove(&mut gone[0]).unwrap();
    uow.commit().await.unwrap();
    let left = database.select::<Booking>().order_by(BookingRow::FIRST_DAY.asc()).all().await.unwrap();
    assert_eq!(left.iter().map(|booking| booking.last_day).collect::<Vec<_>>(), [15, 22]);
    assert_eq!(database.get::<House>("one").await.unwrap().unwrap().best_room, Some(7));
    assert_eq!(database.select::<House>().filter(HouseRow::STARS.eq(4_i16)).all().await.unwrap().len(), 1);
    assert_eq!(
        database.select::<Booking>().filter(BookingRow::NIGHTS.eq(5)).all().await.unwrap(),
        [Booking { room: 7, first_day: 10, last_day: 15 }]
    );

    // What the database takes along was never asked for by name.
    let mut uow = database.begin().await.unwrap();
    let mut house = uow.get::<House>("one").await.unwrap().unwrap();
    uow.remove(&mut house).unwrap();
    uow.commit().await.unwrap();
    assert_eq!(database.select::<Booking>().all().await.unwrap(), []);
}

#[tokio::test]
async fn everything_on_postgres() {
    let scratch = Target::Postgres.scratch().await;
    let database = scratch.database::<Shop>().await;
    let indexes = names(
        &database,
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'lodging' AND indexname LIKE 'ix%' ORDER BY indexname",
    )
    .await;
    assert_eq!(
        indexes,
        [
            "CREATE INDEX ix_houses_lower_name ON lodging.houses USING btree (lower((name)::text))",
            "CREATE INDEX ix_houses_words ON lodging.houses USING gin (words)",
            "CREATE INDEX ix_rooms_covering ON lodging.rooms USING btree (house) INCLUDE (price)",
            "CREATE INDEX ix_rooms_house_price ON lodging.rooms USING btree (house DESC, price) WHERE (price > (0)::numeric)",
        ]
    );
    let constraints = names(
        &database,
        "SELECT conname::text FROM pg_constraint WHERE connamespace = 'lodging'::regnamespace ORDER BY conname",
    )
    .await;
    assert_eq!(
        constraints,
        [
            "ck_rooms_price",
            "ex_bookings_days",
            "fk_bookings_room_rooms",
            "fk_houses_best_room_rooms",
            "fk_rooms_house_houses",
            "pk_bookings",
            "pk_houses",
            "pk_rooms",
            "uq_houses_name_city",
        ]
    );
    let comment = names(&database, "SELECT obj_description('lodging.houses'::regclass)").await;
    assert_eq!(comment, ["where rooms are; it's \"a\" comment"]);
    let labels = names(&database, "SELECT unnest(enum_range(NULL::house_kind))::text").await;
    assert_eq!(labels, ["hotel", "b&b"]);
    use_it(&database).await;

    let mut uow = database.begin().await.unwrap();
    uow.add(&mut House { id: "one".to_owned(), best_room: None }).unwrap();
    uow.add(&mut Room(7)).unwrap();
    uow.add(&mut Booking { room: 7, first_day: 1, last_day: 5 }).unwrap();
    uow.add(&mut Booking { room: 7, first_day: 4, last_day: 6 }).unwrap();
    let error = uow.commit().await.unwrap_err();
    assert!(error.is_exclusion_violation(), "{error:?}");
    assert_eq!(error.constraint(), Some("ex_bookings_days"));
    database.close().await;
    drop(database);
    scratch.drop_database().await;
}

#[tokio::test]
async fn what_it_can_have_on_sqlite() {
    let scratch = Target::Sqlite.scratch().await;
    let database = scratch.database::<Shop>().await;
    let indexes = names(
        &database,
        "SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE 'ix%' ORDER BY name",
    )
    .await;
    assert_eq!(indexes, ["ix_houses_lower_name", "ix_rooms_house_price"]);
    let tables =
        names(&database, "SELECT sql FROM sqlite_schema WHERE type = 'table' ORDER BY name").await.concat();
    for name in ["ck_rooms_price", "pk_bookings", "uq_houses_name_city", "fk_houses_best_room_rooms", "'b&b'"]
    {
        assert!(tables.contains(name), "{name} is not in {tables}");
    }
    use_it(&database).await;
    database.close().await;
    drop(database);
    scratch.drop_database().await;
}
