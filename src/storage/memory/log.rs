//! The log in memory: facts in order, and where each stream's are.

use std::collections::{HashMap, HashSet};

use crate::kernel::event::Kept;
use crate::kernel::store::{Each, LogRange};
use crate::kernel::{Fact, Failure, Position, Version};

/// All facts in order; the place of each is its position less one.
#[derive(Debug, Default, Clone)]
pub(super) struct Log {
    facts: Vec<(Fact, String)>,
    ids: HashSet<String>,
    streams: HashMap<String, Vec<usize>>,
    firsts: Vec<String>,
}

impl Log {
    pub(super) fn head(&self) -> Position {
        Position(self.facts.len() as u64)
    }

    pub(super) fn version(&self, stream: &str) -> Version {
        Version(self.streams.get(stream).map_or(0, Vec::len) as u64)
    }

    pub(super) fn streams(&self, prefix: &str) -> impl Iterator<Item = &str> {
        self.firsts.iter().map(String::as_str).filter(move |stream| stream.starts_with(prefix))
    }

    /// Appends one fact as the next of its stream.
    ///
    /// # Errors
    ///
    /// When there is a fact with its id.
    pub(super) fn append(&mut self, stream: &str, fact: &Fact) -> Result<Position, Failure> {
        if !self.ids.insert(fact.event_id.clone()) {
            let what = format!("event {} of {} is in the log already; nothing was written", fact.event_id, fact.stream);
            return Err(Failure::new(what).remedy("give every event an id of its own"));
        }
        let place = self.facts.len();
        let places = self.streams.entry(stream.to_owned()).or_default();
        if places.is_empty() {
            self.firsts.push(stream.to_owned());
        }
        places.push(place);
        let version = Version(places.len() as u64);
        let fact = Fact { stream: stream.to_owned(), version, ..fact.clone() };
        let recorded_at = fact.recorded_at.column();
        self.facts.push((fact, recorded_at));
        Ok(self.head())
    }

    /// Takes back every fact after a position.
    pub(super) fn cut(&mut self, head: Position) {
        while self.head() > head
            && let Some((fact, _)) = self.facts.pop()
        {
            self.ids.remove(&fact.event_id);
            let left = self.streams.get_mut(&fact.stream).map_or(0, |places| {
                places.pop();
                places.len()
            });
            if left == 0 {
                self.streams.remove(&fact.stream);
                self.firsts.pop();
            }
        }
    }

    pub(super) fn stream(&self, stream: &str, after: Version, each: Each<'_>) -> Result<(), Failure> {
        let places = self.streams.get(stream).map_or(&[][..], Vec::as_slice);
        let first = usize::try_from(after.0).unwrap_or(usize::MAX);
        places.iter().skip(first).try_for_each(|place| each(self.kept(*place)))
    }

    pub(super) fn range(&self, range: LogRange, each: Each<'_>) -> Result<(), Failure> {
        let from = usize::try_from(range.from.0).unwrap_or(usize::MAX);
        let all = self.facts.len();
        if range.newest_first {
            let end = if from == 0 { all } else { all.min(from - 1) };
            (0..end).rev().take(range.limit).try_for_each(|place| each(self.kept(place)))
        } else {
            (from.min(all)..all).take(range.limit).try_for_each(|place| each(self.kept(place)))
        }
    }

    fn kept(&self, place: usize) -> Kept<'_> {
        let (fact, recorded_at) = &self.facts[place];
        Kept {
            position: Position(place as u64 + 1),
            event_id: &fact.event_id,
            stream: &fact.stream,
            version: fact.version,
            event_type: &fact.event_type,
            schema_version: fact.schema_version,
            recorded_at,
            data: &fact.data,
            metadata: &fact.metadata,
        }
    }
}
