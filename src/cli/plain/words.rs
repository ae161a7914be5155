//! The words that plain input knows. Where the window has an action for the same, the action's own description is shown.

use crate::tui::{ACTIONS, Action};

/// What a word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Does {
    Help,
    Commands,
    Next,
    World,
    Log,
    Trace,
    Show,
    Ask,
    Mend,
    Policy,
    Rewind,
    Redo,
    Reset,
    Save,
    Export,
    Open,
    Worlds,
    Quit,
}

/// A line of the table.
pub(super) struct Word {
    /// The word, and other words for it.
    pub names: &'static [&'static str],
    /// What follows it.
    pub takes: &'static str,
    /// What it does.
    pub does: Does,
    about: About,
}

enum About {
    /// As the window has it.
    Action(Action),
    /// The window has no one action for it.
    Own(&'static str),
}

const fn word(names: &'static [&'static str], takes: &'static str, does: Does, about: About) -> Word {
    Word { names, takes, does, about }
}

/// All of them, in the order of the help.
#[rustfmt::skip]
pub(super) const WORDS: &[Word] = {
    use About::{Action as A, Own};
    &[
        word(&["commands"], "[NAME]", Does::Commands, Own("what the shop can do, numbered; with a name, its fields")),
        word(&["next"], "", Does::Next, A(Action::NextScene)),
        word(&["state", "events", "hybrid"], "", Does::World, Own("what is, in that world")),
        word(&["log"], "[WORLD] [N]", Does::Log, Own("what happened: the last facts, of the world events unless told otherwise")),
        word(&["trace"], "[WORLD WORLD] [sql]", Does::Trace, Own("the last command, step beside step in two worlds; with its SQL")),
        word(&["show"], "ID", Does::Show, Own("how each world stores one aggregate")),
        word(&["ask"], "[QUERY] [FIELD=VALUE …]", Does::Ask, Own("ask every world the same; alone, it lists the queries")),
        word(&["mend"], "", Does::Mend, A(Action::Mend)),
        word(&["policy"], "[POLICY]", Does::Policy, Own("the policy from the next command on: guide, unit-of-work, mended, or parts")),
        word(&["rewind", "undo"], "[N]", Does::Rewind, A(Action::Rewind)),
        word(&["redo"], "", Does::Redo, A(Action::Redo)),
        word(&["reset"], "", Does::Reset, Own("take back every input; redo puts them in again")),
        word(&["save"], "FILE [replace]", Does::Save, Own("write what was put in as a scenario")),
        word(&["export"], "[WORLD] TABLE|log|STREAM FILE [replace]", Does::Export, Own("a table, the log or a stream as a file: .csv, .json or .md, as its name ends")),
        word(&["open"], "NAME|FILE", Does::Open, Own("another scenario, from its start")),
        word(&["worlds"], "", Does::Worlds, Own("the worlds, how each remembers, and whether everything in them agrees")),
        word(&["help", "?"], "", Does::Help, A(Action::Help)),
        word(&["quit", "exit", "q"], "", Does::Quit, Own("leave; so does the end of the input")),
    ]
};

impl Word {
    /// What it does, in a sentence.
    pub fn about(&self) -> &'static str {
        match self.about {
            About::Own(about) => about,
            About::Action(action) => {
                ACTIONS.iter().find(|entry| entry.action == action).map_or("", |entry| entry.about)
            }
        }
    }
}

/// The line of the table with this word.
pub(super) fn named(name: &str) -> Option<&'static Word> {
    let name = name.to_lowercase();
    WORDS.iter().find(|word| word.names.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::WORDS;

    #[test]
    fn every_word_says_what_it_does() {
        for word in WORDS {
            assert!(!word.about().is_empty(), "{:?}", word.names);
        }
    }
}
