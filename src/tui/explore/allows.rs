//! What Explore allows now, and why not the rest.

use super::Explore;
use crate::tui::action::Action;

impl Explore {
    /// Whether an action can be used now.
    ///
    /// # Errors
    ///
    /// Why it cannot, for the message bar.
    pub fn allows(&self, action: Action) -> Result<(), &'static str> {
        match action {
            Action::NextTable | Action::PreviousTable if self.focused_pane().is_none_or(|pane| pane.happened) => {
                Err("what happened is one list; v flips the pane to the tables of what is")
            }
            Action::Follow if self.selected_stream().is_none() => Err("no row is selected here to follow"),
            Action::Open | Action::Copy if !self.has_details() => Err("no row is selected here"),
            Action::Source if self.trace.last.is_none() => Err("no command yet whose handler could be shown"),
            Action::Sort if self.focused_pane().is_some_and(|pane| pane.happened) => {
                Err("what happened stands in its order, newest first; v flips the pane to what is")
            }
            Action::Turn if self.focused_pane().is_some_and(|pane| pane.sift.sort.is_none()) => {
                Err("nothing is sorted here; s sorts by a column")
            }
            Action::Clear if self.focused_pane().is_some_and(|pane| pane.sift.is_idle()) => {
                Err("nothing is filtered or sorted here")
            }
            Action::Flip
            | Action::NextWorld
            | Action::Filter
            | Action::Sort
            | Action::Turn
            | Action::Clear
            | Action::ColumnsLeft
            | Action::ColumnsRight
                if self.focused_pane().is_none() =>
            {
                Err("the trace has the focus; tab goes to a pane")
            }
            _ => Ok(()),
        }
    }
}
