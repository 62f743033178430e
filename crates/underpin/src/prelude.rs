//! What almost every file of an adapter uses, in one import: `use underpin::prelude::*;`.

pub use crate::{
    Aggregate, Column, Connect, ConnectBlocking, Database, Entity, Events, HasMany, HasOne, ManyToMany,
    MappingError, Outgoing, Schema, SchemaBuilder, Store, Table, UnitOfWork,
};
