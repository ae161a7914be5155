//! A journey: keys in, screen out, through the real loop, on a real playground.

use std::io;
use std::path::Path;
use std::thread::JoinHandle;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use diptych::engine::scenario::Scenario;
use diptych::kernel::Failure;
use diptych::tui::{Appearance, Input, Setup, Window};
use diptych::world::{Directory, Opening};
use futures_util::Stream;
use ratatui::Terminal;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::screen::Screen;
use crate::system::System;

/// A window that is open.
pub struct Journey {
    pub screen: Screen,
    pub system: System,
    inputs: Option<UnboundedSender<io::Result<Input>>>,
    window: Option<JoinHandle<Result<(), Failure>>>,
}

/// How a window is looked at in tests: no two runs take the same time.
pub fn appearance() -> Appearance {
    Appearance { durations: false, ..Appearance::default() }
}

/// A fresh playground, as large as most windows, and the first scenario.
pub fn open() -> Journey {
    open_at(120, 36)
}

pub fn open_at(width: u16, height: u16) -> Journey {
    play("price-with-a-past", width, height)
}

pub fn play(scenario: &str, width: u16, height: u16) -> Journey {
    let opening = Opening::of(Directory::ephemeral().unwrap());
    let journey = start(opening, Scenario::open(Path::new(scenario)).unwrap(), appearance(), width, height);
    journey.see("space plays");
    journey.see("● live");
    journey
}

pub fn start(opening: Opening, scenario: Scenario, setup: impl Into<Setup>, width: u16, height: u16) -> Journey {
    let (screen, system, setup) = (Screen::new(width, height), System::default(), setup.into());
    let (inputs, events) = unbounded_channel();
    let stream = futures_util::stream::unfold(events, |mut events| async { Some((events.recv().await?, events)) });
    let (drawn_on, around) = (screen.clone(), system.clone());
    let window = std::thread::spawn(move || run(opening, scenario, setup, drawn_on, around, stream));
    Journey { screen, system, inputs: Some(inputs), window: Some(window) }
}

/// Runs a window on a screen until its inputs end.
pub fn run(
    opening: Opening,
    scenario: Scenario,
    setup: impl Into<Setup>,
    screen: Screen,
    system: System,
    inputs: impl Stream<Item = io::Result<Input>>,
) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let mut terminal = Terminal::new(screen.clone()).unwrap();
    let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let window = Window::open(opening, Some(scenario), setup)?.within(system);
        runtime.block_on(window.run(&mut terminal, inputs))
    }));
    screen.end();
    ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

impl Journey {
    /// Presses keys: words as *enter* and *ctrl-s*, or single letters, between spaces.
    pub fn press(&self, keys: &str) -> &Self {
        for key in keys.split(' ') {
            self.send(Event::Key(self::key(key)));
        }
        self
    }

    pub fn type_text(&self, text: &str) -> &Self {
        for letter in text.chars() {
            self.send(Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE)));
        }
        self
    }

    pub fn paste(&self, text: &str) -> &Self {
        self.send(Event::Paste(text.to_owned()));
        self
    }

    pub fn resize(&self, width: u16, height: u16) -> &Self {
        self.screen.resize(width, height);
        self.send(Event::Resize(width, height));
        self
    }

    /// Clicks on the first cell of a text.
    pub fn click(&self, text: &str) -> &Self {
        self.see(text);
        let (column, row) = self.place(text).expect("it is on the screen");
        self.mouse(MouseEventKind::Down(MouseButton::Left), column, row)
    }

    pub fn mouse(&self, kind: MouseEventKind, column: u16, row: u16) -> &Self {
        self.send(Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
        self
    }

    /// Waits until a text is on the screen.
    #[track_caller]
    pub fn see(&self, text: &str) -> &Self {
        if let Err(last) = self.screen.wait(|screen| screen.contains(text)) {
            panic!("`{text}` never came onto the screen:\n{last}");
        }
        self
    }

    /// Waits until a line of the screen holds all of these.
    #[track_caller]
    pub fn see_row(&self, parts: &[&str]) -> &Self {
        let has = |screen: &str| screen.lines().any(|line| parts.iter().all(|part| line.contains(part)));
        if let Err(last) = self.screen.wait(has) {
            panic!("no line ever held all of {parts:?}:\n{last}");
        }
        self
    }

    /// Waits until a text is gone from the screen.
    #[track_caller]
    pub fn see_no(&self, text: &str) -> &Self {
        if let Err(last) = self.screen.wait(|screen| !screen.contains(text)) {
            panic!("`{text}` never went from the screen:\n{last}");
        }
        self
    }

    pub fn text(&self) -> String {
        self.screen.text()
    }

    /// Closes the window as `q` does, and answers how it ended.
    pub fn leave(mut self) -> Result<(), Failure> {
        self.press("esc esc q");
        self.window.take().expect("it is left once").join().expect("the window does not panic")
    }

    /// How it ended by itself.
    pub fn ended(mut self) -> Result<(), Failure> {
        self.window.take().expect("it ends once").join().expect("the window does not panic")
    }

    fn place(&self, text: &str) -> Option<(u16, u16)> {
        let rows = self.screen.cells(|x, y, cell| Some((x, y, cell.symbol().to_owned())));
        (0..rows.len()).find_map(|start| {
            let (x, y, _) = rows[start];
            let line: String =
                rows[start..].iter().take_while(|cell| cell.1 == y).map(|cell| cell.2.as_str()).collect();
            line.starts_with(text).then_some((x, y))
        })
    }

    fn send(&self, event: Event) {
        self.input(Input::Event(event));
    }

    pub fn input(&self, input: Input) -> &Self {
        if let Some(inputs) = &self.inputs {
            // A window that has closed is told about by what comes next.
            let _ = inputs.send(Ok(input));
        }
        self
    }
}

impl Drop for Journey {
    fn drop(&mut self) {
        self.inputs.take();
        if let Some(window) = self.window.take() {
            let ended = window.join();
            if !std::thread::panicking() {
                ended.expect("the window does not panic").expect("the window ends well");
            }
        }
    }
}

pub fn key(name: &str) -> KeyEvent {
    let (modifiers, name) = match name.strip_prefix("ctrl-") {
        Some(name) => (KeyModifiers::CONTROL, name),
        None => (KeyModifiers::NONE, name),
    };
    let code = match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "shift-tab" => KeyCode::BackTab,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "backspace" => KeyCode::Backspace,
        "space" => KeyCode::Char(' '),
        one => KeyCode::Char(one.chars().next().expect("a key has a name")),
    };
    KeyEvent::new(code, modifiers)
}
