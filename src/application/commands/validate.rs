//! What the validation behaviour checks before a handler sees a command (added: the guide only says *validate inputs*).
//!
//! Rules of the business are the domain's. This is about requests that no one can have meant.

use serde_json::Value;

use super::Command;
use crate::kernel::Refusal;

const LONGEST_TEXT: usize = 1_000;
const MOST_LINES: usize = 1_000;

impl Command {
    /// Whether the command is fit to work on.
    ///
    /// # Errors
    ///
    /// 422 for a text of more than 1,000 characters or an order of more than 1,000 lines.
    pub fn validate(&self) -> Result<(), Refusal> {
        for (name, value) in &self.fields() {
            match value {
                Value::String(text) if text.chars().nth(LONGEST_TEXT).is_some() => {
                    return Err(Refusal::unprocessable(format!("{name} must not be longer than 1,000 characters")));
                }
                Value::Array(lines) if lines.len() > MOST_LINES => {
                    return Err(Refusal::unprocessable(format!("{name} must not have more than 1,000 lines")));
                }
                _ => {}
            }
        }
        Ok(())
    }
}
