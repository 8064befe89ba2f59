//! Finds generators of arguments in a test source: `def generate_deposit(size)` makes them for `deposit`. Nothing is run, so
//! nothing is known of what they make.

use ruff_python_ast::StmtFunctionDef;

use crate::interface::Interface;
use crate::source::Source;
use crate::source::namespace::{Certainty, Meaning, Namespace};

/// Returns the name of the generator for a function.
pub fn generator_name(function: &str) -> String {
    format!("generate_{function}")
}

/// Returns the functions of the contract that have a generator, in the order of the contract. A source that does not parse has
/// none.
pub fn find(interface: &Interface, text: &str) -> Vec<String> {
    let Ok(source) = Source::parse("", text) else { return Vec::new() };
    let names = Namespace::of(source.body());
    let functions = interface.functions.iter().map(|function| &function.name);
    let found = functions.filter(|name| {
        names.get(&generator_name(name)).is_some_and(|member| {
            let takes_size = matches!(member.meaning, Meaning::Function(function) if takes_one(function));
            takes_size && member.certainty == Certainty::Defined
        })
    });
    found.cloned().collect()
}

/// It is called with one argument and gives it back at once.
fn takes_one(function: &StmtFunctionDef) -> bool {
    let parameters = &function.parameters;
    let by_position = parameters.posonlyargs.len() + parameters.args.len();
    let others = parameters.kwonlyargs.len();
    let has_rest = parameters.vararg.is_some() || parameters.kwarg.is_some();
    by_position == 1 && others == 0 && !has_rest && !function.is_async
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTRACT: &str = r#"{"component_id": "bank", "types": [{"name": "Book", "kind": "class", "methods": [
        {"name": "add", "description": "", "output_type": "None"}]}], "functions": [
        {"name": "sort", "description": "", "output_type": "int"},
        {"name": "deposit", "description": "", "output_type": "int"}]}"#;

    fn found(source: &str) -> Vec<String> {
        find(&crate::interface::read(CONTRACT).expect("a good contract"), source)
    }

    #[test]
    fn a_generator_is_a_top_level_function_of_one_parameter() {
        let source = "def generate_deposit(size):\n    return (size,)\n\ndef generate_sort(n: int = 1) -> tuple:\n    return ()\n";
        assert_eq!(found(source), ["sort", "deposit"]);
    }

    #[test]
    fn what_cannot_be_called_with_a_size_is_none() {
        for source in [
            "def generate_deposit():\n    return ()\n",
            "def generate_deposit(size, seed):\n    return ()\n",
            "def generate_deposit(*sizes):\n    return ()\n",
            "def generate_deposit(size, *, seed):\n    return ()\n",
            "async def generate_deposit(size):\n    return ()\n",
            "class A:\n    def generate_deposit(size):\n        return ()\n",
            "if x:\n    def generate_deposit(size):\n        return ()\n",
            "generate_deposit = 3\n",
            "def generate_add(size):\n    return ()\n",
            "def generate_other(size):\n    return ()\n",
            "def generate_deposit(size:\n",
        ] {
            assert_eq!(found(source), [""; 0], "{source}");
        }
    }
}
