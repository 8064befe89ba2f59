//! Where the files of a component lie, and which names a component may have. Not for looking whether they exist.

use crate::identifier;

/// The paths of a component's files, relative to the project's root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The component, which is also the name of its module.
    component: String,
}

/// Modules that tests, rendered code or the framework import. A component of that name would take their place.
const TAKEN: [&str; 23] = [
    "builtins",
    "collections",
    "conftest",
    "contract_test",
    "dataclasses",
    "datetime",
    "decimal",
    "emission_test",
    "enum",
    "goodhart_test",
    "inspect",
    "pact_peer",
    "pathlib",
    "pydantic",
    "pydantic_core",
    "pytest",
    "re",
    "smoke_test",
    "sys",
    "typing",
    "unittest",
    "uuid",
    "validator_test",
];

impl Layout {
    /// Checks the id of a component. The error says what is wrong with it.
    pub fn of(component: &str) -> Result<Self, String> {
        identifier::check(component).map_err(|reason| format!("`{component}` cannot be a Python module: {reason}"))?;
        if TAKEN.contains(&component) {
            return Err(format!(
                "`{component}` is the name of a module that tests or rendered code import; choose another id"
            ));
        }
        if component.ends_with("_types") {
            let owner = component.trim_end_matches("_types");
            return Err(format!("`{component}` would be the types module of a component `{owner}`; choose another id"));
        }
        if component.ends_with("_events") {
            let owner = component.trim_end_matches("_events");
            return Err(format!(
                "`{component}` would be the events module of a component `{owner}`; choose another id"
            ));
        }
        Ok(Self { component: component.to_owned() })
    }

    /// Returns the name of the module that holds the contract's types.
    pub fn types_module(&self) -> String {
        types_module(&self.component)
    }

    /// Returns the path of the implementation's main file.
    pub fn implementation(&self) -> String {
        format!("{}/{}.py", self.source_folder(), self.component)
    }

    /// Returns the folder that holds the implementation.
    pub fn source_folder(&self) -> String {
        format!("src/{}", self.component)
    }

    /// Returns the path of a visible suite: `contract` or `emission`.
    pub fn suite(&self, kind: &str) -> String {
        format!("tests/{}/{kind}_test.py", self.component)
    }

    /// Returns the path of the hidden suite.
    pub fn goodhart_test(&self) -> String {
        format!("tests/{}/goodhart/goodhart_test.py", self.component)
    }

    /// Returns the path of the stub that people and models read.
    pub fn interface(&self) -> String {
        format!("{}/interface.py", self.contract_folder())
    }

    /// Returns the path of the module by which the component reports its calls.
    pub fn events(&self) -> String {
        format!("{}/{}.py", self.contract_folder(), events_module(&self.component))
    }

    /// Returns the path of the types module.
    pub fn types(&self) -> String {
        format!("{}/{}.py", self.contract_folder(), self.types_module())
    }

    /// Returns the folder that holds the contract, its stub and its types.
    pub fn contract_folder(&self) -> String {
        format!("contracts/{}", self.component)
    }

    /// Returns the folder that holds the stand-in alone, so that it can be on an import path.
    pub fn stand_in_folder(&self) -> String {
        format!("stand_ins/{}", self.component)
    }

    /// Returns the path of the stand-in.
    pub fn stand_in(&self) -> String {
        format!("{}/{}.py", self.stand_in_folder(), self.component)
    }
}

/// Returns the name of the module by which a component reports its calls.
pub fn events_module(component: &str) -> String {
    format!("{component}_events")
}

/// Returns the name of the module that holds the types of a component's contract.
pub fn types_module(component: &str) -> String {
    format!("{component}_types")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_files_of_the_design() {
        let layout = Layout::of("bank").expect("a good name");
        assert_eq!(layout.implementation(), "src/bank/bank.py");
        assert_eq!(layout.suite("contract"), "tests/bank/contract_test.py");
        assert_eq!(layout.suite("emission"), "tests/bank/emission_test.py");
        assert_eq!(layout.goodhart_test(), "tests/bank/goodhart/goodhart_test.py");
        assert_eq!(layout.interface(), "contracts/bank/interface.py");
        assert_eq!(layout.types(), "contracts/bank/bank_types.py");
        assert_eq!(layout.stand_in(), "stand_ins/bank/bank.py");
    }

    #[test]
    fn refuses_ids_that_cannot_be_imported_or_hide_another_module() {
        for id in ["", "a-b", "1a", "class", "a.b", "../x", "pydantic", "pytest", "bank_types", "__main__"] {
            assert!(Layout::of(id).is_err(), "{id}");
        }
    }

    #[test]
    fn accepts_the_name_of_a_standard_module_that_nothing_rendered_imports() {
        assert!(Layout::of("calendar").is_ok());
    }
}
