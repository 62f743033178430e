//! The OpenAPI document says what the server does: routes, methods, parameters.

use std::collections::BTreeSet;

use crate::client::send;
use crate::scratch::Scratch;
use crate::server::Server;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

#[test]
fn every_method_of_a_path_is_documented_and_no_other_is_served() {
    let server = Server::start(Scratch::sqlite());
    let document = server.get("/openapi.json").json();
    let paths = document["paths"].as_object().expect("paths");
    assert_eq!(paths.len(), 11);
    for (path, methods) in paths {
        let documented: BTreeSet<&str> =
            methods.as_object().expect("methods").keys().map(String::as_str).collect();
        let place = path.replace("{id}", "x").replace("{team}", "x").replace("{user}", "x");
        let served = METHODS
            .into_iter()
            .filter(|method| send(server.address, &method.to_uppercase(), &place, "").status != 405);
        assert_eq!(documented, served.collect(), "{path}");
    }
}

#[test]
fn the_parameters_are_those_that_are_known() {
    let server = Server::start(Scratch::sqlite());
    let document = server.get("/openapi.json").json();
    for (path, count) in [("/users", 2), ("/teams", 2), ("/items", 4)] {
        let parameters = document["paths"][path]["get"]["parameters"].as_array().expect("parameters");
        let names: Vec<&str> = parameters.iter().filter_map(|parameter| parameter["name"].as_str()).collect();
        assert_eq!(names.len(), count);
        for name in names {
            // Empty is wrong for each of them; what is not known says something else.
            let answer = server.get(&format!("{path}?{name}="));
            assert_eq!(answer.field(422), name);
            let detail = answer.json()["detail"].as_str().expect("a detail").to_owned();
            assert!(!detail.starts_with("there is no such parameter"), "{name}");
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
    assert!(references.len() > 60, "{references:?}");
    for reference in references {
        assert!(document.pointer(reference).is_some(), "{reference}");
    }
}
