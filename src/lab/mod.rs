//! Experiments on whole worlds: what they promise and what they cost, found out by doing.

pub mod bench;
pub mod crashes;
pub mod evidence;
pub mod interleavings;
