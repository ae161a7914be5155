//! `diptych --plain`: the window's actions without a window.
//!
//! Prints what happens line by line and takes commands by number or name: for people who cannot use a full screen, and for
//! scripts. Nothing is drawn and no escape code is sent. It asks the same requests of the same desk as the window's engine.

mod form;
mod input;
mod show;
mod words;

use std::cell::RefCell;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use self::form::Previous;
use self::input::{Lines, folded};
use self::words::{Does, WORDS};
use super::commands::write_fields;
use super::stopped::Stopped;
use super::text::{self, plain};
use super::{query, telling, window};
use crate::application::commands::Command;
use crate::application::fields::{Description, nearest};
use crate::application::queries::Query;
use crate::domain::Context;
use crate::engine::choices::{self, Meaning};
use crate::engine::scenario::{Played, Scenario};
use crate::engine::{Desk, Request, Save, Steps, Update};
use crate::kernel::Failure;
use crate::tui::{short_id, shorten_ids};
use crate::world::{Comparison, Policy, WorldKind};

/// A session: what was said so far decides what a line means.
struct Session<'a, R> {
    desk: Desk,
    out: &'a mut dyn Write,
    lines: Lines<R>,
    previous: Previous,
    /// The last command, for its trace.
    last: Option<Box<Comparison>>,
    /// What the room is still to find out.
    secret: Option<String>,
}

/// Whether a line was the last one.
type Leaving = bool;

pub(super) fn run(options: window::Options, out: &mut dyn Write) -> Result<(), Stopped> {
    let ephemeral = options.ephemeral;
    let (opening, scenario) = window::opening(options)?;
    let heard = RefCell::new(Vec::new());
    let desk = Desk::open(opening, &|update| heard.borrow_mut().push(update))?;
    let lines = Lines::new(io::stdin().lock(), !io::stdin().is_terminal());
    let mut session = Session { desk, out, lines, previous: Previous::default(), last: None, secret: None };
    session.begin(ephemeral)?;
    for update in heard.into_inner() {
        session.tell(update)?;
    }
    session.ask(Request::OpenScenario(Box::new(scenario)))?;
    writeln!(session.out, "`help` lists every word, `commands` what the shop can do, `quit` leaves\n")?;
    while let Some(line) = session.lines.next(session.out, "> ")? {
        if session.line(&line)? {
            break;
        }
    }
    Ok(())
}

