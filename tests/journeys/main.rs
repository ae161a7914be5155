//! Journeys: what a person does in the window and what they see, through the real loop and a real playground.

mod decide;
mod explore;
mod forms;
mod fuzz;
mod journey;
mod lists;
mod questions;
mod scenario;
mod screen;
mod shell;
mod snapshots;
mod steps;
mod system;
mod widths;
mod window;
