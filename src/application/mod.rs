//! What the shop can be asked to do and to tell, the same for every pattern.
//!
//! Nothing here knows whether an aggregate is remembered as a row or as its facts.

pub mod read_models;
