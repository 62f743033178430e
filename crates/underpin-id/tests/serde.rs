//! With the feature `with-serde-1` an id is its text, in and out.

use underpin_id::{Id, Prefix};

#[derive(Debug)]
struct User;

impl Prefix for User {
    const PREFIX: &'static str = "user";
}

#[test]
fn an_id_is_its_text() {
    let id: Id<User> = "user_01h455vb4pex5vsknk084sn02q".parse().unwrap();
    let json = serde_json::to_string(&id).unwrap();
    assert_eq!(json, "\"user_01h455vb4pex5vsknk084sn02q\"");
    assert_eq!(serde_json::from_str::<Id<User>>(&json).unwrap(), id);
    assert_eq!(serde_json::from_value::<Id<User>>(id.to_string().into()).unwrap(), id);
}

#[test]
fn what_is_no_id_is_refused_and_not_repeated() {
    for (json, why) in [
        ("\"team_01h455vb4pex5vsknk084sn02q\"", "it must begin with `user_`"),
        ("\"user_hunter2\"", "26 characters"),
        ("7", "expected the text of a `user` id"),
        ("null", "expected the text of a `user` id"),
    ] {
        let error = serde_json::from_str::<Id<User>>(json).unwrap_err().to_string();
        assert!(error.contains(why) && !error.contains("hunter2"), "{error}");
    }
}
