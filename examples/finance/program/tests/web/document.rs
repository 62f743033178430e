//! The OpenAPI document says what the server does: routes, methods, parameters.

use std::collections::BTreeSet;

use crate::scratch::Scratch;
use crate::server::Server;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

#[test]
fn every_method_of_a_path_is_documented_and_no_other_is_served() {
    let server = Server::start(Scratch::sqlite());
    let document = server.get("/openapi.json").json();
    let paths = document["paths"].as_object().expect("paths");
    assert!(paths.len() >= 6, "{paths:?}");
    for (path, methods) in paths {
        let documented: BTreeSet<&str> =
            methods.as_object().expect("methods").keys().map(String::as_str).collect();
        let served = METHODS.into_iter().filter(|method| {
            server.send(&method.to_uppercase(), &path.replace("{id}", "x"), "").status != 405
        });
        assert_eq!(documented, served.collect(), "{path}");
    }
}

#[test]
fn the_parameters_are_those_that_are_known() {
    let server = Server::start(Scratch::sqlite());
    let document = server.get("/openapi.json").json();
    for (path, count) in [("/users", 2), ("/events", 3)] {
        let parameters = document["paths"][path]["get"]["parameters"].as_array().expect("parameters").clone();
        assert_eq!(parameters.len(), count, "{path}");
        for name in parameters.iter().filter_map(|parameter| parameter["name"].as_str()) {
            // Empty is wrong for each of them; what is not known says something else.
            let problem = server.get(&format!("{path}?{name}=")).problem(422);
            assert_eq!(problem["field"], name);
            let detail = problem["detail"].as_str().expect("a sentence");
            assert!(!detail.contains("no such parameter"), "{name}: {detail}");
        }
    }
}

#[test]
fn every_route_but_two_asks_for_the_token() {
    let server = Server::start(Scratch::sqlite());
    let document = server.get("/openapi.json").json();
    assert_eq!(document["security"], serde_json::json!([{ "token": [] }]));
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let is_open = operation["security"].as_array().is_some_and(Vec::is_empty);
            let status = crate::client::send(server.address, &method.to_uppercase(), path, "", "").status;
            assert_eq!(is_open, status != 401, "{method} {path}: {status}");
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let server = Server::start(Scratch::sqlite());
    let answer = server.get("/openapi.json");
    let document = answer.json();
    let references: Vec<&str> =
        answer.body.split("\"$ref\": \"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(references.len() > 20, "{references:?}");
    for reference in references {
        assert!(document.pointer(reference).is_some(), "{reference}");
    }
}
