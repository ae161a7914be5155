//! The loop: waits for something to happen, takes in all that has, and draws once if anything has changed.
//!
//! While nothing happens there is no draw, no timer and no wake-up. What was asked of the engine is waited for, a moment at most,
//! so that a screen does not show an empty list for the one frame that the answer takes, and keys that were typed ahead mean what
//! they lead to: they wait as well.

use std::future::poll_fn;
use std::io;
use std::ops::ControlFlow;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use crossterm::event::Event;
use futures_util::{Stream, StreamExt};
use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::layout::Size;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{Instant, sleep_until};

use super::effect::Effect;
use super::hit::HitMap;
use super::kept::Kept;
use super::keymap;
use super::measuring::{Measuring, Told};
use super::model::Model;
use super::outside::{Nothing, Outside};
use super::setup::Setup;
use super::update::{Msg, update};
use super::view;
use crate::engine::scenario::Scenario;
use crate::engine::{Engine, Request, Update};
use crate::kernel::Failure;
use crate::world::Opening;

/// How long a draw waits for the engine's answer.
const MOMENT: Duration = Duration::from_millis(8);

/// So many messages are taken in before a draw at most, so that no flood of input keeps the screen from changing.
const FLOOD: usize = 512;

/// What comes from outside.
#[derive(Debug)]
pub enum Input {
    /// A key, a click, a paste, another size.
    Event(Event),
    /// The system wants the program to end.
    End,
    /// The system wants the program to stop until it is woken.
    Stop,
    /// The program was woken.
    Wake,
}

/// The window and its engine.
pub struct Window {
    model: Model,
    engine: Engine,
    updates: UnboundedReceiver<Update>,
    /// What a measurement says, and what the next one says it with.
    measured: (UnboundedSender<Told>, UnboundedReceiver<Told>),
    measuring: Option<Measuring>,
    hits: HitMap,
    outside: Box<dyn Outside>,
    /// Whether what is on the terminal is not known any more.
    lost: bool,
    panics: bool,
    /// Until when the engine's answer is waited for.
    awaited: Option<Instant>,
    /// Whether the screen shows something else than the model.
    changed: bool,
}

/// On, or left: well, or with a failure.
type Turn = ControlFlow<Result<(), Failure>>;

