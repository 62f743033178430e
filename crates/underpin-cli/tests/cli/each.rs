//! `--each`: several schemas or databases, a report for each.

use serde_json::json;

use crate::program::Project;
use crate::scratch::Scratch;

fn project(scratch: &Scratch) -> Project {
    let project = Project::of_three(scratch);
    for schema in ["tenant_a", "tenant_b", "tenant_c", "other"] {
        scratch.script(&format!("CREATE SCHEMA {schema}"));
    }
    project
}

fn tables(scratch: &Scratch, schema: &str) -> Vec<String> {
    scratch.column(&format!(
        "SELECT CAST(relname AS text) FROM pg_class WHERE relnamespace = CAST('{schema}' AS regnamespace) AND relkind = 'r' ORDER BY 1"
    ))
}

#[test]
fn a_pattern_means_every_schema_that_fits() {
    let scratch = Scratch::postgres();
    let project = project(&scratch);
    let told = project.run(&["upgrade", "002", "--each", "tenant_*"]).done();
    assert_eq!(told.out, "tenant_a  2 steps; at 002\ntenant_b  2 steps; at 002\ntenant_c  2 steps; at 002\n");
    for schema in ["tenant_a", "tenant_b", "tenant_c"] {
        assert_eq!(tables(&scratch, schema), ["one", "two", "underpin_revisions"]);
    }
    assert_eq!((tables(&scratch, "other").len(), tables(&scratch, "public").len()), (0, 0));
    let told = project.run(&["current", "--each", "tenant_*", "--each", "other"]).done();
    assert!(
        told.out.contains("tenant_c  002 (current)\n") && told.out.contains("other     nothing is applied\n"),
        "{told:?}"
    );
    project
        .run(&["current", "-c", "--each", "tenant_*"])
        .ended(1, "3 of 3 failed: tenant_a, tenant_b, tenant_c");
    project.run(&["upgrade", "--each", "customer_*"]).ended(2, "no schema fits customer_*");
}

#[test]
fn one_that_fails_is_named_and_the_others_go_on() {
    let scratch = Scratch::postgres();
    let project = project(&scratch);
    scratch.script("CREATE TABLE tenant_b.two (id integer)");
    let told = project.run(&["upgrade", "--each", "tenant_*"]).ended(3, "1 of 3 failed: tenant_b");
    assert!(told.err.contains("002.sql:7"), "{told:?}");
    assert!(told.out.contains("tenant_a  3 steps; at 003\ntenant_b  failed: "), "{told:?}");
    assert!(told.out.ends_with("tenant_c  3 steps; at 003\n"), "{told:?}");

    let told = project.run(&["upgrade", "--each", "tenant_*", "--each", "nobody", "--format", "json"]);
    assert_eq!(told.code, 3, "{told:?}");
    let report = told.json();
    assert_eq!(
        report[0],
        json!({"target": "tenant_a", "steps": [], "heads_before": ["003"], "heads_after": ["003"]})
    );
    assert_eq!(report[1]["target"], json!("tenant_b"));
    assert_eq!(report[1]["error"]["exit"], json!(3));
    assert!(report[1]["error"]["at"].as_str().unwrap().ends_with("002.sql:7"), "{report}");
    assert!(report[3]["error"]["message"].as_str().unwrap().contains("no schema nobody"), "{report}");
}

#[test]
fn fail_fast_leaves_out_the_rest() {
    let scratch = Scratch::postgres();
    let project = project(&scratch);
    scratch.script("CREATE TABLE tenant_a.one (id integer)");
    let told = project
        .run(&["upgrade", "--each", "tenant_*", "--fail-fast"])
        .ended(3, "the rest was left out: tenant_a");
    assert_eq!(told.out.lines().count(), 1, "{told:?}");
    assert_eq!(tables(&scratch, "tenant_b").len(), 0);
}

#[test]
fn databases_are_named_by_url_or_in_a_file() {
    let project = Project::of_three(&Scratch::sqlite());
    project.file("list.txt", "# ours\nsqlite:b.db\n\nsqlite:a.db\n");
    let told = project.run(&["upgrade", "--each", "sqlite:a.db", "--each-file", "list.txt"]).done();
    assert_eq!(told.out, "sqlite:a.db  3 steps; at 003\nsqlite:b.db  3 steps; at 003\n", "each once");
    let told = project.run(&["downgrade", "-1", "--each-file", "list.txt", "--dry-run"]).done();
    assert_eq!(told.out, "sqlite:b.db  would do 1 step; at 002\nsqlite:a.db  would do 1 step; at 002\n");
    let told = project.run(&["stamp", "001", "--each-file", "list.txt"]).done();
    assert_eq!(told.out.lines().count(), 2, "{told:?}");
    project.run(&["upgrade", "--each-file", "no.txt"]).ended(2, "no.txt");
    project.run(&["upgrade", "--each", "tenant_a"]).ended(2, "tenant_a is a schema");
    project.file("empty.txt", "# nobody\n");
    project.run(&["upgrade", "--each-file", "empty.txt"]).ended(2, "names no place");
}
