//! Functions that are called `Class.method`, as files of the reference and models write them: they are methods.

use serde_json::Map;

use super::{ComponentContract, FunctionContract, TypeKind, TypeSpec};

/// What a constructor is called.
const CONSTRUCTORS: [&str; 2] = ["__init__", "constructor"];

impl ComponentContract {
    /// Moves functions called `Class.method` into the class, which is made where there is none.
    ///
    /// A function of a type that is something else stays where it is: its name is a fault that validation names.
    pub(super) fn gather_methods(&mut self) {
        if !self.functions.iter().any(|function| function.name.contains('.')) {
            return;
        }
        let mut functions = Vec::new();
        for function in std::mem::take(&mut self.functions) {
            let parts = function.name.split_once('.').map(|(class, method)| (class.to_owned(), method.to_owned()));
            match parts {
                Some((class, method)) if self.takes_method(&class, &method) => {
                    self.add_method(&class, method, function);
                }
                _ => functions.push(function),
            }
        }
        self.functions = functions;
    }

    fn takes_method(&self, class: &str, method: &str) -> bool {
        let is_name = |text: &str| {
            text.starts_with(|first: char| first.is_alphabetic() || first == '_')
                && text.chars().all(|next| next.is_alphanumeric() || next == '_')
        };
        is_name(class) && is_name(method) && self.type_named(class).is_none_or(|spec| spec.kind == TypeKind::Class)
    }

    fn add_method(&mut self, class: &str, method: String, function: FunctionContract) {
        if self.type_named(class).is_none() {
            self.types.push(TypeSpec {
                name: class.to_owned(),
                kind: TypeKind::Class,
                fields: Vec::new(),
                item_type: String::new(),
                variants: Vec::new(),
                inner_types: Vec::new(),
                description: String::new(),
                owner_component: String::new(),
                init: Vec::new(),
                methods: Vec::new(),
                extra: Map::new(),
            });
        }
        let spec = self.types.iter_mut().find(|spec| spec.name == class).expect("it was just made");
        let is_constructor = CONSTRUCTORS.contains(&method.as_str());
        // A constructor that says more than its inputs is kept as it is: `init` has no place for it.
        if is_constructor && spec.init.is_empty() && function.error_cases.is_empty() && function.extra.is_empty() {
            spec.init = function.inputs;
        } else {
            spec.methods.push(FunctionContract { name: method, ..function });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(types: serde_json::Value, names: &[&str]) -> ComponentContract {
        let function = |name: &&str| json!({"name": name, "description": "d", "output_type": "int", "inputs": [{"name": "a", "type_ref": "int"}]});
        let functions: Vec<_> = names.iter().map(function).collect();
        serde_json::from_value(json!({"component_id": "bank", "name": "Bank", "description": "d", "types": types,
                                      "functions": functions}))
        .expect("readable")
    }

    #[test]
    fn a_name_with_a_point_is_a_method_of_a_class() {
        let contract = read(json!([]), &["Book.__init__", "open", "Book.add", "Book.total"]);
        assert_eq!(contract.functions.iter().map(|function| function.name.as_str()).collect::<Vec<_>>(), ["open"]);
        let book = contract.type_named("Book").expect("made");
        assert_eq!(book.kind, TypeKind::Class);
        assert_eq!(book.init[0].name, "a");
        assert_eq!(book.methods.iter().map(|method| method.name.as_str()).collect::<Vec<_>>(), ["add", "total"]);
        let again: ComponentContract =
            serde_json::from_value(serde_json::to_value(&contract).expect("writable")).expect("readable");
        assert_eq!(again, contract);
    }

    #[test]
    fn what_cannot_be_a_method_stays_a_function() {
        let types = json!([{"name": "Money", "kind": "struct", "fields": [{"name": "cents", "type_ref": "int"}]}]);
        let names = ["Money.add", "a.b.c", ".x", "Book.a b"];
        let contract = read(types, &names);
        assert_eq!(contract.functions.iter().map(|function| function.name.as_str()).collect::<Vec<_>>(), names);
    }
}
