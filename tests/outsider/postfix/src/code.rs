//! Code: read, and compared with a contract.

use std::collections::BTreeSet;

use pact_language_python::interface::Interface;

/// Words that take two numbers and leave one.
pub const OPERATIONS: [&str; 4] = ["+", "-", "*", "/"];
/// The word that takes nothing and ends the call with an error.
pub const FAIL: &str = "fail";

/// Something wrong with the code.
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind, in kebab case.
    pub code: &'static str,
    /// What is wrong, and what would be right.
    pub message: String,
    /// Where, counted from one.
    pub line: u32,
}

/// Finds what keeps the code from doing what the contract says. What it computes is for the tests.
pub fn check(interface: &Interface, text: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut defined = BTreeSet::new();
    for (line, content) in (1..).zip(text.lines()) {
        let content = content.split('#').next().unwrap_or_default();
        if content.trim().is_empty() {
            continue;
        }
        let mut add = |code, message| problems.push(Problem { code, message, line });
        let Some((head, body)) = content.split_once(':') else {
            add("syntax-error", "expected `NAME PARAMETER… : WORD…`".to_owned());
            continue;
        };
        let mut head = head.split_whitespace();
        let name = head.next().unwrap_or_default();
        let parameters: Vec<&str> = head.collect();
        let Some(function) = interface.functions.iter().find(|function| function.name == name) else {
            add("unknown-function", format!("the contract has no function `{name}`"));
            continue;
        };
        defined.insert(name);
        let expected: Vec<&str> = function.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        if parameters != expected {
            add("parameters", format!("`{name}` takes `{}`", expected.join(" ")));
        }
        if let Some(message) = wrong(body, &parameters) {
            add("syntax-error", message);
        }
    }
    let missing = interface.functions.iter().filter(|function| !defined.contains(function.name.as_str()));
    problems.extend(missing.map(|function| Problem {
        code: "missing-function",
        message: format!("`{}` is not there", function.name),
        line: 1,
    }));
    problems
}

fn wrong(body: &str, parameters: &[&str]) -> Option<String> {
    let mut depth = 0_usize;
    for word in body.split_whitespace() {
        if OPERATIONS.contains(&word) {
            if depth < 2 {
                return Some(format!("`{word}` takes two numbers, and there are not so many"));
            }
            depth -= 1;
        } else if parameters.contains(&word) || word.parse::<i64>().is_ok() || word == FAIL {
            depth += 1;
        } else {
            return Some(format!("`{word}` is no number, no parameter and none of `{}`", OPERATIONS.join("` `")));
        }
    }
    (depth != 1).then(|| format!("the words leave {depth} numbers, and one is the result"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTRACT: &str = r#"{"component_id": "sums", "name": "Sums", "description": "d", "functions": [
        {"name": "mean", "description": "d", "output_type": "float",
         "inputs": [{"name": "left", "type_ref": "float"}, {"name": "right", "type_ref": "float"}]}]}"#;

    fn codes(text: &str) -> Vec<&'static str> {
        let interface = pact_language_python::interface::read(CONTRACT).expect("a contract");
        check(&interface, text).into_iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn code_that_leaves_one_number_for_each_function_is_right() {
        assert_eq!(codes("# The middle.\nmean left right : left right + 2 / # half\n"), [""; 0]);
    }

    #[test]
    fn what_is_missing_unknown_or_unfinished_is_found() {
        assert_eq!(codes(""), ["missing-function"]);
        assert_eq!(codes("mean left right : left right +\nother : 1\n"), ["unknown-function"]);
        assert_eq!(codes("mean right left : left right +\n"), ["parameters"]);
        for body in ["", "left right", "left +", "left twice"] {
            assert_eq!(codes(&format!("mean left right : {body}\n")), ["syntax-error"], "{body}");
        }
        assert_eq!(codes("mean\n"), ["syntax-error", "missing-function"]);
    }
}
