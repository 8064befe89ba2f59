//! Where the files of a component lie, and which names a component may have. Not for looking whether they exist.

use crate::dialect::Dialect;
use crate::identifier;

/// The paths of a component's files, relative to the project's root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The component, which is also the name of its module.
    component: String,
    dialect: Dialect,
}

/// Modules that tests, rendered code or the framework import. A component of that name would take their place.
const TAKEN: [&str; 10] = [
    "chai",
    "contract_test",
    "emission_test",
    "expect",
    "goodhart_test",
    "interface",
    "smoke_test",
    "validator_test",
    "vitest",
    "zod",
];

/// Modules of node: what imports one of these names gets node's, whatever else has the name.
const OF_NODE: [&str; 39] = [
    "assert",
    "async_hooks",
    "buffer",
    "child_process",
    "cluster",
    "console",
    "constants",
    "crypto",
    "dgram",
    "diagnostics_channel",
    "dns",
    "domain",
    "events",
    "fs",
    "http",
    "http2",
    "https",
    "inspector",
    "module",
    "net",
    "os",
    "path",
    "perf_hooks",
    "process",
    "punycode",
    "querystring",
    "readline",
    "repl",
    "stream",
    "string_decoder",
    "sys",
    "timers",
    "tls",
    "tty",
    "url",
    "util",
    "v8",
    "vm",
    "zlib",
];

impl Layout {
    /// Checks the id of a component. The error says what is wrong with it.
    pub fn of(component: &str, dialect: Dialect) -> Result<Self, String> {
        let title = dialect.title();
        identifier::check(component)
            .map_err(|reason| format!("`{component}` cannot be a module in {title}: {reason}"))?;
        if TAKEN.contains(&component) {
            return Err(format!(
                "`{component}` is the name of a module that tests or rendered code import; choose another id"
            ));
        }
        if OF_NODE.contains(&component) {
            return Err(format!(
                "`{component}` is a module of node, which every import of that name means; choose another id"
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
        Ok(Self { component: component.to_owned(), dialect })
    }

    /// Returns the name of the module that holds the contract's types.
    pub fn types_module(&self) -> String {
        types_module(&self.component)
    }

    /// Returns the path of the implementation's main file.
    pub fn implementation(&self) -> String {
        self.file(&self.source_folder(), &self.component)
    }

    /// Returns the folder that holds the implementation.
    pub fn source_folder(&self) -> String {
        format!("src/{}", self.component)
    }

    /// Returns the path of a visible suite: `contract` or `emission`.
    pub fn suite(&self, kind: &str) -> String {
        self.file(&format!("tests/{}", self.component), &format!("{kind}_test.test"))
    }

    /// Returns the path of the hidden suite.
    pub fn goodhart_test(&self) -> String {
        self.file(&format!("tests/{}/goodhart", self.component), "goodhart_test.test")
    }

    /// Returns the path of the stub that people and models read.
    pub fn interface(&self) -> String {
        self.file(&self.contract_folder(), "interface")
    }

    /// Returns the path of the module by which the component reports its calls.
    pub fn events(&self) -> String {
        self.file(&self.contract_folder(), &events_module(&self.component))
    }

    /// Returns the path of the types module.
    pub fn types(&self) -> String {
        self.file(&self.contract_folder(), &self.types_module())
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
        self.file(&self.stand_in_folder(), &self.component)
    }

    fn file(&self, folder: &str, stem: &str) -> String {
        format!("{folder}/{stem}.{}", self.dialect.extension())
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
        let layout = Layout::of("bank", Dialect::TypeScript).expect("a good name");
        assert_eq!(layout.implementation(), "src/bank/bank.ts");
        assert_eq!(layout.suite("contract"), "tests/bank/contract_test.test.ts");
        assert_eq!(layout.suite("emission"), "tests/bank/emission_test.test.ts");
        assert_eq!(layout.goodhart_test(), "tests/bank/goodhart/goodhart_test.test.ts");
        assert_eq!(layout.interface(), "contracts/bank/interface.ts");
        assert_eq!(layout.types(), "contracts/bank/bank_types.ts");
        assert_eq!(layout.stand_in(), "stand_ins/bank/bank.ts");
        let layout = Layout::of("bank", Dialect::JavaScript).expect("a good name");
        assert_eq!(layout.implementation(), "src/bank/bank.js");
        assert_eq!(layout.suite("contract"), "tests/bank/contract_test.test.js");
    }

    #[test]
    fn refuses_ids_that_cannot_be_imported_or_hide_another_module() {
        for id in ["", "a-b", "1a", "class", "a.b", "../x", "vitest", "zod", "fs", "events", "bank_types"] {
            assert!(Layout::of(id, Dialect::JavaScript).is_err(), "{id}");
        }
    }
}
