//! A command's fields: given in its line, or asked for one after the other.
//!
//! What a form knows already it offers: the value given last time, the aggregate that was touched last or is the only one. A field
//! that may be left out has no default, since leaving it out means something.

use std::collections::HashMap;
use std::io::{BufRead, Write};

use serde_json::{Map, Value, json};

use super::input::{self, Lines, folded};
use crate::application::commands::{Command, Unreadable};
use crate::application::fields::{Description, Field, Kind};
use crate::cli::stopped::Stopped;
use crate::cli::text::plain;
use crate::engine::choices::{self, Meaning};
use crate::kernel::store::Window;
use crate::kernel::{Aggregate, Failure};
use crate::tui::short_id;
use crate::world::{Comparison, Playground};

/// At most so many aggregates are listed.
const LISTED: u64 = 20;

/// What was given before.
#[derive(Debug, Default)]
pub(super) struct Previous {
    values: HashMap<(String, String), String>,
    /// The id that was touched last, of each kind.
    ids: HashMap<String, String>,
}

impl Previous {
    /// Takes in a command that was performed.
    pub fn take_in(&mut self, comparison: &Comparison) {
        let input = &comparison.input;
        let Some(description) = Command::ALL.iter().find(|one| one.name == input.command) else { return };
        for field in description.fields {
            let Some(value) = input.with.get(field.name) else { continue };
            match (field.kind, value) {
                (Kind::Id(kind), Value::String(id)) => drop(self.ids.insert(kind.to_owned(), id.clone())),
                (Kind::Lines, _) => {}
                (_, value) => {
                    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    self.values.insert((input.command.clone(), field.name.to_owned()), text);
                }
            }
        }
        let results = comparison.worlds.iter().filter_map(|one| one.reply.result.result.as_ref());
        if let Some(created) = description.creates
            && let Some(id) = results.filter_map(|result| result.get(created)?.as_str()).next()
        {
            self.ids.insert(created.trim_end_matches("_id").to_owned(), id.to_owned());
        }
    }

    fn default(&self, command: &str, field: &Field, playground: &Playground) -> Result<Option<String>, Failure> {
        let Kind::Id(kind) = field.kind else {
            return Ok(self.values.get(&(command.to_owned(), field.name.to_owned())).cloned());
        };
        if let Some(id) = self.ids.get(kind)
            && choices::get(playground, kind, id)?.is_some()
        {
            return Ok(Some(id.clone()));
        }
        let first = choices::list(playground, kind, Window { offset: 0, limit: 2 })?;
        Ok(if let [only] = &*first { Some(only.id.clone()) } else { None })
    }
}

/// Where a form asks, and where it looks things up.
pub(super) struct Desk<'a, R> {
    pub playground: &'a Playground,
    pub previous: &'a Previous,
    pub lines: &'a mut Lines<R>,
    pub out: &'a mut dyn Write,
}

/// The command with what was given for its fields; with nothing given, each field is asked for. `None` when it was given up, or what
/// was given is wrong, which has been said then.
pub(super) fn fill<R: BufRead>(
    description: &'static Description,
    given: &[String],
    desk: &mut Desk<'_, R>,
) -> Result<Option<Command>, Stopped> {
    let filled = if given.is_empty() { desk.ask_all(description)? } else { desk.read_all(description, given)? };
    let Some(filled) = filled else { return Ok(None) };
    match Command::read(description.name, &filled) {
        Ok(command) => Ok(Some(command)),
        Err(error) => {
            let name = description.name;
            writeln!(desk.out, "{}; nothing is done; `{name}` alone asks for each field", plain(&error.to_string()))?;
            Ok(None)
        }
    }
}

