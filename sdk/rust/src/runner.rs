//! World `test-runner`: executes tests of one language. Export one with [`test_runner!`](crate::test_runner!).

pub use crate::bindings::shared::pact::plugin::{observe, tests};
pub use crate::bindings::test_runner::exports::pact::plugin::runner::{
    Description, Guest as TestRunner, Language, RunError, Suite, Summary,
};

/// Exports a type that implements [`TestRunner`](crate::runner::TestRunner) as the plugin.
#[macro_export]
macro_rules! test_runner {
    ($plugin:ident) => {
        #[cfg(target_family = "wasm")]
        $crate::bindings::test_runner::export!($plugin with_types_in $crate::bindings::test_runner);
    };
}
