//! The behaviours around a handler, as nested boxes: the first of a policy's list is the outermost.

use futures_util::future::LocalBoxFuture;

use super::flight::Flight;
use crate::kernel::Handled;
use crate::kernel::probe::{Step, StepKind};

/// One box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Behaviour {
    /// Refuses requests that no one can have meant, before the handler sees them.
    Validation,
    /// Commits what the handler saved when it succeeds, and forgets it otherwise.
    Transaction,
    /// Publishes the facts of the handler's saves when it succeeds.
    Dispatch,
    /// Writes down how it went.
    Logging,
}

impl Behaviour {
    /// The names in policies.
    pub(super) const NAMES: [(&'static str, Self); 4] = [
        ("validation", Self::Validation),
        ("transaction", Self::Transaction),
        ("dispatch", Self::Dispatch),
        ("logging", Self::Logging),
    ];

    /// What it does, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            Self::Validation => "refuses requests that no one can have meant, before the handler sees them",
            Self::Transaction => "commits what the handler saved when it succeeds, and forgets it otherwise",
            Self::Dispatch => "publishes the facts of the handler's saves when it succeeds",
            Self::Logging => "writes down how it went",
        }
    }

    /// Its name in policies.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, behaviour)| *behaviour == self).map_or("", |(name, _)| name)
    }
}

/// Runs a flight through the boxes that are left, and through its handler in the innermost. Each is as large as itself needs, which
/// keeps the allocator's small and fast bins in use.
pub(super) fn run<'a>(behaviours: &'a [Behaviour], flight: &'a Flight) -> LocalBoxFuture<'a, Handled> {
    match behaviours.split_first() {
        None => flight.command.clone().handle(&flight.shop),
        Some((Behaviour::Validation, inner)) => Box::pin(validation(inner, flight)),
        Some((Behaviour::Transaction, inner)) => Box::pin(transaction(inner, flight)),
        Some((Behaviour::Dispatch, inner)) => Box::pin(dispatch(inner, flight)),
        Some((Behaviour::Logging, inner)) => Box::pin(logging(inner, flight)),
    }
}

async fn validation(inner: &[Behaviour], flight: &Flight) -> Handled {
    let verdict = flight.command.validate();
    let step = || {
        let detail =
            verdict.as_ref().map_or_else(|refusal| format!("refused: {refusal}"), |()| "fit to work on".into());
        Step::new(StepKind::Validated, flight.name(), detail)
    };
    flight.probe.reach(step).await?;
    verdict?;
    run(inner, flight).await
}

async fn transaction(inner: &[Behaviour], flight: &Flight) -> Handled {
    match run(inner, flight).await {
        Ok(result) if result.is_success() => {
            flight.unit.commit().await?;
            Ok(result)
        }
        other => {
            flight.unit.roll_back();
            other
        }
    }
}

async fn dispatch(inner: &[Behaviour], flight: &Flight) -> Handled {
    let result = run(inner, flight).await?;
    if result.is_success() {
        flight.unit.dispatch().await?;
    }
    Ok(result)
}

async fn logging(inner: &[Behaviour], flight: &Flight) -> Handled {
    let handled = run(inner, flight).await;
    let line = match &handled {
        Ok(result) => result.status.to_string(),
        Err(stop) => format!("stopped: {stop}"),
    };
    tracing::info!(command = flight.name(), %line, "handled");
    flight.probe.reach(|| Step::new(StepKind::Logged, flight.name(), line)).await?;
    handled
}
