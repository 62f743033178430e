//! Tables of every shape that a stored column may stand in, with rows whose plain values are known.

use underpin_secrets::{Cipher, KeyRing, RowId, StoredColumn};

use crate::scratch::Scratch;

/// A table whose key is counted, bound to two other columns, in base64: that of the finance example.
pub(crate) const TOKENS: &str = "CREATE TABLE tokens (id integer PRIMARY KEY, owner varchar(36) NOT NULL, \
    kind varchar(50) NOT NULL, value text NOT NULL)";

/// A table whose key has two columns and quotes in their names, bound to a UUID, in bytes that may be missing.
pub(crate) const NOTES: &str = "CREATE TABLE \"no\"\"tes\" (\"a b\" varchar(20) NOT NULL, n integer NOT NULL, uid UUID NOT NULL, \
    body BYTES, PRIMARY KEY (\"a b\", n))";

/// A table whose plain values stand beside the encrypted ones still; every tenth has none.
pub(crate) const VISITS: &str = "CREATE TABLE visits (id integer PRIMARY KEY, note text, sealed BYTES)";

pub(crate) fn visits() -> StoredColumn {
    StoredColumn::new("visits", "sealed").with_context("visits.note").moved_from("note")
}

pub(crate) fn tokens() -> StoredColumn {
    StoredColumn::new("tokens", "value").with_context("secrets.token").bound_to(["owner", "kind"])
}

pub(crate) fn notes() -> StoredColumn {
    StoredColumn::new("no\"tes", "body").with_context("notes.body").bound_to(["uid"])
}

/// The plain value of a row.
pub(crate) fn plain(number: usize) -> String {
    format!("value {number} {}", "x".repeat(number % 7))
}

pub(crate) fn uuid(number: usize) -> [u8; 16] {
    let mut bytes = [7; 16];
    bytes[8..].copy_from_slice(&(number as u64).to_be_bytes());
    bytes
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) async fn fill_tokens(scratch: &Scratch, ring: &KeyRing, numbers: std::ops::Range<usize>) {
    let cipher = ring.cipher("secrets.token").unwrap();
    let rows: Vec<String> = numbers
        .map(|number| {
            let value = sealed_token(&cipher, number, &plain(number));
            format!("({number}, 'user_{number}', 'kind\"\\', '{value}')")
        })
        .collect();
    scratch.script(&format!("INSERT INTO tokens VALUES {}", rows.join(","))).await;
}

pub(crate) fn sealed_token(cipher: &Cipher, number: usize, value: &str) -> String {
    use base64::Engine as _;
    let owner = format!("user_{number}");
    let sealed = cipher.seal(&[owner.as_str(), "kind\"\\"], value.as_bytes()).unwrap();
    base64::engine::general_purpose::STANDARD.encode(sealed)
}

/// Rows of which every tenth has no value.
pub(crate) async fn fill_notes(scratch: &Scratch, ring: &KeyRing, numbers: std::ops::Range<usize>) {
    let cipher = ring.cipher("notes.body").unwrap();
    let rows: Vec<String> = numbers
        .map(|number| {
            let uid = hex(&uuid(number));
            let uid = [&uid[..8], &uid[8..12], &uid[12..16], &uid[16..20], &uid[20..]].join("-");
            let sealed = hex(&cipher.seal(&uuid(number), plain(number).as_bytes()).unwrap());
            let value = match (number % 10, scratch.is_postgres()) {
                (9, _) => "NULL".to_owned(),
                (_, true) => format!("'\\x{sealed}'"),
                (_, false) => format!("x'{sealed}'"),
            };
            format!("('it''s \\ \" {}', {number}, '{uid}', {value})", number % 3)
        })
        .collect();
    scratch.script(&format!("INSERT INTO \"no\"\"tes\" VALUES {}", rows.join(","))).await;
}

/// The plain value of each token, by number.
pub(crate) async fn opened_tokens(scratch: &Scratch, ring: &KeyRing) -> Vec<(usize, String)> {
    use base64::Engine as _;
    let cipher = ring.cipher("secrets.token").unwrap();
    let rows =
        scratch.rows("SELECT CAST(id AS text), owner, kind, value FROM tokens ORDER BY tokens.id").await;
    let open = |row: Vec<String>| {
        let sealed = base64::engine::general_purpose::STANDARD.decode(&row[3]).unwrap();
        let place = [row[1].as_str(), row[2].as_str()];
        let plain = cipher.open(RowId::from(&place), sealed).unwrap();
        (row[0].parse().unwrap(), String::from_utf8(plain.to_vec()).unwrap())
    };
    rows.into_iter().map(open).collect()
}

/// The plain value of each note that has one, by number.
pub(crate) async fn opened_notes(scratch: &Scratch, ring: &KeyRing) -> Vec<(usize, String)> {
    let cipher = ring.cipher("notes.body").unwrap();
    let text = if scratch.is_postgres() { "encode(body, 'hex')" } else { "hex(body)" };
    let sql =
        format!("SELECT CAST(n AS text), {text} FROM \"no\"\"tes\" AS t WHERE body IS NOT NULL ORDER BY t.n");
    let open = |row: Vec<String>| {
        let number = row[0].parse().unwrap();
        let sealed: Vec<u8> = (0..row[1].len() / 2)
            .map(|at| u8::from_str_radix(&row[1][at * 2..at * 2 + 2], 16).unwrap())
            .collect();
        (number, String::from_utf8(cipher.open(&uuid(number), sealed).unwrap().to_vec()).unwrap())
    };
    scratch.rows(&sql).await.into_iter().map(open).collect()
}

pub(crate) async fn fill_visits(scratch: &Scratch, numbers: std::ops::Range<usize>) {
    let rows: Vec<String> = numbers
        .map(|number| match number % 10 {
            9 => format!("({number}, NULL)"),
            _ => format!("({number}, '{}')", plain(number)),
        })
        .collect();
    scratch.script(&format!("INSERT INTO visits (id, note) VALUES {}", rows.join(","))).await;
}

/// A visit as the table has it: its number, the plain value, and the envelope in hexadecimal, or nothing.
pub(crate) struct Visit {
    pub(crate) number: usize,
    pub(crate) note: String,
    pub(crate) sealed: String,
}

pub(crate) async fn stored_visits(scratch: &Scratch) -> Vec<Visit> {
    let text = if scratch.is_postgres() { "encode(sealed, 'hex')" } else { "lower(hex(sealed))" };
    let sql = format!("SELECT CAST(id AS text), note, {text} FROM visits ORDER BY visits.id");
    let visit = |mut row: Vec<String>| {
        let (sealed, note) = (row.pop().unwrap(), row.pop().unwrap());
        Visit { number: row[0].parse().unwrap(), note, sealed }
    };
    scratch.rows(&sql).await.into_iter().map(visit).collect()
}

impl Visit {
    /// The value of the envelope, if there is one.
    pub(crate) fn opened(&self, ring: &KeyRing) -> Option<String> {
        let hex = &self.sealed;
        let sealed: Vec<u8> =
            (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).unwrap()).collect();
        let cipher = ring.cipher("visits.note").unwrap();
        let open = || cipher.open(&self.number.to_string(), sealed).unwrap();
        (!hex.is_empty()).then(|| String::from_utf8(open().to_vec()).unwrap())
    }
}
