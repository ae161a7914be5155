//! What it costs to change from one pattern to another later.

/// One direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// From this pattern.
    pub from: usize,
    /// To that one.
    pub to: usize,
    /// What has to be done, in a sentence.
    pub cost: String,
    /// What cannot be recovered.
    pub lost: String,
    /// Step by step.
    pub steps: Vec<String>,
    /// Who says so.
    pub source: usize,
}
