//! What the shop can be asked to do and asked about: the same code for every way of remembering.
//!
//! A command handler loads a root, asks the domain, saves the root. It never learns whether the root came from a row or from a
//! stream; nothing on this floor knows the storage floor.

#[macro_use]
pub mod commands;
pub mod fields;
pub mod queries;
pub mod read_models;
mod shop;

pub use shop::Shop;
