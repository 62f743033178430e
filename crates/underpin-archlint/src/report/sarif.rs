//! The report in SARIF 2.1.0, which code scanning reads.

use serde_json::{Value, json};

use super::{Judged, Report};

pub(super) fn write(report: &Report) -> String {
    let rules: Vec<Value> = report.contracts.iter().map(rule).collect();
    let results: Vec<Value> = report.contracts.iter().enumerate().flat_map(results).collect();
    let value = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "underpin-archlint",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "results": results,
        }],
    });
    format!("{value:#}\n")
}

fn rule(contract: &Judged) -> Value {
    let mut rule = json!({ "id": contract.id, "name": contract.kind });
    if let Some(reason) = &contract.reason {
        rule["fullDescription"] = json!({ "text": reason });
    }
    if let Some(hint) = &contract.hint {
        rule["help"] = json!({ "text": hint });
    }
    rule
}

fn results((index, contract): (usize, &Judged)) -> Vec<Value> {
    let result = |violation: &crate::contract::Violation| {
        let places: Vec<Value> = violation
            .chain
            .steps
            .iter()
            .map(|step| {
                json!({
                    "physicalLocation": {
                        "artifactLocation": { "uri": step.file },
                        "region": { "startLine": step.line.max(1) },
                    },
                    "message": { "text": format!("{} -> {} ({})", step.from, step.to, step.kind) },
                })
            })
            .collect();
        json!({
            "ruleId": contract.id,
            "ruleIndex": index,
            "level": "error",
            "message": { "text": violation.rule },
            "locations": places.iter().take(1).collect::<Vec<_>>(),
            "relatedLocations": places.iter().skip(1).collect::<Vec<_>>(),
        })
    };
    contract.violations.iter().map(result).collect()
}
