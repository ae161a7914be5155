//! A run as a person reads it: captions, what each world did, and what is there in the end.

use std::collections::HashMap;
use std::io::{self, Write};
use std::time::Duration;

use serde_json::Value;

use super::super::Out;
use super::super::stopped::Stopped;
use super::super::text::{self, plain};
use super::Report;
use crate::engine::scenario::{Doing, Played, Player};
use crate::kernel::Timestamp;
use crate::world::{Comparison, Difference, Playground, World, WorldReply};

/// Text in columns. Ids that the scenario has a name for are shown by it.
pub(super) struct AsText<'a> {
    out: &'a mut Out,
    trace: bool,
    names: Names,
}

/// The scenario's names, by the ids they stand for.
#[derive(Default)]
struct Names(HashMap<String, String>);

impl<'a> AsText<'a> {
    pub fn new(out: &'a mut Out, trace: bool) -> Self {
        Self { out, trace, names: Names::default() }
    }

    fn captions(&mut self, played: &Played) -> io::Result<()> {
        let Played { number, scene, .. } = played;
        let mut lead = format!("{number:>3}  ");
        let captions = [("", scene.say.as_deref()), ("? ", scene.ask.as_deref()), ("> ", scene.reveal.as_deref())];
        writeln!(self.out)?;
        for (sign, caption) in captions {
            if let Some(caption) = caption {
                text::caption(self.out, &format!("{lead}{sign}"), caption)?;
                lead = " ".repeat(5);
            }
        }
        if let Some(policy) = &scene.set_policy {
            writeln!(self.out, "{lead}policy: {policy}")?;
            lead = " ".repeat(5);
        }
        if let (Some(doing), Some(comparison)) = (&scene.doing, &played.comparison) {
            writeln!(self.out, "{lead}{}  {}", minute(comparison.input.at), command(doing))?;
        }
        Ok(())
    }

    fn worlds(&mut self, comparison: &Comparison) -> io::Result<()> {
        let show = |text: &str| self.names.fill_in(text);
        for one in &comparison.worlds {
            writeln!(self.out, "       {:<6}  {}", one.world.name(), outcome(one, &show))?;
            if self.trace {
                steps(self.out, one, &show)?;
            }
        }
        if let Some(difference) = &comparison.difference {
            writeln!(self.out, "       the worlds disagree: {}", plain(&show(&difference.to_string())))?;
        }
        Ok(())
    }

    fn tables(&mut self, playground: &Playground, world: &World) -> Result<(), Stopped> {
        let rows = playground.final_rows(world)?;
        for (table, rows) in rows.as_object().into_iter().flatten() {
            let rows: &[Value] = rows.as_array().map_or(&[], Vec::as_slice);
            if !rows.is_empty() {
                writeln!(self.out, "\n  {table}")?;
                text::table(self.out, "    ", rows, |text| self.names.fill_in(text))?;
            }
        }
        Ok(())
    }
}

impl Report for AsText<'_> {
    fn begin(&mut self, player: &Player, playground: &Playground) -> Result<(), Stopped> {
        let title = plain(&player.scenario().title);
        let settings = playground.settings();
        writeln!(self.out, "{title}\npolicy {} · hybrid {}", playground.policy(), settings.wiring)?;
        Ok(())
    }

    fn scene(&mut self, played: &Played, player: &Player) -> Result<(), Stopped> {
        if let Some(name) = played.scene.doing.as_ref().and_then(|doing| doing.name.as_ref())
            && let Some(id) = player.names().get(name)
        {
            self.names.0.insert(id.clone(), format!("@{name}"));
        }
        self.captions(played)?;
        if let Some(comparison) = &played.comparison {
            self.worlds(comparison)?;
        }
        Ok(self.out.flush()?)
    }

    fn end(&mut self, playground: &Playground, difference: Option<&Difference>) -> Result<(), Stopped> {
        let worlds = playground.worlds();
        match (difference, worlds) {
            (Some(difference), _) => {
                for world in worlds {
                    writeln!(self.out, "\nIn the end, in the world {}", world.kind().name())?;
                    self.tables(playground, world)?;
                }
                let difference = plain(&self.names.fill_in(&difference.to_string()));
                writeln!(self.out, "\nThe worlds disagree: {difference}\n")?;
            }
            (None, [first, rest @ ..]) => {
                writeln!(self.out, "\nIn the end")?;
                self.tables(playground, first)?;
                match rest.len() {
                    0 => writeln!(self.out, "\n1 world was played: {}\n", first.kind().name())?,
                    others => writeln!(self.out, "\n{} worlds agree\n", others + 1)?,
                }
            }
            (None, []) => {}
        }
        Ok(self.out.flush()?)
    }
}

impl Names {
    /// A text with the scenario's own names in place of ids, which are all of one length.
    fn fill_in(&self, text: &str) -> String {
        const LENGTH: usize = "f337dffc-bca0-510b-bf31-937d9fc2a02f".len();
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let name = rest.get(..LENGTH).and_then(|id| self.0.get(id));
            match name {
                Some(name) => filled.push_str(name),
                None => filled.push(first),
            }
            rest = &rest[if name.is_some() { LENGTH } else { first.len_utf8() }..];
        }
        filled
    }
}

/// To the minute, as people write it.
fn minute(at: Timestamp) -> String {
    at.column().chars().take("2024-01-01 10:00".len()).map(|letter| if letter == 'T' { ' ' } else { letter }).collect()
}

fn command(doing: &Doing) -> String {
    let mut line = plain(&doing.command);
    for (field, value) in &doing.with {
        line.push_str(&format!("  {field} {}", text::cell(value, &|text: &str| text.to_owned())));
    }
    if let Some(name) = &doing.name {
        line.push_str(&format!("  as @{}", plain(name)));
    }
    line
}

fn outcome(one: &WorldReply, show: &impl Fn(&str) -> String) -> String {
    let reply = &one.reply;
    let facts: Vec<_> = reply.facts.iter().map(|fact| plain(&fact.event_type)).collect();
    let mut line = format!("{:<19}", reply.result.status.to_string());
    let reason = reply.result.result.as_ref().and_then(|result| result.get("reason")).and_then(Value::as_str);
    match (&reply.result.error, facts.is_empty()) {
        (Some(error), true) => line.push_str(&plain(&show(error))),
        (Some(error), false) => {
            line.push_str(&format!("{}; saved before it: {}", plain(&show(error)), facts.join(", ")));
        }
        (None, false) => line.push_str(&facts.join(", ")),
        (None, true) => line.push_str(&reason.map_or("no event".to_owned(), |why| format!("no event: {}", plain(why)))),
    }
    line
}

fn steps(out: &mut Out, one: &WorldReply, show: &impl Fn(&str) -> String) -> io::Result<()> {
    for step in &one.reply.trace {
        let (kind, took) = (step.step.kind.name(), duration(step.took));
        let (subject, detail) = (plain(&show(&step.step.subject)), plain(&show(&step.step.detail)));
        writeln!(out, "         {kind:<10} {took:>9}  {subject}: {detail}")?;
        for statement in &step.statements {
            let sql: Vec<_> = statement.text.split_whitespace().collect();
            writeln!(out, "           {:>3} rows  {}", statement.rows, plain(&sql.join(" ")))?;
        }
    }
    Ok(())
}

fn duration(took: Duration) -> String {
    match took.as_micros() {
        micros @ 0..10_000 => format!("{micros} µs"),
        micros => format!("{} ms", micros / 1_000),
    }
}
