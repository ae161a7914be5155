//! What a person sees and presses.
//!
//! Shaped as in Elm, with layers: an input means an action or a text (`keymap`), which changes the model (`update`) and has effects
//! outside, whose answers come back as messages; drawing (`view`) turns the model into a frame and notes what can be pointed at in
//! it. Update and draw do no I/O. `action` is the one table from which keys, footer, help and mouse come.
//!
//! `explore` is the screen; `layers` is what lies over it: the list of commands, a form, the help, details, an error.

mod action;
mod effect;
mod event_loop;
mod explore;
mod hit;
mod key;
mod keymap;
mod layers;
mod model;
mod pen;
pub mod picture;
mod playing;
mod svg;
mod terminal;
mod text;
mod theme;
mod update;
mod view;
mod welcome;

pub(crate) use action::{ACTIONS, Action};
pub use event_loop::{Input, Window};
pub(crate) use explore::{Told, align, key_fields, tell};
pub use model::Appearance;
pub(crate) use text::{clip, short_id, short_stream, shorten_ids, width};
pub use theme::Theme;

use std::io;

use crossterm::event::EventStream;
use futures_util::{Stream, StreamExt, stream};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use tokio::signal::unix::{SignalKind, signal};

use crate::engine::scenario::Scenario;
use crate::kernel::Failure;
use crate::world::Opening;

/// How the window is opened.
#[derive(Debug)]
pub struct WindowOptions {
    /// The playground.
    pub opening: Opening,
    /// What Space plays.
    pub scenario: Option<Scenario>,
    /// How it looks.
    pub theme: Theme,
    /// Plain letters instead of the program's glyphs.
    pub ascii: bool,
}

/// Opens the window on this process's terminal and runs until a person leaves. The terminal is given back in any case.
///
/// # Errors
///
/// When the playground cannot be opened, or the terminal cannot be used.
pub fn run(options: WindowOptions) -> Result<(), Failure> {
    let appearance = Appearance { theme: options.theme, ascii: options.ascii, ..Appearance::default() };
    // The playground opens while the terminal is being taken.
    let window = Window::open(options.opening, options.scenario, appearance)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(unusable)?;
    runtime.block_on(async {
        let inputs = inputs().map_err(unusable)?;
        let _taken = terminal::Taken::take().map_err(unusable)?;
        let screen = terminal::output().map_err(unusable)?;
        let mut terminal = Terminal::new(CrosstermBackend::new(screen)).map_err(unusable)?;
        window.run(&mut terminal, inputs).await
    })
}

/// What the terminal sends, and the signals that end the program.
fn inputs() -> io::Result<impl Stream<Item = io::Result<Input>>> {
    let end = |mut signal: tokio::signal::unix::Signal| {
        Box::pin(stream::once(async move {
            signal.recv().await;
            Ok(Input::End)
        }))
    };
    let ends = stream::select(end(signal(SignalKind::terminate())?), end(signal(SignalKind::hangup())?));
    let events = EventStream::new().map(|event| event.map(Input::Event));
    Ok(stream::select(ends, events))
}

fn unusable(error: io::Error) -> Failure {
    Failure::new(format!("the terminal cannot be used: {error}"))
}
