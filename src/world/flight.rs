//! One command in flight through one world.

use std::rc::Rc;

use super::pipeline;
use super::policy::Policy;
use super::trace::Trace;
use super::unit::Unit;
use crate::application::Shop;
use crate::application::commands::Command;
use crate::kernel::probe::{Step, StepKind};
use crate::kernel::{Fact, OperationResult, Probe, Stop};

/// A command, and all it needs on its way.
pub(super) struct Flight {
    pub command: Command,
    pub shop: Shop,
    pub unit: Rc<Unit>,
    pub probe: Probe,
}

/// What came of a command in one world.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The answer.
    pub result: OperationResult,
    /// The facts it raised and saved, in order, also where no log keeps them.
    pub facts: Vec<Fact>,
    /// The streams of the roots it saved.
    pub streams: Vec<String>,
    /// What it did, step by step; empty when nobody watched.
    pub trace: Trace,
}

impl Flight {
    pub fn name(&self) -> &'static str {
        self.command.description().name
    }

    /// Through the pipeline and back. It flies boxed, since a future that held it would hold it twice.
    pub async fn fly(self: Box<Self>, policy: Rc<Policy>) -> Reply {
        let handled = self.handle(&policy).await;
        let result = self.answer(handled);
        let done = self.unit.done();
        Reply { result, facts: done.facts, streams: done.streams, trace: Trace::new() }
    }

    async fn handle(&self, policy: &Policy) -> Result<OperationResult, Stop> {
        self.probe.reach(|| Step::new(StepKind::Received, self.name(), received(policy))).await?;
        let handled = pipeline::run(&policy.pipeline, self).await;
        let result = self.answer(handled);
        let step = || Step::new(StepKind::Returned, self.name(), returned(&result)).answering(&result);
        self.probe.reach(step).await?;
        Ok(result)
    }

    /// A refusal is an answer; a failure becomes the framework's 500.
    fn answer(&self, handled: Result<OperationResult, Stop>) -> OperationResult {
        match handled {
            Ok(result) => result,
            Err(Stop::Refused(refusal)) => refusal.into(),
            Err(Stop::Failed(failure)) => OperationResult::internal_error(&in_words(self.name()), &failure),
        }
    }
}

fn received(policy: &Policy) -> String {
    let names: Vec<_> = policy.pipeline.iter().map(|behaviour| behaviour.name()).collect();
    format!("pipeline: {}", names.join(", "))
}

fn returned(result: &OperationResult) -> String {
    match &result.error {
        Some(error) => format!("{}: {error}", result.status),
        None => result.status.to_string(),
    }
}

/// `PlaceOrder` as in *Failed to place order*.
fn in_words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}
