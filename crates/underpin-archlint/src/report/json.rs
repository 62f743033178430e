//! The report for programs.

use serde_json::json;

use super::Report;

pub(super) fn write(report: &Report) -> String {
    let mut value = serde_json::to_value(report).unwrap_or_default();
    value["kept"] = json!(report.is_kept());
    if let Some(contracts) = value["contracts"].as_array_mut() {
        for contract in contracts {
            let broken = contract["violations"].as_array().is_some_and(|all| !all.is_empty());
            contract["verdict"] = json!(if broken { "broken" } else { "kept" });
        }
    }
    format!("{value:#}\n")
}
