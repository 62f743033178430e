//! The gets of the pool workload without a pool: ten tasks with a connection each, which take one key after the other. What a
//! pool costs is the difference.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use deadpool_postgres::Object;
use tokio::task::JoinSet;

use super::{connections, get_on};
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::{CONNECTIONS, Pool};

pub(super) struct Held {
    clients: Vec<Arc<Object>>,
}

impl Contender<Pool> for Held {
    const TECHNIQUE: &'static str = "no pool: ten tasks, a connection each";

    async fn open(place: &Place) -> Result<Self> {
        let connections = connections(&place.url, CONNECTIONS)?;
        let mut clients = Vec::new();
        for _ in 0..CONNECTIONS {
            clients.push(Arc::new(connections.get().await?));
        }
        Ok(Self { clients })
    }

    async fn run(&mut self, tasks: Vec<Vec<String>>) -> Result<Tally> {
        let mut running = JoinSet::new();
        let ids: Arc<[String]> = tasks.into_iter().flatten().collect();
        let next = Arc::new(AtomicUsize::new(0));
        for client in &self.clients {
            let (client, ids, next) = (Arc::clone(client), Arc::clone(&ids), Arc::clone(&next));
            running.spawn(async move {
                let mut tally = Tally::default();
                while let Some(id) = ids.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let user = get_on(&client, id).await?;
                    tally.user(&user.id, &user.email, user.email_verified, user.created_at, user.updated_at);
                }
                Result::Ok(tally)
            });
        }
        let mut total = Tally::default();
        while let Some(tally) = running.join_next().await {
            total = total.plus(tally??);
        }
        Ok(total)
    }
}
