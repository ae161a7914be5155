//! Whatever is pressed, clicked or resized: no panic, and the worlds agree.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::{io, path::Path};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use diptych::engine::scenario::Scenario;
use diptych::tui::Input;
use diptych::world::{Directory, Opening, Playground};
use futures_util::Stream;

use crate::journey::{appearance, key, run};
use crate::screen::Screen;
use crate::system::System;

/// A few seconds' worth; `DIPTYCH_FUZZ_EVENTS=100000` asks for more, best with `--release`.
fn events() -> u32 {
    std::env::var("DIPTYCH_FUZZ_EVENTS").ok().and_then(|events| events.parse().ok()).unwrap_or(20_000)
}

/// A person who has no idea, and always the same one; who has left the window opens it again and goes on.
struct Monkey {
    left: u32,
    state: u64,
    screen: Screen,
}

/// What the monkey does while one window is open.
struct Visit(Rc<RefCell<Monkey>>);

impl Monkey {
    /// A xorshift: the seed is all it needs, and the journey can be repeated.
    fn chance(&mut self, below: u64) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state % below
    }

    fn cell(&mut self, below: u64) -> u16 {
        u16::try_from(self.chance(below)).unwrap()
    }

    fn event(&mut self) -> Event {
        const KEYS: [&str; 48] = [
            "3",
            "3",
            "r",
            "]",
            "1",
            "1",
            "2",
            "d",
            "x",
            "n",
            "space",
            "v",
            "w",
            "t",
            "f",
            "enter",
            "enter",
            "p",
            "tab",
            "up",
            "down",
            "pgup",
            "pgdn",
            "home",
            "end",
            "?",
            "esc",
            "ctrl-s",
            "ctrl-u",
            "backspace",
            "left",
            "right",
            "shift-tab",
            "space",
            "a",
            "/",
            "s",
            "r",
            "]",
            "1",
            "3",
            "ctrl-t",
            "M",
            "y",
            "<",
            ">",
            "+",
            "-",
        ];
        match self.chance(20) {
            0 => {
                let (width, height) = (self.cell(220) + 1, self.cell(70) + 1);
                self.screen.resize(width, height);
                Event::Resize(width, height)
            }
            1 => Event::Paste(["12.50", "\x1b[2J", "日本語", "[{}]", "product"][self.chance(5) as usize].to_owned()),
            2 => {
                let letter = char::from_u32(self.chance(0x300) as u32 + 1).unwrap_or('x');
                // It neither leaves nor writes files, by a key or by the palette.
                let letter = if matches!(letter, 'q' | 'W' | 'e' | 'P' | ':') { 'Q' } else { letter };
                Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE))
            }
            3 | 4 => {
                const KINDS: [MouseEventKind; 6] = [
                    MouseEventKind::Down(MouseButton::Left),
                    MouseEventKind::Drag(MouseButton::Left),
                    MouseEventKind::Up(MouseButton::Left),
                    MouseEventKind::ScrollUp,
                    MouseEventKind::ScrollDown,
                    MouseEventKind::Moved,
                ];
                let kind = KINDS[self.chance(6) as usize];
                // The last lines hold the key that quits.
                Event::Mouse(MouseEvent {
                    kind,
                    column: self.cell(220),
                    row: self.cell(30),
                    modifiers: KeyModifiers::NONE,
                })
            }
            _ => Event::Key(key(KEYS[self.chance(48) as usize])),
        }
    }
}

impl Stream for Visit {
    type Item = io::Result<Input>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut monkey = self.0.borrow_mut();
        if monkey.left == 0 {
            return Poll::Ready(None);
        }
        monkey.left -= 1;
        // A breath now and then, so that the window draws.
        if monkey.left.is_multiple_of(7) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Ok(Input::Event(monkey.event()))))
    }
}

#[test]
fn random_keys_clicks_and_sizes_never_panic_and_leave_the_worlds_agreed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("playground");
    let screen = Screen::new(120, 36);
    let scenario = Scenario::open(Path::new("order-across-contexts")).unwrap();
    let monkey = Monkey { left: events(), state: 0x9e37_79b9_7f4a_7c15, screen: screen.clone() };
    let monkey = Rc::new(RefCell::new(monkey));
    while monkey.borrow().left > 0 {
        let opening = Opening::of(Directory::at(&path).unwrap());
        let visit = Visit(Rc::clone(&monkey));
        run(opening, scenario.clone(), appearance(), screen.clone(), System::default(), visit)
            .expect("the window ends well");
    }
    assert!(screen.draws() > 1_000, "only {} draws", screen.draws());
    let playground = Playground::open(Opening::of(Directory::at(&path).unwrap())).unwrap();
    let (commands, _) = playground.last().expect("some command was given");
    assert!(commands > 0, "no command was left");
    // Who crashes a world, or lets two commands race, makes the worlds differ; the log says that somebody did.
    let log = std::fs::read_to_string(path.join("inputs.jsonl")).unwrap();
    let on_purpose = ["\"fault", "\"beside\"", "\"together\""].iter().any(|made| log.contains(made));
    assert!(playground.compare().unwrap().is_none() || on_purpose, "{log}");
}
