//! The report as annotations, one command a line, as GitHub's workflows read them.

use super::Report;

pub(super) fn write(report: &Report) -> String {
    let mut text = String::new();
    for contract in &report.contracts {
        for violation in &contract.violations {
            let steps: Vec<String> =
                violation.chain.steps.iter().map(|step| format!("{} -> {}", step.from, step.to)).collect();
            let mut message = vec![violation.rule.clone()];
            message.extend(steps);
            message.extend(contract.reason.as_ref().map(|reason| format!("why: {reason}")));
            let place = match violation.chain.steps.first() {
                Some(step) => format!("file={},line={},", property(&step.file), step.line),
                None => String::new(),
            };
            text += &format!(
                "::error {place}title={}::{}\n",
                property(&format!("archlint: {}", contract.id)),
                data(&message.join("\n"))
            );
        }
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
