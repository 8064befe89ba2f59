//! What the user asks for.

/// The request and the house rules, as the user wrote them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// `task.md`: what to build.
    pub text: String,
    /// `sops.md`: the rules that every component follows. Empty when the project has none.
    pub standards: String,
}
