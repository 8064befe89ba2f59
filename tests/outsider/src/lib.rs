//! Finds functions that are longer than a page.

use pact_sdk::assessor::{AssessError, Assessor, Description, Facts, Finding, FindingCode, Severity, SymbolKind};

const PAGE: u32 = 40;

struct LongFunction;

impl Assessor for LongFunction {
    fn describe() -> Description {
        Description {
            title: "long functions: longer than a page".to_owned(),
            codes: vec![FindingCode {
                code: "long-function".to_owned(),
                meaning: format!("The function has more than {PAGE} lines."),
            }],
        }
    }

    fn assess(facts: Facts, settings: String) -> Result<Vec<Finding>, AssessError> {
        if settings != "{}" {
            return Err(AssessError::InvalidInput("`long-function` has no settings".to_owned()));
        }
        let mut findings = Vec::new();
        for symbol in facts.files.into_iter().filter(|file| !file.is_test).flat_map(|file| file.symbols) {
            let lines = symbol.last_line - symbol.place.line + 1;
            if matches!(symbol.kind, SymbolKind::Function | SymbolKind::Method) && lines > PAGE {
                findings.push(Finding {
                    code: "long-function".to_owned(),
                    severity: Severity::Warning,
                    message: format!("`{}` has {lines} lines, more than {PAGE}", symbol.qualified_name),
                    place: symbol.place,
                });
            }
        }
        Ok(findings)
    }
}

pact_sdk::assessor!(LongFunction);

#[cfg(test)]
mod tests;
