//! `diptych --plain`: the window's actions without a window.
//!
//! Prints what happens line by line and takes commands by number or name: for people who cannot use a full screen, and for
//! scripts. Nothing is drawn and no escape code is sent. It asks the same requests of the same desk as the window's engine.

mod form;
mod input;
mod show;
mod telling;
mod words;

use std::cell::RefCell;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use self::form::Previous;
pub(super) use self::input::Lines;
use self::input::folded;
use self::words::{Does, WORDS};
use super::commands::write_fields;
use super::settings::world;
use super::stopped::Stopped;
use super::{query, text, window};
use crate::application::commands::Command;
use crate::application::fields::{Description, nearest};
use crate::application::queries::Query;
use crate::domain::Context;
use crate::engine::choices::{self, Meaning};
use crate::engine::export::Format;
use crate::engine::scenario::Scenario;
use crate::engine::{Desk, PaneLook, Request, Save, Saving, Sift, Sight, Steps, export};
use crate::kernel::store::Window;
use crate::tui::shorten_ids;
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
            (Does::Commands, [name]) => {
                if let Some(found) = self.find(name)? {
                    write_fields(self.out, found)?;
                }
            }
            (Does::Next, []) => self.next()?,
            (Does::World, []) => match world(word) {
                Ok(world) => show::what_is(self.out, &self.desk, world, &shorten_ids)?,
                Err(wrong) => self.say(&wrong)?,
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
            (Does::Export, [what, path]) => self.export(what, path, WorldKind::Events, false)?,
            (Does::Export, [what, path, "replace"]) => self.export(what, path, WorldKind::Events, true)?,
            (Does::Export, [of, what, path, rest @ ..]) if world(of).is_ok() && matches!(rest, [] | ["replace"]) => {
                let of = world(of).unwrap_or(WorldKind::Events);
                self.export(what, path, of, !rest.is_empty())?;
            }
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
        if self.desk.playground().inputs()?.is_empty() {
            return self.say("there is nothing to rewind");
        }
        self.ask(Request::Rewind(steps))
    }

    fn policy(&mut self, policy: Policy) -> Result<(), Stopped> {
        let badge = policy.badge();
        self.ask(Request::SetPolicy(policy))?;
        self.say(&format!("from the next command on: {badge}"))
    }

    fn save(&mut self, path: &str, replace: bool) -> Result<(), Stopped> {
        let path = PathBuf::from(path);
        let title = path.file_stem().map_or("a session".to_owned(), |stem| stem.to_string_lossy().into_owned());
        self.ask(Request::Save(Save { path, what: Saving::Scenario { title }, replace }))
    }

    fn export(&mut self, what: &str, path: &str, world: WorldKind, replace: bool) -> Result<(), Stopped> {
        let path = PathBuf::from(path);
        let format = match Format::of(&path) {
            Ok(format) => format,
            Err(failure) => return self.say(&failure.to_string()),
        };
        let Some(of) = self.desk.playground().world(world) else { return Ok(()) };
        let sight = match (Context::ALL.into_iter().find(|context| of.collection(*context).table() == what), what) {
            (Some(context), _) => Sight::Is(context),
            (None, "log") => Sight::Happened(None),
            (None, named) => match export::stream(self.desk.playground(), named) {
                Ok(Some(stream)) => Sight::Happened(Some(stream)),
                Ok(None) => return self.say(&format!("`{named}` is no table and no stream here; nothing is written")),
                Err(failure) => return self.say(&failure.to_string()),
            },
        };
        let look = PaneLook { world, sight, sift: Sift::default(), window: Window::ALL, reveal: None };
        self.ask(Request::Save(Save { path, what: Saving::List(look, format), replace }))
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
                (Ok(world), _) => which = world,
                (Err(_), Ok(number @ 1..)) => limit = number,
                _ => return self.say(&format!("`{word}` is no world and no number of facts; nothing is shown")),
            }
        }
        show::what_happened(self.out, &self.desk, which, limit)
    }

    fn trace(&mut self, rest: &[&str]) -> Result<(), Stopped> {
        let Some(last) = self.last.take() else { return self.say("no command yet") };
        let (sql, names): (Vec<&str>, Vec<&str>) = rest.iter().partition(|word| **word == "sql");
        let worlds: Option<Vec<_>> = names.iter().map(|name| world(name).ok()).collect();
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
        let (kinds, wanted) = match text.split_once('-') {
            Some((kind, id)) if KINDS.contains(&kind) => (vec![kind], id),
            _ => (KINDS.to_vec(), text),
        };
        for kind in kinds {
            match choices::meaning(self.desk.playground(), kind, wanted)? {
                Meaning::Several(ids) => return self.say(&form::several(text, &ids)),
                Meaning::Id(id) if choices::get(self.desk.playground(), kind, &id)?.is_some() => {
                    self.say(&format!("{kind}-{id}"))?;
                    for world in WorldKind::ALL {
                        self.ask(Request::Stored { world, stream: format!("{kind}-{id}") })?;
                    }
                    return Ok(());
                }
                Meaning::Id(_) => {}
            }
        }
        self.say(&format!("nothing here is known as `{text}`; give an id, its beginning or a name"))
    }
}

/// The kinds of aggregates, as streams begin.
const KINDS: [&str; 4] = ["product", "order", "customer", "stock"];
