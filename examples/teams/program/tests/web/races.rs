//! Requests that come at the same moment, on connections of their own.

use std::thread;

use serde_json::json;

use crate::server::on_each;

#[test]
fn of_two_maintainers_who_leave_one_stays() {
    on_each(|server| {
        let (ana, ben) = (server.user("Ana"), server.user("Ben"));
        for race in 0..10 {
            let team = format!("shop{race}");
            server.team(&team, &ana);
            server.join(&team, &ben, "maintainer");
            let leave = |user: &str| server.delete(&format!("/teams/{team}/members/{user}"));
            let mut statuses = thread::scope(|scope| {
                let both = [&ana, &ben].map(|user| scope.spawn(|| leave(user)));
                both.map(|one| one.join().expect("an answer").status)
            });
            statuses.sort_unstable();
            assert_eq!(statuses, [204, 409]);
            let members = server.get(&format!("/teams/{team}")).json()["members"].clone();
            assert_eq!(
                (members.as_array().map(Vec::len), &members[0]["role"]),
                (Some(1), &json!("maintainer"))
            );
        }
    });
}

#[test]
fn of_many_who_found_a_team_one_does() {
    on_each(|server| {
        let ana = server.user("Ana");
        let body = json!({ "slug": "shop", "name": "Shop", "founder": ana });
        let statuses = thread::scope(|scope| {
            let all: Vec<_> = (0..8).map(|_| scope.spawn(|| server.post("/teams", &body).status)).collect();
            all.into_iter().map(|one| one.join().expect("an answer")).collect::<Vec<_>>()
        });
        let founded = statuses.iter().filter(|status| **status == 201).count();
        let refused = statuses.iter().filter(|status| **status == 409).count();
        assert_eq!((founded, refused), (1, 7), "{statuses:?}");
    });
}

#[test]
fn changes_of_different_fields_are_all_kept() {
    on_each(|server| {
        let ana = server.user("Ana");
        server.team("shop", &ana);
        let path = format!("/items/{}", server.item("shop", "till"));
        let changes = [
            json!({ "name": "Till 2" }),
            json!({ "kind": "library" }),
            json!({ "description": "Takes the money." }),
            json!({ "attributes": { "tier": 1 } }),
        ];
        thread::scope(|scope| {
            for change in &changes {
                scope.spawn(|| assert_eq!(server.patch(&path, change).status, 200));
            }
        });
        let item = server.get(&path).json();
        for (field, value) in changes.iter().flat_map(|change| change.as_object().expect("an object")) {
            assert_eq!(&item[field], value);
        }
    });
}
