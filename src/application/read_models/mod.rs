//! Views built from events, for questions that no single aggregate answers.

pub mod tables;
