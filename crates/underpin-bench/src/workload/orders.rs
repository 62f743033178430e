//! The aggregates of two workloads: orders of ten lines of ten items.

use crate::failure::Result;
use crate::stage::Store;

/// Lines of an order, and items of a line.
pub(crate) const EACH: i64 = 10;

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS orders (
        id       bigint CONSTRAINT pk_orders PRIMARY KEY,
        customer text NOT NULL,
        version  bigint NOT NULL
    );

    CREATE TABLE IF NOT EXISTS order_lines (
        id       bigint CONSTRAINT pk_order_lines PRIMARY KEY,
        order_id bigint NOT NULL CONSTRAINT fk_order_lines_order_id_orders REFERENCES orders (id),
        product  text NOT NULL,
        quantity integer NOT NULL
    );
    CREATE INDEX IF NOT EXISTS ix_order_lines_order_id ON order_lines (order_id);

    CREATE TABLE IF NOT EXISTS line_items (
        id      bigint CONSTRAINT pk_line_items PRIMARY KEY,
        line_id bigint NOT NULL CONSTRAINT fk_line_items_line_id_order_lines REFERENCES order_lines (id),
        label   text NOT NULL
    );
    CREATE INDEX IF NOT EXISTS ix_line_items_line_id ON line_items (line_id);
";

/// The keys of lines and items follow from the order's: line 3 of order 7 is 703, its item 5 is 70305.
const FILL: &str = "
    TRUNCATE orders, order_lines, line_items;
    INSERT INTO orders
    SELECT o, 'customer ' || o, 1 FROM generate_series(1, 100) AS o;
    INSERT INTO order_lines
    SELECT o.id * 100 + l, o.id, 'product ' || l, l FROM orders AS o, generate_series(1, 10) AS l;
    INSERT INTO line_items
    SELECT l.id * 100 + i, l.id, 'item ' || i FROM order_lines AS l, generate_series(1, 10) AS i;
    ANALYZE orders, order_lines, line_items;
";

/// Creates the tables.
pub(crate) async fn create(store: &mut Store) -> Result<()> {
    store.script(TABLES).await
}

/// Fills them with a hundred orders, and with nothing else.
pub(crate) async fn fill(store: &mut Store) -> Result<()> {
    store.script(FILL).await
}
