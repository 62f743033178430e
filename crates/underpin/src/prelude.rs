//! What almost every file of an adapter uses, in one import: `use underpin::prelude::*;`.

pub use crate::{
    Column, Connect, ConnectBlocking, Database, Entity, Events, MappingError, Outgoing, Schema,
    SchemaBuilder, Store, Table, UnitOfWork,
};