impl<R: BufRead> Desk<'_, R> {
    fn read_all(&mut self, command: &Description, given: &[String]) -> Result<Option<Map<String, Value>>, Stopped> {
        let mut texts: Vec<(String, String)> = Vec::new();
        for word in given {
            match (word.split_once('='), texts.last_mut()) {
                (Some((name, text)), _) => texts.push((name.to_owned(), text.to_owned())),
                // Words that follow a value belong to it.
                (None, Some((_, text))) => text.push_str(&format!(" {word}")),
                (None, None) => {
                    writeln!(self.out, "`{}` is no FIELD=VALUE, as in name=Laptop; nothing is done", plain(word))?;
                    return Ok(None);
                }
            }
        }
        let mut filled = Map::new();
        for (name, text) in texts {
            let field = command.fields.iter().find(|field| folded(field.name) == folded(&name));
            let value = match field {
                Some(field) => match self.value(field, &text)? {
                    Ok(value) => value,
                    Err(wrong) => {
                        writeln!(self.out, "{}: {}; nothing is done", field.name, plain(&wrong))?;
                        return Ok(None);
                    }
                },
                // That it is unknown is said when the command is read.
                None => Value::from(text),
            };
            let name = field.map_or(name, |field| field.name.to_owned());
            if filled.insert(name.clone(), value).is_some() {
                writeln!(self.out, "{}: is given twice; nothing is done", plain(&name))?;
                return Ok(None);
            }
        }
        Ok(Some(filled))
    }

    fn ask_all(&mut self, command: &Description) -> Result<Option<Map<String, Value>>, Stopped> {
        writeln!(self.out, "{}: {} (a dot alone gives up)", command.name, command.about)?;
        let mut filled = Map::new();
        for field in command.fields {
            self.list(field)?;
            let need = if field.required { "required" } else { "may be left out" };
            writeln!(
                self.out,
                "  {}: {}; {} ({need})",
                field.name,
                field.about.trim_end_matches('.'),
                expected(field)
            )?;
            let default =
                if field.required { self.previous.default(command.name, field, self.playground)? } else { None };
            let hint = default.as_ref().map_or(String::new(), |text| format!(" [{}]", plain(&shown(field, text))));
            loop {
                let Some(line) = self.lines.next(self.out, &format!("  {}{hint}: ", field.name))? else {
                    writeln!(self.out, "the input has ended; nothing is done")?;
                    return Ok(None);
                };
                let text = match (line.trim(), &default) {
                    (".", _) => {
                        writeln!(self.out, "given up; nothing is done")?;
                        return Ok(None);
                    }
                    ("", Some(default)) => default.clone(),
                    ("", None) if !field.required => break,
                    ("\"\"" | "''", _) => String::new(),
                    (text, _) => text.to_owned(),
                };
                match self.value(field, &text)? {
                    Err(wrong) => writeln!(self.out, "  {}", plain(&wrong))?,
                    Ok(value) => {
                        filled.insert(field.name.to_owned(), value);
                        match blame(command, field, &filled) {
                            None => break,
                            Some(wrong) => writeln!(self.out, "  {}", plain(&wrong))?,
                        }
                    }
                }
            }
        }
        Ok(Some(filled))
    }

    /// What exists, where an id is due.
    fn list(&mut self, field: &Field) -> Result<(), Stopped> {
        let kind = match field.kind {
            Kind::Id(kind) => kind,
            Kind::Lines => crate::domain::Product::NAME,
            _ => return Ok(()),
        };
        let there = choices::list(self.playground, kind, Window { offset: 0, limit: LISTED })?;
        for (index, choice) in there.iter().enumerate() {
            writeln!(self.out, "  {:>4}  {}  {}", index + 1, plain(&short_id(&choice.id)), plain(&choice.label))?;
        }
        let more = choices::count(self.playground, kind)?.saturating_sub(there.len() as u64);
        if more > 0 {
            writeln!(self.out, "        and {more} more")?;
        }
        Ok(())
    }

    /// The value that a text stands for, or what is wrong with the text.
    fn value(&self, field: &Field, text: &str) -> Result<Result<Value, String>, Failure> {
        match field.kind {
            Kind::Id(kind) => Ok(self.id(kind, text.trim())?.map(Value::from)),
            Kind::Lines if !text.trim_start().starts_with('[') => self.order_lines(text),
            kind => Ok(Ok(kind.from_text(text))),
        }
    }

    fn id(&self, kind: &str, text: &str) -> Result<Result<String, String>, Failure> {
        Ok(match choices::meaning(self.playground, kind, text)? {
            Meaning::Id(id) => Ok(id),
            Meaning::Several(ids) => Err(several(text, &ids)),
        })
    }

    /// `PRODUCT QUANTITY [PRICE]; …`; without a price, the product's own.
    fn order_lines(&self, text: &str) -> Result<Result<Value, String>, Failure> {
        let product = crate::domain::Product::NAME;
        let mut lines = Vec::new();
        for line in text.split(';').filter(|line| !line.trim().is_empty()) {
            let words = match input::words(line) {
                Ok(words) => words,
                Err(wrong) => return Ok(Err(wrong)),
            };
            let ([id, quantity] | [id, quantity, _]) = &*words else {
                return Ok(Err(format!("`{}` is no PRODUCT QUANTITY [PRICE]", line.trim())));
            };
            let id = match self.id(product, id)? {
                Ok(id) => id,
                Err(wrong) => return Ok(Err(wrong)),
            };
            let price = match words.get(2) {
                Some(price) => Value::from(price.as_str()),
                None => match choices::get(self.playground, product, &id)?
                    .and_then(|one| one.state.get("price").cloned())
                {
                    Some(price) => price,
                    None => return Ok(Err(format!("there is no product `{id}` whose price could be taken; give one"))),
                },
            };
            let quantity = Kind::Integer.from_text(quantity);
            lines.push(json!({ "product_id": id, "quantity": quantity, "unit_price": price }));
        }
        Ok(Ok(Value::from(lines)))
    }
}

/// That a text may mean several things, and some of them.
pub(super) fn several(text: &str, ids: &[String]) -> String {
    let some: Vec<_> = ids.iter().take(5).map(String::as_str).collect();
    format!("`{text}` may be any of {} of them: {}", ids.len(), some.join(", "))
}

/// What is wrong with this field, if the command as given so far is wrong there.
fn blame(command: &Description, field: &Field, filled: &Map<String, Value>) -> Option<String> {
    match Command::read(command.name, filled) {
        Err(Unreadable::Field(mismatch)) if mismatch.field.split(['[', '.']).next() == Some(field.name) => {
            Some(mismatch.to_string())
        }
        _ => None,
    }
}

fn expected(field: &Field) -> &'static str {
    match field.kind {
        Kind::Id(_) => "its number in the list, its name, or its id, of which the beginning is enough",
        Kind::Money => "a decimal, as in 12.50",
        Kind::Lines => "PRODUCT QUANTITY [PRICE], more of them after a semicolon",
        kind => kind.expected(),
    }
}

fn shown(field: &Field, text: &str) -> String {
    match field.kind {
        Kind::Id(_) => short_id(text).into_owned(),
        _ => text.to_owned(),
    }
}
