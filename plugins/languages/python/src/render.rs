//! Python source text from an interface. Deterministic: the same contract gives the same bytes.

mod decoy;
mod events;
mod probe;
mod proxy;
pub mod python;
mod stand_in;
mod stub;
mod suites;
mod types;

pub use decoy::{Decoy, decoy};
pub use events::{Delivery, events};
pub use probe::probe;
pub use proxy::{Proxy, proxy};
pub use stand_in::stand_in;
pub use stub::stub;
pub use suites::{RenderedSuite, suite};
pub use types::{TypeStyle, lenient_types, types};

#[cfg(test)]
mod tests;