impl Window {
    /// Starts the engine; nothing is drawn yet.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub fn open(opening: Opening, scenario: Option<Scenario>, setup: impl Into<Setup>) -> Result<Self, Failure> {
        let (tell, updates) = unbounded_channel();
        let engine = Engine::start(opening, move |update| {
            // A window that is gone needs no news.
            let _ = tell.send(update);
        })?;
        if let Some(scenario) = scenario {
            engine.ask(Request::OpenScenario(Box::new(scenario)));
        }
        let setup = setup.into();
        let panics = setup.panics;
        let model = Model::new(Size::ZERO, setup);
        let (hits, outside) = (HitMap::default(), Box::new(Nothing));
        let measured = unbounded_channel();
        let measuring = None;
        Ok(Self {
            model,
            engine,
            updates,
            measured,
            measuring,
            hits,
            outside,
            lost: false,
            panics,
            awaited: None,
            changed: true,
        })
    }

    /// The same with a system around it.
    #[must_use]
    pub fn within(mut self, outside: impl Outside + 'static) -> Self {
        self.outside = Box::new(outside);
        self
    }

    /// Runs until a person leaves, the inputs end, or the playground cannot be opened.
    ///
    /// # Errors
    ///
    /// When the playground cannot be opened or the terminal fails.
    pub async fn run<B: Backend>(
        mut self,
        terminal: &mut Terminal<B>,
        inputs: impl Stream<Item = io::Result<Input>>,
    ) -> Result<(), Failure> {
        let mut inputs = pin!(inputs);
        let size = terminal.size().map_err(|error| broken(&error))?;
        let mut turn = self.take(Msg::Resized { width: size.width, height: size.height });
        loop {
            if let ControlFlow::Break(left) = turn {
                if left.is_ok() {
                    self.outside.keep(&Kept::of(&self.model));
                }
                return left;
            }
            turn = self.turn(terminal, &mut inputs).await;
        }
    }

    /// Waits for something, takes in everything there is, and draws.
    async fn turn<B: Backend>(
        &mut self,
        terminal: &mut Terminal<B>,
        inputs: &mut (impl Stream<Item = io::Result<Input>> + Unpin),
    ) -> Turn {
        let moment = self.awaited;
        tokio::select! {
            biased;
            said = self.updates.recv() => self.hear(said)?,
            Some(told) = self.measured.1.recv() => self.take(Msg::Measuring(told))?,
            input = inputs.next(), if moment.is_none() => self.read(input)?,
            () = sleep_until(moment.unwrap_or_else(Instant::now)), if moment.is_some() => self.awaited = None,
        }
        for _ in 0..FLOOD {
            if let Ok(said) = self.updates.try_recv() {
                self.hear(Some(said))?;
            } else if self.awaited.is_some() {
                break;
            } else {
                // With the loop's own waker: a stream remembers only the last one it was asked with.
                match poll_fn(|context| Poll::Ready(inputs.poll_next_unpin(context))).await {
                    Poll::Ready(input) => self.read(input)?,
                    Poll::Pending => break,
                }
            }
        }
        if self.changed && self.awaited.is_none() {
            self.changed = false;
            if std::mem::take(&mut self.lost) {
                // Both buffers blank, as the terminal is: everything is drawn again.
                terminal.swap_buffers();
            }
            if let Err(error) = terminal.draw(|frame| self.hits = view::draw(&self.model, frame)) {
                return ControlFlow::Break(Err(broken(&error)));
            }
            assert!(!self.panics, "this window was opened to panic");
        }
        ControlFlow::Continue(())
    }

    fn hear(&mut self, said: Option<Update>) -> Turn {
        let Some(said) = said else { return ControlFlow::Break(Err(Failure::new("the engine has ended"))) };
        if matches!(said, Update::Seen(_) | Update::Failed(_)) {
            self.awaited = None;
        }
        if let Update::Failed(failure) = &said {
            tracing::warn!(%failure, "failed");
        }
        self.take(Msg::Engine(said))
    }

    fn read(&mut self, input: Option<io::Result<Input>>) -> Turn {
        match input {
            None | Some(Ok(Input::End)) => ControlFlow::Break(Ok(())),
            Some(Err(error)) => ControlFlow::Break(Err(broken(&error))),
            Some(Ok(Input::Stop)) => {
                let stopped = self.outside.stop();
                self.anew(stopped)
            }
            Some(Ok(Input::Wake)) => {
                let woken = self.outside.wake();
                self.anew(woken)
            }
            Some(Ok(Input::Event(event))) => match keymap::meaning(event, &self.model, &self.hits) {
                Some(msg) => self.take(msg),
                None => ControlFlow::Continue(()),
            },
        }
    }

    /// The terminal was taken again.
    fn anew(&mut self, taken: io::Result<()>) -> Turn {
        (self.lost, self.changed) = (true, true);
        match taken {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(Err(broken(&error))),
        }
    }

    fn take(&mut self, msg: Msg) -> Turn {
        self.changed = true;
        for effect in update(&mut self.model, msg) {
            match effect {
                Effect::Ask(request) => {
                    self.engine.ask(request);
                    self.awaited.get_or_insert_with(|| Instant::now() + MOMENT);
                }
                Effect::Measure(load) => match Measuring::begin(load, self.measured.0.clone()) {
                    Ok(measuring) => self.measuring = Some(measuring),
                    Err(failure) => self.take(Msg::Measuring(Told::Failed(failure)))?,
                },
                Effect::EndMeasuring => self.measuring.iter().for_each(Measuring::end),
                Effect::Mouse(on) => self.tell(|outside| outside.mouse(on))?,
                Effect::Copy(text) => self.tell(|outside| outside.copy(&text))?,
                Effect::Suspend => self.tell(|outside| outside.suspend())?,
                Effect::Leave(why) => return ControlFlow::Break(why.map_or(Ok(()), Err)),
            }
        }
        ControlFlow::Continue(())
    }
}

impl Window {
    /// Asks something of the system around; what does not work is said on the screen.
    fn tell(&mut self, ask: impl FnOnce(&mut dyn Outside) -> io::Result<()>) -> Turn {
        match ask(self.outside.as_mut()) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => self.take(Msg::Failed(error.to_string())),
        }
    }
}

fn broken(error: &impl std::fmt::Display) -> Failure {
    Failure::new(format!("the terminal cannot be used: {error}"))
}
