//! A command's course through one world, moved on by hand: one poll is one micro-step.

use std::cell::RefCell;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use futures_util::future::LocalBoxFuture;

use super::delivery::Delivery;
use super::fault::Place;
use super::flight::{Flight, Reply};
use super::gate::Gate;
use super::policy::Policy;
use super::trace::Stage;
use super::unit::Unit;
use crate::kernel::probe::{Step, StepKind};
use crate::kernel::{Failure, OperationResult, Probe};

/// A command on its way: a future, and the gate that lets it go on.
pub(super) struct Course {
    gate: Option<Rc<Gate>>,
    /// What it has written, also when it comes to no end.
    unit: Option<Rc<Unit>>,
    future: Option<LocalBoxFuture<'static, Landed>>,
    reply: Rc<RefCell<Option<Reply>>>,
    landed: Landed,
    lost: Option<Place>,
}

/// How a course ended: why a delivery after the answer failed.
type Landed = Result<(), Failure>;

/// What a poll has come to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Polled {
    /// It is held at a step.
    Held,
    /// It is over.
    Done,
    /// A fault has made its world crash at this step.
    Crashed(Place),
}

impl Course {
    /// A flight, then delivery.
    pub fn of(
        flight: Box<Flight>,
        policy: Rc<Policy>,
        unit: Rc<Unit>,
        delivery: Delivery,
        gate: Option<Rc<Gate>>,
    ) -> Self {
        let reply = Rc::new(RefCell::new(None));
        let (answered, beyond) = (Rc::clone(&reply), gate.clone());
        let future = async move {
            let reply = flight.fly(policy).await;
            answered.replace(Some(reply));
            if let Some(gate) = beyond {
                gate.enter(Stage::Delivery);
            }
            delivery.run().await
        };
        Self { gate, unit: Some(unit), future: Some(Box::pin(future)), reply, landed: Ok(()), lost: None }
    }

    /// Lets it go on to its next step, or to its end where nobody holds it.
    pub fn poll(&mut self) -> Result<Polled, Failure> {
        let Some(future) = &mut self.future else { return Ok(Polled::Done) };
        if let Some(gate) = &self.gate {
            gate.open();
        }
        let polled = future.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        if let Some(gate) = &self.gate {
            gate.close();
        }
        match (polled, self.gate.as_ref().map(|gate| gate.crashed())) {
            (Poll::Ready(landed), _) => {
                self.future = None;
                self.landed = landed;
                Ok(Polled::Done)
            }
            (Poll::Pending, Some(Some(place))) => Ok(Polled::Crashed(place)),
            (Poll::Pending, Some(None)) => Ok(Polled::Held),
            (Poll::Pending, None) => Err(Failure::new("a command stopped half-way, though nobody holds it up")),
        }
    }

    /// Whether there is nothing left to do.
    pub fn is_over(&self) -> bool {
        self.future.is_none()
    }

    /// Its gate, if it has one.
    pub fn gate(&self) -> Option<&Rc<Gate>> {
        self.gate.as_ref()
    }

    /// Where its world crashed under it.
    pub fn lost(&self) -> Option<Place> {
        self.lost
    }

    /// Its world has crashed: it goes no further, and what it has not written is gone. Whoever was answered has been answered.
    pub fn lose(&mut self, at: Place) {
        if self.future.take().is_none() {
            self.unit = None;
            return;
        }
        self.lost = Some(at);
        let done = self.unit.take().map(|unit| unit.done()).unwrap_or_default();
        let mut reply = self.reply.borrow_mut();
        if reply.is_none() {
            let answer = self.gate.as_ref().and_then(|gate| gate.answer());
            let result = answer.unwrap_or_else(|| {
                OperationResult::unavailable(format!("The world crashed at {at}, and nobody was there to answer"))
            });
            *reply = Some(Reply { result, facts: done.facts, streams: done.streams, trace: Vec::new() });
        }
    }

    /// After a crash: what opening the file again finds to do.
    pub fn recover(&mut self, found: String, delivery: Delivery, probe: Probe) {
        self.future = Some(Box::pin(async move {
            probe.reach(|| Step::new(StepKind::Reopened, "", found)).await?;
            delivery.run().await
        }));
    }

    /// What came of it, and why a delivery after the answer failed.
    pub fn end(self) -> Option<(Reply, Option<Failure>)> {
        let mut reply = self.reply.take()?;
        if let Some(gate) = &self.gate {
            reply.trace = gate.trace();
        }
        Some((reply, self.landed.err()))
    }
}
