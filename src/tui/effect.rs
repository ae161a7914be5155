//! What an update wants done outside: the only way from the model to the world.

use crate::engine::Request;
use crate::kernel::Failure;
use crate::lab::evidence::Load;

/// Something to do outside.
#[derive(Debug)]
pub enum Effect {
    /// Ask the engine.
    Ask(Request),
    /// Take the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Put a text onto the clipboard.
    Copy(String),
    /// Measure, beside the window.
    Measure(Load),
    /// End the measurement.
    EndMeasuring,
    /// Stop the program until it is woken.
    Suspend,
    /// Leave the window; with a failure, say it there.
    Leave(Option<Failure>),
}

/// What an update wants done, in order.
pub type Effects = Vec<Effect>;
