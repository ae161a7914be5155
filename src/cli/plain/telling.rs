//! What a session says: at its start, and whenever the desk has done something.

use std::cell::RefCell;
use std::io::BufRead;

use super::{Session, show};
use crate::cli::stopped::Stopped;
use crate::cli::text::{self, plain};
use crate::cli::{query, stepping, telling};
use crate::engine::scenario::Played;
use crate::engine::{Request, Save, Update};
use crate::tui::shorten_ids;
use crate::world::Comparison;

impl<R: BufRead> Session<'_, R> {
    pub(super) fn begin(&mut self, ephemeral: bool) -> Result<(), Stopped> {
        let playground = self.desk.playground();
        let place = playground.directory().path().display().to_string();
        let place = if ephemeral { "one that leaves nothing behind".to_owned() } else { plain(&place) };
        writeln!(self.out, "diptych: one domain, remembered in three ways, line by line")?;
        writeln!(self.out, "playground: {place}")?;
        let wiring = &playground.settings().wiring;
        writeln!(self.out, "policy: {} · hybrid {}", playground.policy().badge(), plain(wiring))?;
        if let Some((number, at)) = playground.last() {
            writeln!(self.out, "it stands at #{number}, {}", telling::minute(at))?;
        }
        Ok(())
    }

    /// Works on a request at once and tells what comes of it. What fails is said, and the session goes on.
    pub(super) fn ask(&mut self, request: Request) -> Result<(), Stopped> {
        let heard = RefCell::new(Vec::new());
        let done = self.desk.work_on(request, &|update| heard.borrow_mut().push(update));
        for update in heard.into_inner() {
            self.tell(update)?;
        }
        match done {
            Ok(()) => Ok(()),
            Err(failure) => self.say(&failure.to_string()),
        }
    }

    pub(super) fn say(&mut self, what: &str) -> Result<(), Stopped> {
        Ok(writeln!(self.out, "{}", text::plain_lines(&shorten_ids(what)))?)
    }

    pub(super) fn tell(&mut self, update: Update) -> Result<(), Stopped> {
        match update {
            Update::Opened { notices, .. } => notices.iter().try_for_each(|notice| self.say(notice)),
            Update::Performed(comparison) => {
                let input = &comparison.input;
                let line = telling::command(&input.command, &input.with, None, &shorten_ids);
                writeln!(self.out, "     {}  {line}", telling::minute(input.at))?;
                self.compared(*comparison)
            }
            Update::ScenarioOpened { title, scenes } => {
                self.secret = None;
                self.say(&format!("scenario: “{title}”, {scenes} scenes; `next` or an empty line plays the first"))
            }
            Update::Played(played) => self.played(*played),
            Update::ScenarioEnded => self.say("the scenario has ended: all its scenes have been played"),
            Update::Rewound { last, redoable, scene } => {
                self.secret = None;
                if self.last.as_ref().is_some_and(|comparison| comparison.input.n > last) {
                    self.last = None;
                }
                let left = if redoable == 0 { String::new() } else { format!(" · {redoable} to redo") };
                let scene = scene.map_or(String::new(), |(number, _)| format!(" · after scene {number}"));
                self.say(&format!("the playground stands at #{last}{left}{scene}"))
            }
            Update::Saved { path, what } => self.say(&format!("{what} saved as {}", path.display())),
            Update::Exists(Save { path, .. }) => {
                let path = path.display();
                self.say(&format!(
                    "{path}: is there already and was left alone; with `replace` after it, it is replaced"
                ))
            }
            Update::Answered { replies, .. } => {
                replies.iter().try_for_each(|reply| Ok(query::write_reply(self.out, reply)?))
            }
            Update::Stored { world, row, .. } => show::stored(self.out, world, row.as_deref()),
            Update::Stepped { standing, .. } => Ok(stepping::tell(self.out, &standing, &shorten_ids)?),
            Update::Breakpoints(breakpoints) => Ok(stepping::breakpoints(self.out, &breakpoints)?),
            Update::Landed | Update::SceneBegun(_) | Update::Seen(_) | Update::Choices { .. } => Ok(()),
            Update::Failed(failure) => self.say(&failure.to_string()),
        }
    }

    fn played(&mut self, played: Played) -> Result<(), Stopped> {
        telling::scene(self.out, &played, false)?;
        self.secret.clone_from(&played.scene.reveal);
        if let Some(comparison) = played.comparison {
            self.compared(comparison)?;
        }
        if let Some(unmet) = played.unmet {
            self.say(&format!("     not as expected: {unmet}"))?;
        }
        if self.secret.is_some() {
            writeln!(self.out, "     what do you say? `next` reveals")?;
        }
        Ok(())
    }

    fn compared(&mut self, comparison: Comparison) -> Result<(), Stopped> {
        telling::worlds(self.out, &comparison, false, &shorten_ids)?;
        for one in &comparison.worlds {
            if let Some(failure) = &one.undelivered {
                let failure = plain(&failure.to_string());
                writeln!(self.out, "       {}: not delivered yet, tried again later: {failure}", one.world.name())?;
            }
        }
        if comparison.difference.is_none() {
            let count = comparison.worlds.len();
            writeln!(self.out, "       {count} worlds agree")?;
        }
        self.previous.take_in(&comparison);
        self.last = Some(Box::new(comparison));
        Ok(())
    }
}
