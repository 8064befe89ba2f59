//! Finds generators of arguments in a test source: `export function generate_deposit(size)` makes them for `deposit`. Nothing
//! is run, so nothing is known of what they make.

use oxc_allocator::Allocator;
use oxc_ast::ast::{Expression, FormalParameters};

use crate::interface::Interface;
use crate::source::Source;
use crate::source::exports::{Exports, Value};
use crate::source::names::untyped;

/// Returns the name of the generator for a function.
pub fn generator_name(function: &str) -> String {
    format!("generate_{function}")
}

/// Returns the functions of the contract that have a generator, in the order of the contract. A source that does not parse has
/// none. Only what the file exports counts: nothing else can be called from another file.
pub fn find(interface: &Interface, text: &str) -> Vec<String> {
    let allocator = Allocator::default();
    // The grammar with types reads both dialects.
    let Ok(source) = Source::parse(&allocator, "generators.ts", text) else { return Vec::new() };
    let exports = Exports::of(source.body());
    let functions = interface.functions.iter().map(|function| &function.name);
    let found = functions.filter(|name| match exports.value(&generator_name(name)) {
        Some(Value::Function(function)) => !function.r#async && !function.generator && takes_one(&function.params),
        Some(Value::Expression(expression)) => match untyped(expression) {
            Expression::ArrowFunctionExpression(function) => !function.r#async && takes_one(&function.params),
            Expression::FunctionExpression(function) => {
                !function.r#async && !function.generator && takes_one(&function.params)
            }
            _ => false,
        },
        _ => false,
    });
    found.cloned().collect()
}

/// It is called with one argument and gives it back at once.
fn takes_one(parameters: &FormalParameters<'_>) -> bool {
    let needed = parameters.items.iter().filter(|parameter| parameter.initializer.is_none() && !parameter.optional);
    !parameters.items.is_empty() && needed.count() <= 1 && parameters.rest.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Dialect;

    const CONTRACT: &str = r#"{"component_id": "bank", "types": [{"name": "Book", "kind": "class", "methods": [
        {"name": "add", "description": "", "output_type": "None"}]}], "functions": [
        {"name": "sort", "description": "", "output_type": "int"},
        {"name": "deposit", "description": "", "output_type": "int"}]}"#;

    fn found(source: &str) -> Vec<String> {
        find(&crate::interface::read(CONTRACT, Dialect::TypeScript).expect("a good contract"), source)
    }

    #[test]
    fn a_generator_is_an_exported_function_of_one_parameter() {
        for source in [
            "export function generate_deposit(size) { return [size]; }\nexport const generate_sort = (n: number) => [];",
            "function generate_deposit(size) { return [size]; }\nfunction make(n) { return [n]; }\nexport { generate_deposit, make as generate_sort };",
        ] {
            assert_eq!(found(source), ["sort", "deposit"], "{source}");
        }
    }

    #[test]
    fn what_cannot_be_called_with_a_size_from_elsewhere_is_none() {
        for source in [
            "function generate_deposit(size) { return []; }",
            "export function generate_deposit() { return []; }",
            "export function generate_deposit(size, seed) { return []; }",
            "export function generate_deposit(...sizes) { return []; }",
            "export async function generate_deposit(size) { return []; }",
            "export function* generate_deposit(size) { yield 1; }",
            "export class A { generate_deposit(size) { return []; } }",
            "export const generate_deposit = 3;",
            "export function generate_add(size) { return []; }",
            "export function generate_deposit(size {",
        ] {
            assert_eq!(found(source), [""; 0], "{source}");
        }
    }
}
