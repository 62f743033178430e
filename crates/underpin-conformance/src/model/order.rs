//! An order: an aggregate of five tables, whose keys the program gives.

use underpin::{Aggregate, Entity, Events, HasMany, HasOne, ManyToMany, MappingError, Outgoing, Table};

use super::{Suite, event};

/// An order: lines that have items, at most one address, and links to tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Key, given.
    pub id: i64,
    /// Who ordered.
    pub customer: String,
    /// The version as loaded.
    pub version: i64,
    /// By key.
    pub lines: Vec<Line>,
    /// Where to.
    pub address: Option<String>,
    /// Tags, each with the reason for it.
    pub tags: Vec<(i64, Option<String>)>,
    /// Whether an event waits.
    pub placed: bool,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Key, given.
    pub id: i64,
    /// Where it stands; no two lines of an order stand in one place.
    pub place: i32,
    /// How many.
    pub quantity: i32,
    /// Its items, by key.
    pub items: Vec<Item>,
}

/// An item of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Key, given.
    pub id: i64,
    /// What stands on it.
    pub label: String,
}

impl Order {
    /// An order without anything in it.
    #[must_use]
    pub fn new(id: i64, customer: &str) -> Self {
        let (lines, tags) = (Vec::new(), Vec::new());
        Self { id, customer: customer.to_owned(), version: 1, lines, address: None, tags, placed: false }
    }

    /// An order of so many lines of so many items each; the keys start at the order's times 1000.
    #[must_use]
    pub fn filled(id: i64, lines: i64, items: i64) -> Self {
        let item = |line: i64, item| Item { id: line * 100 + item, label: format!("item {item}") };
        let line = |line| {
            let id = id * 100 + line;
            let place = i32::try_from(line).unwrap_or(i32::MAX);
            Line { id, place, quantity: 1, items: (1..=items).map(|at| item(id, at)).collect() }
        };
        Self { lines: (1..=lines).map(line).collect(), ..Self::new(id, "somebody") }
    }
}

/// A row of orders.
#[derive(Table)]
#[table(name = "orders")]
pub struct OrderRow {
    #[column(primary_key)]
    pub id: i64,
    #[column(length = 60)]
    pub customer: String,
    #[column(version)]
    pub version: i64,
}

/// A row of order_lines.
#[derive(Table)]
#[table(name = "order_lines", unique(columns = [order_id, place]))]
pub struct LineRow {
    #[column(primary_key)]
    pub id: i64,
    #[column(references = OrderRow::ID)]
    pub order_id: i64,
    pub place: i32,
    pub quantity: i32,
}

/// A row of line_items.
#[derive(Table)]
#[table(name = "line_items")]
pub struct ItemRow {
    #[column(primary_key)]
    pub id: i64,
    #[column(references = LineRow::ID, index)]
    pub line_id: i64,
    #[column(length = 60)]
    pub label: String,
}

/// A row of order_addresses: its key is the order's.
#[derive(Table)]
#[table(name = "order_addresses")]
pub struct AddressRow {
    #[column(primary_key, references = OrderRow::ID)]
    pub order_id: i64,
    pub street: String,
}

/// A row of tags.
#[derive(Table)]
#[table(name = "tags")]
pub struct TagRow {
    #[column(primary_key)]
    pub id: i64,
    #[column(unique, length = 60)]
    pub name: String,
}

/// A row of order_tags.
#[derive(Table)]
#[table(name = "order_tags")]
pub struct OrderTagRow {
    #[column(primary_key, references = OrderRow::ID)]
    pub order_id: i64,
    #[column(primary_key, references = TagRow::ID)]
    pub tag_id: i64,
    pub reason: Option<String>,
}

impl Aggregate<Suite> for Order {
    type Row = OrderRow;
    type Parts = (HasMany<(LineRow, (HasMany<ItemRow>,))>, HasOne<AddressRow>, ManyToMany<OrderTagRow>);

    fn to_rows(&self) -> (OrderRow, (Vec<(LineRow, (Vec<ItemRow>,))>, Option<AddressRow>, Vec<OrderTagRow>)) {
        let order_id = self.id;
        let line = |line: &Line| {
            let Line { id, place, quantity, items } = line;
            let item = |item: &Item| ItemRow { id: item.id, line_id: *id, label: item.label.clone() };
            let row = LineRow { id: *id, order_id, place: *place, quantity: *quantity };
            (row, (items.iter().map(item).collect(),))
        };
        let address = self.address.clone().map(|street| AddressRow { order_id, street });
        let tag = |(tag, reason): &(i64, Option<String>)| OrderTagRow {
            order_id,
            tag_id: *tag,
            reason: reason.clone(),
        };
        let row = OrderRow { id: self.id, customer: self.customer.clone(), version: self.version };
        (row, (self.lines.iter().map(line).collect(), address, self.tags.iter().map(tag).collect()))
    }

    fn from_rows(
        row: OrderRow,
        (lines, address, tags): (Vec<(LineRow, (Vec<ItemRow>,))>, Option<AddressRow>, Vec<OrderTagRow>),
    ) -> Result<Self, MappingError> {
        let item = |row: ItemRow| Item { id: row.id, label: row.label };
        let line = |(row, (items,)): (LineRow, (Vec<ItemRow>,))| Line {
            id: row.id,
            place: row.place,
            quantity: row.quantity,
            items: items.into_iter().map(item).collect(),
        };
        Ok(Self {
            id: row.id,
            customer: row.customer,
            version: row.version,
            lines: lines.into_iter().map(line).collect(),
            address: address.map(|row| row.street),
            tags: tags.into_iter().map(|row| (row.tag_id, row.reason)).collect(),
            placed: false,
        })
    }
}

impl Events<Suite> for Order {
    fn drain(&mut self, out: &mut Outgoing) {
        if std::mem::take(&mut self.placed) {
            out.push(event("order_placed", "order", self.id));
        }
    }
}

/// A tag: no part of any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Key, given.
    pub id: i64,
    /// Unique.
    pub name: String,
}

impl Entity<Suite> for Tag {
    type Row = TagRow;

    fn to_row(&self) -> TagRow {
        TagRow { id: self.id, name: self.name.clone() }
    }

    fn from_row(row: TagRow) -> Result<Self, MappingError> {
        Ok(Self { id: row.id, name: row.name })
    }
}

impl Events<Suite> for Tag {}

/// The head of an order alone: another view of the same row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderHead(
    /// The order's key.
    pub i64,
    /// Who ordered.
    pub String,
    /// The version as loaded.
    pub i64,
);

impl Entity<Suite> for OrderHead {
    type Row = OrderRow;

    fn to_row(&self) -> OrderRow {
        OrderRow { id: self.0, customer: self.1.clone(), version: self.2 }
    }

    fn from_row(row: OrderRow) -> Result<Self, MappingError> {
        Ok(Self(row.id, row.customer, row.version))
    }
}

impl Events<Suite> for OrderHead {}
