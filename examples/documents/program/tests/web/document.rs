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
    assert!(paths.len() >= 6, "{paths:?}");
    for (path, methods) in paths {
        let documented: BTreeSet<&str> =
            methods.as_object().expect("methods").keys().map(String::as_str).collect();
        let served = METHODS.into_iter().filter(|method| {
            send(server.address, &method.to_uppercase(), &path.replace("{id}", "x"), "").status != 405
        });
        assert_eq!(documented, served.collect(), "{path}");
    }
}

#[test]
fn the_parameters_are_those_that_are_known() {
    let server = Server::start(Scratch::sqlite());
    let document = server.get("/openapi.json").json();
    for path in ["/documents", "/borrowers"] {
        let parameters = document["paths"][path]["get"]["parameters"].as_array().expect("parameters").clone();
        assert!(parameters.len() >= 2);
        for name in parameters.iter().filter_map(|parameter| parameter["name"].as_str()) {
            // Empty is wrong for each of them; what is not known says something else.
            let known = server.get(&format!("{path}?{name}="));
            assert_eq!(known.field(422), name);
            let unknown = server.get(&format!("{path}?x{name}="));
            assert_ne!(known.json()["detail"], unknown.json()["detail"], "{name}");
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
