//! Python source text from an interface. Deterministic: the same contract gives the same bytes.

pub mod python;
mod stand_in;
mod stub;
mod types;

pub use stand_in::stand_in;
pub use stub::stub;
pub use types::{TypeStyle, types};

#[cfg(test)]
mod tests;
