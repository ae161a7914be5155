//! A screen that a test can look at while the window draws on it.

use std::convert::Infallible;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use ratatui::backend::{Backend, ClearType, TestBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use unicode_width::UnicodeWidthStr;

/// However slow the machine is, after so long something is wrong.
const PATIENCE: Duration = Duration::from_secs(20);

/// Both ends hold one: the window draws, the test looks.
#[derive(Clone)]
pub struct Screen {
    shared: Arc<(Mutex<Shown>, Condvar)>,
}

struct Shown {
    backend: TestBackend,
    draws: u64,
    ended: bool,
}

impl Screen {
    pub fn new(width: u16, height: u16) -> Self {
        let shown = Shown { backend: TestBackend::new(width, height), draws: 0, ended: false };
        Self { shared: Arc::new((Mutex::new(shown), Condvar::new())) }
    }

    pub fn resize(&self, width: u16, height: u16) {
        self.with(|shown| shown.backend.resize(width, height));
    }

    /// As after something else has written over it.
    pub fn blank(&self) {
        self.with(|shown| shown.backend.clear().unwrap());
    }

    /// The window has closed; nobody need wait for it.
    pub fn end(&self) {
        self.with(|shown| shown.ended = true);
        self.shared.1.notify_all();
    }

    /// Waits until the screen is as `wanted` says; answers it as it is then, or as it was at last.
    pub fn wait(&self, wanted: impl Fn(&str) -> bool) -> Result<String, String> {
        let until = Instant::now() + PATIENCE;
        let mut shown = self.shared.0.lock().unwrap();
        loop {
            let text = text(&shown.backend);
            if wanted(&text) {
                return Ok(text);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || shown.ended {
                return Err(text);
            }
            shown = self.shared.1.wait_timeout(shown, left).unwrap().0;
        }
    }

    pub fn text(&self) -> String {
        self.with(|shown| text(&shown.backend))
    }

    pub fn draws(&self) -> u64 {
        self.with(|shown| shown.draws)
    }

    /// Every cell, row by row.
    pub fn cells<T>(&self, look: impl Fn(u16, u16, &Cell) -> Option<T>) -> Vec<T> {
        self.with(|shown| {
            let buffer = shown.backend.buffer();
            let places = buffer.area.positions().map(|place| (place.x, place.y, &buffer[place]));
            places.filter_map(|(x, y, cell)| look(x, y, cell)).collect()
        })
    }

    fn with<T>(&self, look: impl FnOnce(&mut Shown) -> T) -> T {
        look(&mut self.shared.0.lock().unwrap())
    }
}

fn text(backend: &TestBackend) -> String {
    let buffer = backend.buffer();
    let mut text = String::new();
    for row in buffer.area.rows() {
        let line: String = row.positions().map(|place| buffer[place].symbol()).collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

impl Backend for Screen {
    type Error = Infallible;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> Result<(), Infallible> {
        self.with(|shown| {
            let Size { width, height } = shown.backend.size().unwrap();
            // A window that is made smaller while it draws sends cells that are gone; a terminal ignores them.
            let content: Vec<_> = content.filter(|(x, y, _)| *x < width && *y < height).collect();
            // A wide letter takes the next cell, too, whatever stood there.
            let blank = Cell::default();
            let taken = content.iter().filter(|(x, _, cell)| cell.symbol().width() > 1 && x + 1 < width);
            let taken: Vec<_> = taken.map(|(x, y, _)| (x + 1, *y, &blank)).collect();
            shown.backend.draw(taken.into_iter())?;
            shown.backend.draw(content.into_iter())
        })
    }

    fn hide_cursor(&mut self) -> Result<(), Infallible> {
        self.with(|shown| shown.backend.hide_cursor())
    }

    fn show_cursor(&mut self) -> Result<(), Infallible> {
        self.with(|shown| shown.backend.show_cursor())
    }

    fn get_cursor_position(&mut self) -> Result<Position, Infallible> {
        self.with(|shown| shown.backend.get_cursor_position())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Infallible> {
        self.with(|shown| shown.backend.set_cursor_position(position))
    }

    fn clear(&mut self) -> Result<(), Infallible> {
        self.with(|shown| shown.backend.clear())
    }

    fn clear_region(&mut self, clear_type: ClearType) -> Result<(), Infallible> {
        self.with(|shown| shown.backend.clear_region(clear_type))
    }

    fn size(&self) -> Result<Size, Infallible> {
        self.with(|shown| shown.backend.size())
    }

    fn window_size(&mut self) -> Result<WindowSize, Infallible> {
        self.with(|shown| shown.backend.window_size())
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        self.with(|shown| shown.draws += 1);
        self.shared.1.notify_all();
        Ok(())
    }
}
