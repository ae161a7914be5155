//! What the validation behaviour checks before a handler sees a command (added: the guide only says *validate inputs*).
//!
//! Rules of the business are the domain's. This is about requests that no one can have meant.

use super::Command;
use crate::kernel::Refusal;

impl Command {
    /// Whether the command is fit to work on.
    ///
    /// # Errors
    ///
    /// 422 for a text of more than 1,000 characters or an order of more than 1,000 lines.
    pub fn validate(&self) -> Result<(), Refusal> {
        match self.excess() {
            None => Ok(()),
            Some((field, what)) => Err(Refusal::unprocessable(format!("{field} {what}"))),
        }
    }
}
