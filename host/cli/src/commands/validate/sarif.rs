//! Findings as a SARIF 2.1.0 log. Only what code scanning reads: a crate for all of SARIF is generated from its schema, and these
//! are eight of its eighty objects.

use pact_model::finding::{Severity, codes};
use serde_json::{Value, json};

use super::document::Placed;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Returns the log of one run. Its rules are those that findings name.
pub(super) fn log(findings: &[Placed]) -> Value {
    let mut named: Vec<&str> = findings.iter().map(|placed| placed.finding.code.as_str()).collect();
    named.sort_unstable();
    named.dedup();
    let rules: Vec<Value> = named
        .into_iter()
        .map(|code| match codes::find(code) {
            Some(rule) => json!({
                "id": code,
                "shortDescription": {"text": rule.why},
                "help": {"text": format!("{} Example: {}", rule.mend, rule.example)},
            }),
            None => json!({"id": code}),
        })
        .collect();
    let results: Vec<Value> = findings.iter().map(result).collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "pact", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn result(placed: &Placed) -> Value {
    let finding = &placed.finding;
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut physical = json!({"artifactLocation": {"uri": finding.file, "uriBaseId": "%SRCROOT%"}});
    if let Some(line) = placed.line {
        physical["region"] = json!({"startLine": line});
    }
    let mut location = json!({"physicalLocation": physical});
    if !finding.pointer.is_empty() {
        location["logicalLocations"] = json!([{"fullyQualifiedName": finding.pointer}]);
    }
    json!({"ruleId": finding.code, "level": level, "message": {"text": finding.message}, "locations": [location]})
}

#[cfg(test)]
mod tests {
    use pact_model::finding::Finding;

    use super::*;

    #[test]
    fn a_log_has_its_rules_levels_and_places() {
        let finding =
            Finding::error("zero-version", "contracts/a/interface.json", "/version", "versions count from one");
        let whole = Finding::warning("uncovered-verb", "task.md", "", "nobody sends");
        let findings = [Placed { finding, line: Some(4) }, Placed { finding: whole, line: None }];
        let log = log(&findings);
        let run = &log["runs"][0];
        assert_eq!(log["version"], "2.1.0");
        assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "uncovered-verb");
        assert_eq!(run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"], 4);
        assert_eq!(run["results"][0]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "/version");
        assert_eq!(run["results"][1]["level"], "warning");
        assert_eq!(run["results"][1]["locations"][0]["physicalLocation"].get("region"), None);
    }
}
