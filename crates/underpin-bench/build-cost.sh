#!/usr/bin/env bash
# What a clean release build of a minimal PostgreSQL program costs: seconds of CPU (user and system), and crates of others.
#
# Each program connects, maps one table, inserts a row and reads it back. Versions are those of the workspace's lock file.
# Without arguments all are built, one after the other; otherwise those that are named.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/underpin-build-cost.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
TIMEFORMAT='%U %S'

program() { # name, dependencies; the program stands on standard input
    mkdir -p "$scratch/$1/src"
    cat > "$scratch/$1/src/main.rs"
    cp "$root/Cargo.lock" "$scratch/$1/Cargo.lock"
    printf '[package]\nname = "minimal"\nversion = "0.1.0"\nedition = "2024"\n\n[workspace]\n\n[dependencies]\ntokio = { version = "1", features = ["rt", "macros"] }\n%s\n' "$2" > "$scratch/$1/Cargo.toml"
}

underpin() { # name, features
    program "$1" "underpin = { path = \"$root/crates/underpin\", default-features = false, features = [$2] }" <<'END'
use underpin::prelude::*;

#[derive(Table)]
#[table(name = "users")]
struct UserRow {
    #[column(primary_key)]
    id: i64,
    email: String,
}

struct User(i64, String);
struct Db;

impl Store for Db {
    fn schema() -> SchemaBuilder {
        Schema::builder().table::<UserRow>()
    }
}

impl Entity<Db> for User {
    type Row = UserRow;
    fn to_row(&self) -> UserRow {
        UserRow { id: self.0, email: self.1.clone() }
    }
    fn from_row(row: UserRow) -> Result<Self, MappingError> {
        Ok(Self(row.id, row.email))
    }
}

impl Events<Db> for User {}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let db = Database::<Db>::connect(&std::env::var("DATABASE_URL")?).await?;
    let mut uow = db.begin().await?;
    uow.add(&mut User(1, "a@example.com".to_owned()))?;
    uow.commit().await?;
    let users = db.select::<User>().filter(UserRow::EMAIL.eq("a@example.com")).all().await?;
    println!("{} {}", users.len(), users[0].1);
    Ok(())
}
END
}

underpin underpin '"postgres"'
underpin underpin-tls '"postgres", "tls"'

program diesel-async 'diesel = { version = "2.3", default-features = false }
diesel-async = { version = "0.9", features = ["postgres", "deadpool"] }' <<'END'
use diesel::prelude::*;
use diesel_async::pooled_connection::AsyncDieselConnectionManager;
use diesel_async::pooled_connection::deadpool::Pool;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

diesel::table! {
    users (id) {
        id -> BigInt,
        email -> Text,
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = users)]
struct User {
    id: i64,
    email: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let manager = AsyncDieselConnectionManager::<AsyncPgConnection>::new(std::env::var("DATABASE_URL")?);
    let pool = Pool::builder(manager).build()?;
    let mut connection = pool.get().await?;
    let user = User { id: 1, email: "a@example.com".to_owned() };
    diesel::insert_into(users::table).values(&user).execute(&mut connection).await?;
    let found: Vec<User> =
        users::table.filter(users::email.eq("a@example.com")).select(User::as_select()).load(&mut connection).await?;
    println!("{} {} {}", found.len(), found[0].id, found[0].email);
    Ok(())
}
END

program sqlx 'sqlx = { version = "0.9", default-features = false, features = ["derive", "postgres", "runtime-tokio"] }' <<'END'
#[derive(sqlx::FromRow)]
struct User {
    id: i64,
    email: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pool = sqlx::PgPool::connect(&std::env::var("DATABASE_URL")?).await?;
    sqlx::query("INSERT INTO users (id, email) VALUES ($1, $2)").bind(1_i64).bind("a@example.com").execute(&pool).await?;
    let found: Vec<User> =
        sqlx::query_as("SELECT id, email FROM users WHERE email = $1").bind("a@example.com").fetch_all(&pool).await?;
    println!("{} {} {}", found.len(), found[0].id, found[0].email);
    Ok(())
}
END

program sea-orm 'sea-orm = { version = "2.0", default-features = false, features = ["macros", "runtime-tokio", "sqlx-postgres"] }' <<'END'
use sea_orm::entity::prelude::*;
use sea_orm::{Database, Set};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub email: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let database = Database::connect(std::env::var("DATABASE_URL")?).await?;
    let user = ActiveModel { id: Set(1), email: Set("a@example.com".to_owned()) };
    user.insert(&database).await?;
    let found = Entity::find().filter(Column::Email.eq("a@example.com")).all(&database).await?;
    println!("{} {}", found.len(), found[0].email);
    Ok(())
}
END

echo '| program | CPU seconds | crates of others |'
echo '|---|--:|--:|'
for name in "${@:-underpin underpin-tls diesel-async sqlx sea-orm}"; do
    for each in $name; do
        cd "$scratch/$each"
        cargo fetch --quiet
        crates=$(cargo tree --offline -e normal,build --prefix none | sed 's/ (.*//' | sort -u | grep -cvE '^(underpin|minimal)')
        used=$({ time cargo build --offline --release --quiet --target-dir "$scratch/target" >&2; } 2>&1 | tail -1)
        echo "| $each | $(awk '{printf "%.0f", $1 + $2}' <<<"$used") | $crates |"
        rm -rf "$scratch/target"
    done
done
