//! What a person sees and presses.
//!
//! Shaped as in Elm, with layers: an input means an action or a text (`keymap`), which changes the model (`update`) and has effects
//! outside, whose answers come back as messages; drawing (`view`) turns the model into a frame and notes what can be pointed at in
//! it. Update and draw do no I/O. `action` is the one table from which keys, footer, help and mouse come.
//!
//! `tab` knows the screens, of which `explore` and `decide` are two; `bars` stand around them, and `layers` is what lies over them: the list
//! of commands, a form, the help, details, an error.

mod action;
mod bars;
mod config;
mod crashes;
mod decide;
mod effect;
mod event_loop;
mod explore;
mod hit;
mod kept;
mod key;
mod keymap;
mod keys;
mod layers;
mod measuring;
mod model;
mod news;
mod outside;
mod pen;
pub mod picture;
mod playing;
mod saving;
mod setup;
mod shell;
mod steps;
mod svg;
mod tab;
mod terminal;
mod text;
mod theme;
mod update;
mod view;
mod welcome;

pub use action::Place;
pub(crate) use action::{ACTIONS, Action};
pub use config::Config;
pub use event_loop::{Input, Window};
pub(crate) use explore::{Told, align, key_fields, tell};
pub use kept::Kept;
pub use keys::Keys;
pub use model::Appearance;
pub use outside::Outside;
pub use setup::Setup;
pub use tab::Tab;
pub(crate) use text::{clip, short_id, short_stream, shorten_ids, width};
pub use theme::Theme;

use std::io;
use std::mem::ManuallyDrop;

use crossterm::event::EventStream;
use futures_util::{Stream, StreamExt, stream};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use tokio::signal::unix::{SignalKind, signal};

use crate::engine::scenario::Scenario;
use crate::kernel::Failure;
use crate::world::Opening;

/// How the window is opened.
pub struct WindowOptions {
    /// The playground.
    pub opening: Opening,
    /// What Space plays.
    pub scenario: Option<Scenario>,
    /// Everything else.
    pub setup: Setup,
    /// Where what a person set is kept.
    pub keep: Box<dyn FnMut(&Kept)>,
}

/// Opens the window on this process's terminal and runs until a person leaves. The terminal is given back in any case.
///
/// # Errors
///
/// When the playground cannot be opened, or the terminal cannot be used.
pub fn run(options: WindowOptions) -> Result<(), Failure> {
    let mouse = options.setup.mouse;
    // The playground opens while the terminal is being taken.
    let window = Window::open(options.opening, options.scenario, options.setup)?.within(System { keep: options.keep });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(unusable)?;
    runtime.block_on(async {
        let inputs = inputs().map_err(unusable)?;
        let _taken = terminal::Taken::take(mouse).map_err(unusable)?;
        let screen = terminal::output().map_err(unusable)?;
        let terminal = Terminal::new(CrosstermBackend::new(screen)).map_err(unusable)?;
        // `Taken` gives everything back; a terminal's own drop would panic where the terminal is gone.
        let mut terminal = ManuallyDrop::new(terminal);
        window.run(&mut terminal, inputs).await
    })
}

/// This process's terminal.
struct System {
    keep: Box<dyn FnMut(&Kept)>,
}

impl Outside for System {
    fn mouse(&mut self, on: bool) -> io::Result<()> {
        terminal::mouse(on)
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        terminal::copy(text)
    }

    fn suspend(&mut self) -> io::Result<()> {
        terminal::suspend()
    }

    fn stop(&mut self) -> io::Result<()> {
        terminal::stop()
    }

    fn wake(&mut self) -> io::Result<()> {
        terminal::wake()
    }

    fn keep(&mut self, kept: &Kept) {
        (self.keep)(kept);
    }
}

/// What the terminal sends, and the signals that end, stop and wake the program.
fn inputs() -> io::Result<impl Stream<Item = io::Result<Input>>> {
    const STOP: i32 = rustix::process::Signal::TSTP.as_raw();
    const WAKE: i32 = rustix::process::Signal::CONT.as_raw();
    let each = |kind: SignalKind, input: fn() -> Input| {
        let signal = signal(kind)?;
        Ok::<_, io::Error>(Box::pin(stream::unfold(signal, move |mut signal| async move {
            signal.recv().await?;
            Some((Ok(input()), signal))
        })))
    };
    let ends =
        stream::select(each(SignalKind::terminate(), || Input::End)?, each(SignalKind::hangup(), || Input::End)?);
    let stops = stream::select(
        each(SignalKind::from_raw(STOP), || Input::Stop)?,
        each(SignalKind::from_raw(WAKE), || Input::Wake)?,
    );
    let events = EventStream::new().map(|event| event.map(Input::Event));
    Ok(stream::select(stream::select(ends, stops), events))
}

fn unusable(error: io::Error) -> Failure {
    Failure::new(format!("the terminal cannot be used: {error}"))
}
