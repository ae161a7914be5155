//! A run as a person reads it: captions, what each world did, and what is there in the end.

use std::collections::HashMap;
use std::io::Write;

use super::super::stopped::Stopped;
use super::super::text::plain;
use super::super::{Out, telling};
use super::Report;
use crate::engine::scenario::{Played, Player};
use crate::world::{Blame, Difference, Playground, World};

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

    fn tables(&mut self, playground: &Playground, world: &World) -> Result<(), Stopped> {
        telling::tables(self.out, playground, world, &|text| self.names.fill_in(text))
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
        let doing = played.scene.doing.as_ref();
        let beside = doing.and_then(|doing| doing.beside.as_ref()).map(|beside| &beside.doing);
        for name in doing.into_iter().chain(beside).filter_map(|doing| doing.name.as_ref()) {
            if let Some(id) = player.names().get(name) {
                self.names.0.insert(id.clone(), format!("@{name}"));
            }
        }
        telling::scene(self.out, played, true)?;
        if let Some(comparison) = &played.comparison {
            telling::worlds(self.out, comparison, self.trace, &|text| self.names.fill_in(text))?;
        }
        if let (Some(beside), Some(comparison)) =
            (played.scene.doing.as_ref().and_then(|doing| doing.beside.as_deref()), &played.beside)
        {
            telling::beside(self.out, beside)?;
            telling::worlds(self.out, comparison, self.trace, &|text| self.names.fill_in(text))?;
        }
        Ok(self.out.flush()?)
    }

    fn end(
        &mut self,
        playground: &Playground,
        difference: Option<&Difference>,
        blame: Option<&Blame>,
    ) -> Result<(), Stopped> {
        let worlds = playground.worlds();
        match (difference, worlds) {
            (Some(difference), _) => {
                for world in worlds {
                    writeln!(self.out, "\nIn the end, in the world {}", world.kind().name())?;
                    self.tables(playground, world)?;
                }
                let difference = plain(&self.names.fill_in(&difference.to_string()));
                let since = blame.map_or(String::new(), |blame| format!("\nsince the fault put in: {blame}"));
                writeln!(self.out, "\nThe worlds disagree: {difference}{since}\n")?;
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
