//! The workloads of tokens: the same rows in plain, encrypted as bytes, and encrypted in base64.

use chrono::{DateTime, Utc};
use underpin::secrets::{Encrypted, EncryptedColumn, EncryptedText, KeyRing, KeySlot, Secret};
use underpin::{
    Connect as _, ConnectOptions, Database, Entity, Events, MappingError, Schema, SchemaBuilder, Store, Table,
};

use crate::failure::Result;
use crate::stage::{Database as System, Place};
use crate::variant::Contender;
use crate::variant::roster::{Desk, Roster};
use crate::workload::{ReadTokens, TOKENS, WriteTokens, token};

static KEYS: KeySlot = KeySlot::new();
static SEALED: EncryptedColumn = EncryptedColumn::new(&KEYS, "bench.sealed");
static BASE64: EncryptedColumn = EncryptedColumn::new(&KEYS, "bench.base64");

/// A token, whose value is a `String` or a `Secret`.
struct Token<V> {
    id: String,
    owner: String,
    kind: String,
    value: V,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

/// How a form of value comes and goes.
trait Form: Store {
    const TECHNIQUE: &'static str;
    type Value: Send + Sync;
    fn of(text: &str) -> Self::Value;
    fn text(value: &Self::Value) -> &str;
}

fn exposed(value: &Secret<String>) -> &str {
    value.expose()
}

macro_rules! form {
    ($db:ident, $row:ident, $table:tt, $technique:tt, $value:ty, $stored:ty, $of:expr, $text:expr,
     |$token:ident| $store:expr, |$id:ident, $cell:ident| $load:expr) => {
        struct $db;

        #[derive(Table)]
        #[table(name = $table)]
        struct $row {
            #[column(primary_key, length = 36)]
            id: String,
            #[column(length = 36)]
            owner: String,
            #[column(length = 50)]
            kind: String,
            value: $stored,
            created_at: DateTime<Utc>,
            updated_at: DateTime<Utc>,
        }

        impl Store for $db {
            fn schema() -> SchemaBuilder {
                Schema::builder().table::<$row>()
            }
        }

        impl Form for $db {
            const TECHNIQUE: &'static str = $technique;
            type Value = $value;

            fn of(text: &str) -> $value {
                $of(text.to_owned())
            }

            fn text(value: &$value) -> &str {
                $text(value)
            }
        }

        impl Entity<$db> for Token<$value> {
            type Row = $row;

            fn to_row(&self) -> $row {
                let $token = self;
                $row {
                    id: self.id.clone(),
                    owner: self.owner.clone(),
                    kind: self.kind.clone(),
                    value: $store,
                    created_at: self.created_at,
                    updated_at: self.updated_at,
                }
            }

            fn from_row(row: $row) -> std::result::Result<Self, MappingError> {
                let $row { id, owner, kind, value: $cell, created_at, updated_at } = row;
                let $id = &id;
                let value = $load;
                Ok(Self { id, owner, kind, value, created_at, updated_at })
            }
        }

        impl Events<$db> for Token<$value> {}
    };
}

form!(
    PlainDb,
    PlainRow,
    "plain_tokens",
    "plain",
    String,
    String,
    std::convert::identity,
    String::as_str,
    |token| token.value.clone(),
    |_id, cell| cell
);
form!(
    SealedDb,
    SealedRow,
    "sealed_tokens",
    "encrypted, bytes",
    Secret<String>,
    Encrypted<String>,
    Secret::new,
    exposed,
    |token| SEALED.encrypt(&token.id, &token.value),
    |id, cell| SEALED.decrypt(id, cell)?
);
form!(
    Base64Db,
    Base64Row,
    "base64_tokens",
    "encrypted, base64",
    Secret<String>,
    EncryptedText<String>,
    Secret::new,
    exposed,
    |token| BASE64.encrypt(&token.id, &token.value),
    |id, cell| BASE64.decrypt(id, cell)?
);

pub(super) fn enlist(roster: &mut Roster) {
    enter::<false>(roster.desk("underpin", System::Postgres));
    enter::<true>(roster.desk("underpin-async", System::Sqlite));
}

fn enter<const SQLITE: bool>(desk: Desk<'_>) {
    desk.enter::<WriteTokens, Tokens<PlainDb, SQLITE>>()
        .enter::<WriteTokens, Tokens<SealedDb, SQLITE>>()
        .enter::<WriteTokens, Tokens<Base64Db, SQLITE>>()
        .enter::<ReadTokens, Tokens<PlainDb, SQLITE>>()
        .enter::<ReadTokens, Tokens<SealedDb, SQLITE>>()
        .enter::<ReadTokens, Tokens<Base64Db, SQLITE>>();
}

/// One form on one database.
struct Tokens<F: Form, const SQLITE: bool> {
    database: Database<F>,
    /// The values in the order in which they were written, once they are.
    expected: Vec<String>,
}

impl<F: Form, const SQLITE: bool> Tokens<F, SQLITE>
where
    Token<F::Value>: Entity<F>,
{
    async fn at(place: &Place) -> Result<Self> {
        if KEYS.ring().is_none() {
            KEYS.load(KeyRing::generate().map_err(|error| error.to_string())?);
        }
        let url = if SQLITE { format!("sqlite:{}", place.file.display()) } else { place.url.clone() };
        let options = ConnectOptions::parse(&url)?.pool_size(1, 0);
        Ok(Self { database: Database::connect_with(options).await?, expected: Vec::new() })
    }

    async fn write(&mut self, tokens: Vec<(String, String)>) -> Result<()> {
        let now = DateTime::UNIX_EPOCH + chrono::TimeDelta::seconds(1_790_000_000);
        let mut uow = self.database.begin().await?;
        for (id, value) in tokens {
            uow.add(&mut Token::<F::Value> {
                id,
                owner: "user_01h455vb4pex5vsknk084sn02q".to_owned(),
                kind: "plaid_access_token".to_owned(),
                value: F::of(&value),
                created_at: now,
                updated_at: now,
            })?;
        }
        Ok(uow.commit().await?)
    }
}

impl<F: Form, const SQLITE: bool> Contender<WriteTokens> for Tokens<F, SQLITE>
where
    Token<F::Value>: Entity<F>,
{
    const TECHNIQUE: &'static str = F::TECHNIQUE;

    async fn open(place: &Place) -> Result<Self> {
        Self::at(place).await
    }

    async fn run(&mut self, tokens: Vec<(String, String)>) -> Result<()> {
        self.write(tokens).await
    }
}

impl<F: Form, const SQLITE: bool> Contender<ReadTokens> for Tokens<F, SQLITE>
where
    Token<F::Value>: Entity<F>,
{
    const TECHNIQUE: &'static str = F::TECHNIQUE;

    async fn open(place: &Place) -> Result<Self> {
        Self::at(place).await
    }

    async fn prepare(&mut self, (): &()) -> Result<()> {
        if self.expected.is_empty() {
            self.write((0..TOKENS).map(token).collect()).await?;
            self.expected = (0..TOKENS).map(|number| token(number).1).collect();
        }
        Ok(())
    }

    async fn run(&mut self, (): ()) -> Result<usize> {
        let tokens = self.database.select::<Token<F::Value>>().all().await?;
        // A table that was written once is read in the order of its writing.
        let pairs = tokens.iter().zip(&self.expected);
        Ok(pairs.filter(|(token, expected)| F::text(&token.value) == expected.as_str()).count())
    }
}
