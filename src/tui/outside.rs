//! What the window asks of the system around it: the terminal's mouse and clipboard, stopping, and keeping what was set.
//!
//! The loop knows only this trait, so that a test can stand for the system.

use std::io;

use super::kept::Kept;

/// The system around the window.
pub trait Outside {
    /// Takes the mouse, or leaves it to the terminal.
    ///
    /// # Errors
    ///
    /// When the terminal cannot be written to.
    fn mouse(&mut self, on: bool) -> io::Result<()>;

    /// Puts a text onto the clipboard.
    ///
    /// # Errors
    ///
    /// When the terminal cannot be written to.
    fn copy(&mut self, text: &str) -> io::Result<()>;

    /// Asks to be stopped, as Ctrl-Z does outside of a window.
    ///
    /// # Errors
    ///
    /// When nobody could wake the program again.
    fn suspend(&mut self) -> io::Result<()>;

    /// Gives the terminal back, stops, and takes it again when woken.
    ///
    /// # Errors
    ///
    /// When the terminal cannot be taken again.
    fn stop(&mut self) -> io::Result<()>;

    /// Was woken: takes the terminal as if anew.
    ///
    /// # Errors
    ///
    /// When the terminal cannot be taken again.
    fn wake(&mut self) -> io::Result<()>;

    /// Keeps what a person set. What fails here is for the log: the window is closing.
    fn keep(&mut self, kept: &Kept);
}

/// A window that nothing is around.
pub struct Nothing;

impl Outside for Nothing {
    fn mouse(&mut self, _on: bool) -> io::Result<()> {
        Ok(())
    }

    fn copy(&mut self, _text: &str) -> io::Result<()> {
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn stop(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn wake(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn keep(&mut self, _kept: &Kept) {}
}
