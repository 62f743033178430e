//! tokio-postgres behind deadpool-postgres, `Fast`: a connection is handed out without a ping.

mod held;
mod point_get;
mod pool;

use deadpool_postgres::{Client, Manager, ManagerConfig, Pool as Connections, RecyclingMethod, Runtime};
use tokio_postgres::{NoTls, Row};

use super::roster::Roster;
use crate::domain::User;
use crate::failure::Result;
use crate::stage::Database;
use crate::workload::{PointGet, Pool};

const GET: &str = "
    SELECT id, email, email_verified, created_at, updated_at
    FROM users
    WHERE id = $1
";

/// Enters deadpool-postgres; in the pool it is what the others are compared with.
pub(crate) fn enlist(roster: &mut Roster) {
    roster
        .desk("deadpool-postgres", Database::Postgres)
        .enter::<PointGet, point_get::Get>()
        .enter::<Pool, pool::Tasks>()
        .enter::<Pool, held::Held>();
}

fn connections(url: &str, size: usize) -> Result<Connections> {
    let manager =
        Manager::from_config(url.parse()?, NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
    Ok(Connections::builder(manager).max_size(size).runtime(Runtime::Tokio1).build()?)
}

/// One checkout, one get by a statement that the connection has cached.
async fn get(connections: &Connections, id: &str) -> Result<User> {
    get_on(&connections.get().await?, id).await
}

async fn get_on(client: &Client, id: &str) -> Result<User> {
    let statement = client.prepare_cached(GET).await?;
    let row: Row = client.query_one(&statement, &[&id]).await?;
    Ok(User {
        id: row.try_get(0)?,
        email: row.try_get(1)?,
        email_verified: row.try_get(2)?,
        created_at: row.try_get(3)?,
        updated_at: row.try_get(4)?,
    })
}
