//! What the interface answers, to right and to wrong requests.

use serde_json::json;

use crate::client::send;
use crate::scratch::Scratch;
use crate::server::{Server, on_each, path};

const CARS: [(&str, &str, u16, &str); 6] = [
    ("Kia", "Rio", 2020, "199999.90"),
    ("kia", "Ceed", 2021, "9999999999.99"),
    ("Seat", "Ibiza", 2019, "0.01"),
    ("100%", "a_b", 1886, "10"),
    ("O'Neil;", "\"X\" & Y=Z", 2100, "9.99"),
    ("Škoda", "'; DROP TABLE cars; --", 2000, "9.9"),
];

#[test]
fn a_search_has_all_filters() {
    on_each(|server| {
        server.add(&CARS);
        for (query, models) in [
            (&[][..], &["Ibiza", "'; DROP TABLE cars; --", "\"X\" & Y=Z", "a_b", "Rio", "Ceed"][..]),
            (&[("make", "KIA")], &["Rio", "Ceed"]),
            (&[("make", "škoda")], &["'; DROP TABLE cars; --"]),
            (&[("model", "'; drop table CARS; --")], &["'; DROP TABLE cars; --"]),
            (&[("model", "\"x\" & y=z")], &["\"X\" & Y=Z"]),
            (&[("make", "%")], &[]),
            (&[("make", "100%")], &["a_b"]),
            (&[("model", "a_b")], &["a_b"]),
            (&[("model", "axb")], &[]),
            (&[("year_from", "2020"), ("year_to", "2021")], &["Rio", "Ceed"]),
            (&[("price_from", "9.99"), ("price_to", "10")], &["\"X\" & Y=Z", "a_b"]),
            (&[("price_from", "9999999999.99")], &["Ceed"]),
            (&[("make", "kia"), ("year_to", "2020"), ("price_to", "199999.90")], &["Rio"]),
            (&[("limit", "1"), ("offset", "5")], &["Ceed"]),
            (&[("offset", "9223372036854775807")], &[]),
        ] {
            assert_eq!(server.texts(query, "model"), models, "{query:?}");
        }
        assert_eq!(server.texts(&[("year_to", "1886")], "price_mxn"), ["10.00"]);
    });
}

#[test]
fn a_bad_query_is_a_422_that_names_the_field() {
    on_each(|server| {
        server.add(&CARS);
        let long = "x".repeat(101);
        for (query, field) in [
            (&[("make", "")][..], "make"),
            (&[("make", " ")], "make"),
            (&[("model", "a\0b")], "model"),
            (&[("model", &long)], "model"),
            (&[("year_from", "soon")], "year_from"),
            (&[("year_from", "")], "year_from"),
            (&[("year_to", "2101")], "year_to"),
            (&[("year_to", "99999999999999999999")], "year_to"),
            (&[("price_from", "-1")], "price_from"),
            (&[("price_to", "1.005")], "price_to"),
            (&[("price_to", "1e3")], "price_to"),
            (&[("price_to", "10000000000")], "price_to"),
            (&[("year_from", "2001"), ("year_to", "2000")], "year_from"),
            (&[("price_from", "2"), ("price_to", "1.99")], "price_from"),
            (&[("limit", "0")], "limit"),
            (&[("limit", "201")], "limit"),
            (&[("limit", "many")], "limit"),
            (&[("offset", "-1")], "offset"),
            (&[("offset", "9223372036854775808")], "offset"),
            (&[("after", "x")], "after"),
            (&[("after", "1.00_car_01h455vb4pex5vsknk084sn02q"), ("offset", "1")], "offset"),
            (&[("make", "Kia"), ("make", "Seat")], "make"),
            (&[("prise_to", "1")], "prise_to"),
        ] {
            let answer = server.get(&path("/cars", query));
            assert_eq!(answer.field(422), field, "{query:?}");
            assert!(answer.json()["detail"].is_string(), "{query:?}");
        }
    });
}

