//! Types that are not PostgreSQL's own: enumerations, domains, and arrays of them.

use std::sync::Arc;

use bytes::{BufMut, BytesMut};
use postgres_types::{Kind, Type};

use crate::connection::Connection;
use crate::description::{Column, Described};
use crate::request::{Parameters, Unfit};
use crate::row::cells;
use crate::{Error, Prepared, Row, frame};

/// A type and what it is made of, from the inside out: the elements of an array, what a domain is a domain of.
const TYPE: &str = "\
WITH RECURSIVE part AS (
    SELECT oid, typname, typtype, typelem, typbasetype, typnamespace, 0 AS depth
    FROM pg_catalog.pg_type
    WHERE oid = $1
    UNION ALL
    SELECT t.oid, t.typname, t.typtype, t.typelem, t.typbasetype, t.typnamespace, part.depth + 1
    FROM part
    JOIN pg_catalog.pg_type t ON t.oid = CASE part.typtype WHEN 'd' THEN part.typbasetype ELSE part.typelem END
)
SELECT part.oid, part.typname, part.typtype, part.typelem, n.nspname
FROM part
JOIN pg_catalog.pg_namespace n ON n.oid = part.typnamespace
ORDER BY part.depth DESC";

impl Connection {
    /// Finds out what the types of a prepared statement are, by asking the server for those that are not its own.
    ///
    /// # Errors
    /// If the server refuses, or the connection is lost.
    pub async fn resolve(&mut self, described: Described) -> Result<Prepared, Error> {
        let mut params = Vec::with_capacity(described.params.len());
        for oid in described.params {
            params.push(self.type_of(oid).await?);
        }
        let columns = self.columns_of(described.columns).await?;
        Ok(Prepared::new(described.name, params, columns))
    }

    async fn columns_of(&mut self, described: Vec<(String, u32)>) -> Result<Arc<[Column]>, Error> {
        let mut columns = Vec::with_capacity(described.len());
        for (name, oid) in described {
            columns.push(Column::new(name, self.type_of(oid).await?));
        }
        Ok(columns.into())
    }

    /// The same in the middle of an answer. The first time that a type is met there, all that is under way is taken in
    /// before the server is asked, and dealt with afterwards.
    pub(crate) async fn resolve_between(
        &mut self,
        described: Vec<(String, u32)>,
    ) -> Result<Arc<[Column]>, Error> {
        if described.iter().all(|(_, oid)| self.known(*oid).is_some()) {
            return self.columns_of(described).await;
        }
        let (asked, answered) = (self.asked, self.answered);
        let mut kept = Vec::new();
        while self.answered < self.asked {
            // A refusal belongs to who waits for it.
            self.message().await?;
            self.inbound.keep(&mut kept);
        }
        let columns = self.columns_of(described).await;
        // To the end of the last answer, whatever became of it.
        while self.answered < self.asked {
            self.message().await?;
        }
        self.inbound.put_back(kept);
        (self.asked, self.answered) = (asked, answered);
        columns
    }

    fn known(&self, oid: u32) -> Option<Type> {
        Type::from_oid(oid).or_else(|| self.types.get(&oid).cloned())
    }

    async fn type_of(&mut self, oid: u32) -> Result<Type, Error> {
        if let Some(known) = self.known(oid) {
            return Ok(known);
        }
        let ticket = self.execute_unnamed(TYPE, &Oid(oid))?;
        self.reach(&ticket).await?;
        let mut found = None;
        loop {
            match self.message().await? {
                frame::READY => break,
                frame::ERROR => return Err(self.refused()),
                frame::DATA_ROW => {
                    let read = cells(self.inbound.body(), &mut self.cells);
                    self.read(read)?;
                    let row = Row::new(self.inbound.body(), &self.cells, &[]);
                    let ty = made_of(row, found.take()).ok_or(Error::Unexpected("to a question for a type"));
                    let ty = self.read(ty)?;
                    self.types.insert(ty.oid(), ty.clone());
                    found = Some(ty);
                }
                _ => {}
            }
        }
        found.ok_or(Error::Unexpected("a column of a type that does not exist"))
    }
}

/// A type by its row of the catalogue, and what it is made of.
fn made_of(row: Row<'_>, inner: Option<Type>) -> Option<Type> {
    let number = |position| Some(u32::from_be_bytes(row.get(position)??.try_into().ok()?));
    let text = |position| Some(String::from_utf8_lossy(row.get(position)??).into_owned());
    let (oid, name, kind, element, schema) = (number(0)?, text(1)?, row.get(2)??, number(3)?, text(4)?);
    if let Some(own) = Type::from_oid(oid) {
        return Some(own);
    }
    let kind = match (kind, inner) {
        // Which labels it has does not matter here.
        (b"e", _) => Kind::Enum(Vec::new()),
        (b"d", Some(base)) => Kind::Domain(base),
        (b"p", _) => Kind::Pseudo,
        (_, Some(inner)) if element != 0 => Kind::Array(inner),
        _ => Kind::Simple,
    };
    Some(Type::new(name, oid, kind, schema))
}

/// The number of a type, as a parameter.
struct Oid(u32);

impl Parameters for Oid {
    fn len(&self) -> usize {
        1
    }

    fn declared(&self, _index: usize) -> Type {
        Type::OID
    }

    fn is_text(&self, _index: usize, _ty: &Type) -> bool {
        false
    }

    fn write(&self, _index: usize, _ty: &Type, out: &mut BytesMut) -> Result<bool, Unfit> {
        out.put_u32(self.0);
        Ok(true)
    }
}
