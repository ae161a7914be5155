//! The system around a window, as a test stands for it: it notes what was asked of it.

use std::io;
use std::sync::{Arc, Mutex};

use diptych::tui::{Kept, Outside};

/// Both ends hold one.
#[derive(Clone, Default)]
pub struct System {
    asked: Arc<Mutex<Vec<String>>>,
    kept: Arc<Mutex<Option<Kept>>>,
}

impl System {
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    pub fn kept(&self) -> Kept {
        self.kept.lock().unwrap().clone().expect("the window has closed well")
    }

    fn note(&self, what: impl Into<String>) -> io::Result<()> {
        self.asked.lock().unwrap().push(what.into());
        Ok(())
    }
}

impl Outside for System {
    fn mouse(&mut self, on: bool) -> io::Result<()> {
        self.note(if on { "mouse on" } else { "mouse off" })
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.note(text)
    }

    fn suspend(&mut self) -> io::Result<()> {
        Err(io::Error::other("nobody could wake it"))
    }

    fn stop(&mut self) -> io::Result<()> {
        self.note("stop")
    }

    fn wake(&mut self) -> io::Result<()> {
        self.note("wake")
    }

    fn keep(&mut self, kept: &Kept) {
        *self.kept.lock().unwrap() = Some(kept.clone());
    }
}