#[test]
fn pages_by_key_are_those_by_offset() {
    on_each(|server| {
        let cars: Vec<_> = (0..50).map(|number| ("Kia", "Rio", 2020, ["1", "2", "3"][number % 3])).collect();
        server.add(&cars);
        let by_offset: Vec<String> = (0..8)
            .flat_map(|page| {
                let offset = (page * 7).to_string();
                server.texts(&[("limit", "7"), ("offset", &offset)], "id")
            })
            .collect();
        let mut by_key = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let mut query = vec![("limit", "7")];
            query.extend(after.as_deref().map(|after| ("after", after)));
            let page = server.get(&path("/cars", &query)).json();
            let cars = page["cars"].as_array().expect("cars");
            by_key.extend(cars.iter().map(|car| car["id"].as_str().expect("an id").to_owned()));
            let Some(next) = page["next"].as_str() else { break };
            after = Some(next.to_owned());
        }
        assert_eq!(by_key, by_offset);
        by_key.sort();
        by_key.dedup();
        assert_eq!(by_key.len(), 50);
    });
}

#[test]
fn a_car_is_found_by_its_id() {
    on_each(|server| {
        let id = server.add(&CARS)[1].clone();
        let car = server.get(&format!("/cars/{id}")).json();
        let expected =
            json!({ "id": id, "make": "kia", "model": "Ceed", "year": 2021, "price_mxn": "9999999999.99" });
        assert_eq!(car, expected);
        for id in ["car_01h455vb4pex5vsknk084sn02q", "x", "user_01h455vb4pex5vsknk084sn02q", "%00", "%FF"] {
            let status = server.get(&format!("/cars/{id}")).status;
            assert!(status == 404 || (id == "%FF" && status == 400), "{id}: {status}");
        }
    });
}

#[test]
fn an_offer_is_taken_as_a_whole_or_not_at_all() {
    on_each(|server| {
        let good = json!({ "make": "Kia", "model": "Rio", "year": 2020, "price_mxn": "1" });
        let with = |name: &str, value: serde_json::Value| {
            let mut car = good.clone();
            car[name] = value;
            json!({ "cars": [good, car] })
        };
        for (body, field) in [
            (with("price_mxn", json!("1.005")), "cars[1].price_mxn"),
            (with("price_mxn", json!(1.5)), "cars[1].price_mxn"),
            (with("price_mxn", json!("9999999999999")), "cars[1].price_mxn"),
            (with("year", json!(1885)), "cars[1].year"),
            (with("year", json!("2020")), "cars[1].year"),
            (with("make", json!("")), "cars[1].make"),
            (with("model", json!("a\u{0}b")), "cars[1].model"),
            (json!({ "cars": [] }), "cars"),
            (json!({ "cars": vec![good.clone(); 201] }), "cars"),
        ] {
            assert_eq!(server.post(&body).field(422), field);
        }
        for body in [with("colour", json!("red")), json!({}), json!({ "cars": [{}] }), json!([])] {
            server.post(&body).field(422);
        }
        send(server.address, "POST", "/cars", "{\"cars\": [").field(400);
        assert!(server.texts(&[], "id").is_empty(), "nothing of a refused offer is kept");
        assert_eq!(server.post(&json!({ "cars": vec![good; 200] })).status, 201);
        assert_eq!(server.texts(&[("limit", "200")], "id").len(), 200);
    });
}

#[test]
fn statistics_are_exact() {
    on_each(|server| {
        server.add(&[("Kia", "A", 2020, "0.1"), ("Kia", "B", 2020, "0.2"), ("Seat", "C", 2020, "1")]);
        let stats = server.get("/stats").json();
        let kia = json!({
            "make": "Kia", "cars": 2, "lowest_mxn": "0.10", "average_mxn": "0.15", "highest_mxn": "0.20",
            "total_mxn": "0.30",
        });
        assert_eq!(stats["makes"][0], kia);
        assert_eq!(stats["makes"].as_array().map(Vec::len), Some(2));
    });
}

#[test]
fn what_is_not_there_is_a_problem_too() {
    let server = Server::start(Scratch::sqlite());
    for (method, path, status) in
        [("GET", "/nothing", 404), ("DELETE", "/cars", 405), ("PUT", "/cars/x", 405), ("POST", "/stats", 405)]
    {
        send(server.address, method, path, "").field(status);
    }
    assert_eq!((server.get("/health").status, server.get("/ready").status), (204, 204));
}

#[test]
fn a_server_that_is_asked_to_stop_ends_well() {
    let server = Server::start(Scratch::sqlite());
    assert_eq!(server.get("/health").status, 204);
    assert_eq!(server.stop(), Some(0));
}
