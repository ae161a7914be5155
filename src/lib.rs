//! diptych: one domain, written once, remembered in different ways.
//!
//! The same command handlers run over state persistence, event sourcing and a hybrid of both, side by side. See
//! `ARCHITECTURE.md` for the map of the house; a floor uses only the floors below it.
#![deny(missing_docs)]
#![forbid(unsafe_code)]

pub mod application;
pub mod cli;
pub mod decision;
pub mod domain;
pub mod engine;
pub mod files;
pub mod kernel;
pub mod lab;
pub mod storage;
pub mod tui;
pub mod world;