impl<R: BufRead> Session<'_, R> {
    fn begin(&mut self, ephemeral: bool) -> Result<(), Stopped> {
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
    fn ask(&mut self, request: Request) -> Result<(), Stopped> {
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

    fn say(&mut self, what: &str) -> Result<(), Stopped> {
        Ok(writeln!(self.out, "{}", text::plain_lines(&shorten_ids(what)))?)
    }

    fn tell(&mut self, update: Update) -> Result<(), Stopped> {
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
            Update::Saved(path) => self.say(&format!("saved as {}", path.display())),
            Update::Exists(Save { path, .. }) => {
                let path = path.display();
                self.say(&format!("{path}: is there already and was left alone; `save {path} replace` replaces it"))
            }
            Update::Answered { replies, .. } => {
                replies.iter().try_for_each(|reply| Ok(query::write_reply(self.out, reply)?))
            }
            Update::Stored { world, row, .. } => show::stored(self.out, world, row.as_deref()),
            Update::Seen(_) => Ok(()),
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

    fn line(&mut self, line: &str) -> Result<Leaving, Stopped> {
        let words = match input::words(line) {
            Ok(words) => words,
            Err(wrong) => return self.say(&wrong).map(|()| false),
        };
        let Some((first, rest)) = words.split_first() else {
            return self.next().map(|()| false);
        };
        match words::named(first) {
            Some(word) => self.act(word.does, first, rest),
            None => self.command(first, rest).map(|()| false),
        }
    }

    fn act(&mut self, does: Does, word: &str, rest: &[String]) -> Result<Leaving, Stopped> {
        let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
        match (does, &*rest) {
            (Does::Quit, []) => return Ok(true),
            (Does::Help, _) => self.help()?,
            (Does::Commands, []) => self.commands()?,
            (Does::Commands, [name]) => match self.find(name)? {
                Some(found) => write_fields(self.out, found)?,
                None => {}
            },
            (Does::Next, []) => self.next()?,
            (Does::World, []) => match world(word) {
                Some(world) => show::what_is(self.out, &self.desk, world, &shorten_ids)?,
                None => {}
            },
            (Does::Log, rest) if rest.len() <= 2 => self.log(rest)?,
            (Does::Trace, rest) if rest.len() <= 3 => self.trace(rest)?,
            (Does::Show, [id]) => self.stored(id)?,
            (Does::Ask, []) => query::list(self.out)?,
            (Does::Ask, [name, given @ ..]) => self.query(name, given)?,
            (Does::Mend, []) => {
                let written = *self.desk.playground().policy() == Policy::guide();
                self.policy(if written { Policy::mended() } else { Policy::guide() })?;
            }
            (Does::Policy, []) => self.say(&format!("policy: {}", self.desk.playground().policy()))?,
            (Does::Policy, [text]) => match text.parse::<Policy>() {
                Ok(policy) => self.policy(policy)?,
                Err(wrong) => self.say(&format!("{wrong}; nothing is done"))?,
            },
            (Does::Rewind, []) => self.rewind(Steps::Last(1))?,
            (Does::Rewind, ["all"]) | (Does::Reset, []) => self.rewind(Steps::All)?,
            (Does::Rewind, [number]) => match number.parse() {
                Ok(steps @ 1..) => self.rewind(Steps::Last(steps))?,
                _ => self.say(&format!("`{number}` is no number of inputs to take back; nothing is done"))?,
            },
            (Does::Redo, []) => self.ask(Request::Redo)?,
            (Does::Save, [path]) => self.save(path, false)?,
            (Does::Save, [path, "replace"]) => self.save(path, true)?,
            (Does::Open, [name]) => match Scenario::open(Path::new(name)) {
                Ok(scenario) => self.ask(Request::OpenScenario(Box::new(scenario)))?,
                Err(wrong) => self.say(&wrong.to_string())?,
            },
            (Does::Worlds, []) => show::worlds(self.out, &self.desk, &shorten_ids)?,
            (does, _) => {
                let takes = WORDS.iter().find(|one| one.does == does).map_or("", |one| one.takes);
                let takes = if takes.is_empty() { "nothing" } else { takes };
                self.say(&format!("`{word}` takes {takes}; nothing is done"))?;
            }
        }
        Ok(false)
    }

    fn help(&mut self) -> Result<(), Stopped> {
        let row = |out: &mut dyn Write, name: &str, about: &str| text::caption(out, &format!("  {name:<30}  "), about);
        row(self.out, "NUMBER or NAME", "perform a command of the shop in every world; alone, it asks for each field")?;
        row(self.out, "NAME FIELD=VALUE …", "the same in one line, as in CreateProduct name=Laptop price=999.99")?;
        for word in WORDS {
            let names = word.names.join(", ");
            row(self.out, format!("{names} {}", word.takes).trim_end(), word.about())?;
        }
        row(self.out, "an empty line", "as `next`")?;
        Ok(())
    }

    fn commands(&mut self) -> Result<(), Stopped> {
        let mut context: Option<Context> = None;
        for (index, command) in Command::ALL.iter().enumerate() {
            if context.replace(command.context) != Some(command.context) {
                writeln!(self.out, "{}", command.context.name())?;
            }
            let fields = command.fields.iter().map(|field| {
                let mark = if field.required { "" } else { "?" };
                format!("{}{mark}", field.name)
            });
            let fields = fields.collect::<Vec<_>>().join(", ");
            writeln!(self.out, "{:>4}  {:<20}  {fields}", index + 1, command.name)?;
        }
        Ok(())
    }

    /// The command of this number or name. What is none is said.
    fn find(&mut self, name: &str) -> Result<Option<&'static Description>, Stopped> {
        if let Ok(number) = name.parse::<usize>() {
            let found = number.checked_sub(1).and_then(|index| Command::ALL.get(index));
            if found.is_none() {
                let most = Command::ALL.len();
                self.say(&format!("there is no command {number}; there are 1 to {most}: `commands` lists them"))?;
            }
            return Ok(found);
        }
        let wanted = folded(name);
        let found = Command::ALL.iter().find(|command| folded(command.name) == wanted);
        if found.is_none() {
            let known: Vec<_> = Command::ALL
                .iter()
                .map(|command| command.name)
                .chain(WORDS.iter().flat_map(|word| word.names.iter().copied()).filter(|name| name.len() > 1))
                .collect();
            let shown: String = name.chars().take(60).collect();
            let near = nearest(&shown.replace(['-', '_'], ""), &known);
            let hint = near.map_or("`help` lists what there is".to_owned(), |near| format!("did you mean `{near}`?"));
            self.say(&format!("`{shown}` is neither a word nor a command; {hint}"))?;
        }
        Ok(found)
    }

    fn command(&mut self, name: &str, given: &[String]) -> Result<(), Stopped> {
        let Some(description) = self.find(name)? else { return Ok(()) };
        let mut desk = form::Desk {
            playground: self.desk.playground(),
            previous: &self.previous,
            lines: &mut self.lines,
            out: self.out,
        };
        match form::fill(description, given, &mut desk)? {
            Some(command) => self.ask(Request::Perform(Box::new(command))),
            None => Ok(()),
        }
    }

    fn next(&mut self) -> Result<(), Stopped> {
        match self.secret.take() {
            Some(secret) => Ok(text::caption(self.out, "     > ", &secret)?),
            None => self.ask(Request::NextScene),
        }
    }

    fn rewind(&mut self, steps: Steps) -> Result<(), Stopped> {
        match self.desk.playground().last() {
            None => self.say("there is nothing to rewind"),
            Some(_) => self.ask(Request::Rewind(steps)),
        }
    }

    fn policy(&mut self, policy: Policy) -> Result<(), Stopped> {
        let badge = policy.badge();
        self.ask(Request::SetPolicy(policy))?;
        self.say(&format!("from the next command on: {badge}"))
    }

    fn save(&mut self, path: &str, replace: bool) -> Result<(), Stopped> {
        let path = PathBuf::from(path);
        let title = path.file_stem().map_or("a session".to_owned(), |stem| stem.to_string_lossy().into_owned());
        self.ask(Request::Save(Save { path, title, replace }))
    }

    fn query(&mut self, name: &str, given: &[&str]) -> Result<(), Stopped> {
        let given: Vec<String> = given.iter().map(|&one| one.to_owned()).collect();
        let read = query::fields(name, &given).and_then(|fields| Ok(Query::read(name, &fields)?));
        match read {
            Ok(query) => self.ask(Request::Ask(Box::new(query))),
            Err(stopped) => self.say(stopped.message().unwrap_or_default()),
        }
    }

    fn log(&mut self, rest: &[&str]) -> Result<(), Stopped> {
        const LAST: u64 = 10;
        let (mut which, mut limit) = (WorldKind::Events, LAST);
        for word in rest {
            match (world(word), word.parse()) {
                (Some(world), _) => which = world,
                (None, Ok(number @ 1..)) => limit = number,
                _ => return self.say(&format!("`{word}` is no world and no number of facts; nothing is shown")),
            }
        }
        show::what_happened(self.out, &self.desk, which, limit)
    }

    fn trace(&mut self, rest: &[&str]) -> Result<(), Stopped> {
        let Some(last) = self.last.take() else { return self.say("no command yet") };
        let (sql, names): (Vec<&str>, Vec<&str>) = rest.iter().partition(|word| **word == "sql");
        let worlds: Option<Vec<_>> = names.iter().map(|name| world(name)).collect();
        let shown = match (worlds.as_deref(), sql.is_empty()) {
            (Some([]), true) => show::trace(self.out, &last, [WorldKind::State, WorldKind::Events]),
            (Some([]), false) => show::trace_sql(self.out, &last, [WorldKind::State, WorldKind::Events], &shorten_ids),
            (Some([one, other]), true) => show::trace(self.out, &last, [*one, *other]),
            (Some([one, other]), false) => show::trace_sql(self.out, &last, [*one, *other], &shorten_ids),
            _ => self.say("`trace` takes two worlds, as in `trace state hybrid`; nothing is shown"),
        };
        self.last = Some(last);
        shown
    }

    /// How each world stores the aggregate that a text means, of whichever kind.
    fn stored(&mut self, text: &str) -> Result<(), Stopped> {
        let (kinds, id) = match text.split_once('-') {
            Some((kind, id)) if KINDS.contains(&kind) => (vec![kind], id),
            _ => (KINDS.to_vec(), text),
        };
        let found = kinds.into_iter().find_map(|kind| self.existing(kind, id).transpose()).transpose()?;
        let Some((stream, id)) = found else {
            return self.say(&format!("nothing here is known as `{text}`; give an id, its beginning or a name"));
        };
        self.say(&format!("{stream}-{}", short_id(&id)))?;
        for world in WorldKind::ALL {
            self.ask(Request::Stored { world, stream: format!("{stream}-{id}") })?;
        }
        Ok(())
    }

    fn existing<'k>(&self, kind: &'k str, text: &str) -> Result<Option<(&'k str, String)>, Failure> {
        let playground = self.desk.playground();
        match choices::meaning(playground, kind, text)? {
            Meaning::Id(id) => Ok(choices::get(playground, kind, &id)?.map(|_| (kind, id))),
            Meaning::Several(mut ids) => Ok(Some((kind, ids.swap_remove(0)))),
        }
    }
}

/// The kinds of aggregates, as streams begin.
const KINDS: [&str; 4] = ["product", "order", "customer", "stock"];

fn world(name: &str) -> Option<WorldKind> {
    WorldKind::ALL.into_iter().find(|world| world.name().eq_ignore_ascii_case(name))
}
