//! The workloads of aggregates: orders of three tables.

use underpin::{
    Aggregate, Database, Events, HasMany, MappingError, Schema, SchemaBuilder, Store, Table, aggregate,
};

use crate::domain::{Item, Line, Order};
use crate::failure::Result;
use crate::stage::{Database as System, Place};
use crate::tally::Tally;
use crate::variant::Contender;
use crate::variant::roster::Roster;
use crate::workload::{LoadAggregates, SaveAggregate, change};

/// The marker.
struct Shop;

impl Store for Shop {
    fn schema() -> SchemaBuilder {
        Schema::builder()
            .table::<OrderRow>()
            .table::<LineRow>()
            .table::<ItemRow>()
            .verify(aggregate::<Self, Order>)
    }
}

#[derive(Table)]
#[table(name = "orders")]
struct OrderRow {
    #[column(primary_key)]
    id: i64,
    customer: String,
    #[column(version)]
    version: i64,
}

#[derive(Table)]
#[table(name = "order_lines")]
struct LineRow {
    #[column(primary_key)]
    id: i64,
    #[column(references = OrderRow::ID, index)]
    order_id: i64,
    product: String,
    quantity: i32,
}

#[derive(Table)]
#[table(name = "line_items")]
struct ItemRow {
    #[column(primary_key)]
    id: i64,
    #[column(references = LineRow::ID, index)]
    line_id: i64,
    label: String,
}

impl Aggregate<Shop> for Order {
    type Row = OrderRow;
    type Parts = (HasMany<(LineRow, (HasMany<ItemRow>,))>,);

    fn to_rows(&self) -> (OrderRow, Self::Parts) {
        let lines = self.lines.iter().map(|line| {
            let item = |item: &Item| ItemRow { id: item.id, line_id: line.id, label: item.label.clone() };
            let row = LineRow {
                id: line.id,
                order_id: self.id,
                product: line.product.clone(),
                quantity: line.quantity,
            };
            (row, (line.items.iter().map(item).collect(),))
        });
        let row = OrderRow { id: self.id, customer: self.customer.clone(), version: self.version };
        (row, (lines.collect(),))
    }

    fn from_rows(row: OrderRow, (lines,): Self::Parts) -> std::result::Result<Self, MappingError> {
        let OrderRow { id, customer, version } = row;
        let item = |row: ItemRow| Item { id: row.id, label: row.label };
        let line = |(row, (items,)): (LineRow, (Vec<ItemRow>,))| Line {
            id: row.id,
            product: row.product,
            quantity: row.quantity,
            items: items.into_iter().map(item).collect(),
        };
        Ok(Self { id, customer, version, lines: lines.into_iter().map(line).collect() })
    }
}

impl Events<Shop> for Order {}

pub(super) fn enlist(roster: &mut Roster) {
    roster
        .desk("underpin", System::Postgres)
        .enter::<LoadAggregates, OnDatabase>()
        .enter::<LoadAggregates, InUnitOfWork>()
        .enter::<SaveAggregate, Loaded>();
}

async fn connect(place: &Place) -> Result<Database<Shop>> {
    use underpin::Connect as _;
    let options = underpin::ConnectOptions::parse(&place.url)?.pool_size(1, 0);
    Ok(Database::connect_with(options).await?)
}

/// The database itself: nothing is tracked.
struct OnDatabase(Database<Shop>);

impl Contender<LoadAggregates> for OnDatabase {
    const TECHNIQUE: &'static str = "select";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self(connect(place).await?))
    }

    async fn run(&mut self, (): ()) -> Result<Tally> {
        let orders = self.0.select::<Order>().order_by(OrderRow::ID.asc()).all().await?;
        Ok(Tally::of_orders(&orders))
    }
}

/// A unit of work, which keeps a copy of every row.
struct InUnitOfWork(Database<Shop>);

impl Contender<LoadAggregates> for InUnitOfWork {
    const TECHNIQUE: &'static str = "select in a unit of work";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self(connect(place).await?))
    }

    async fn run(&mut self, (): ()) -> Result<Tally> {
        let mut uow = self.0.begin().await?;
        let orders = uow.select::<Order>().order_by(OrderRow::ID.asc()).all().await?;
        let tally = Tally::of_orders(&orders);
        uow.rollback().await?;
        Ok(tally)
    }
}

/// An order that an earlier request has loaded.
struct Loaded {
    database: Database<Shop>,
    order: Option<Order>,
}

impl Contender<SaveAggregate> for Loaded {
    const TECHNIQUE: &'static str = "unit of work, attached aggregate";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { database: connect(place).await?, order: None })
    }

    async fn prepare(&mut self, id: &i64) -> Result<()> {
        self.order = self.database.get::<Order>(*id).await?;
        Ok(())
    }

    async fn run(&mut self, _: i64) -> Result<()> {
        let mut order = self.order.take().ok_or("the order is loaded")?;
        let mut uow = self.database.begin().await?;
        uow.attach(&order)?;
        change(&mut order);
        uow.save(&mut order)?;
        Ok(uow.commit().await?)
    }
}
