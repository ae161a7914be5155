//! Taking the terminal and giving it back whole: on leaving, on errors, on panics of any thread.
//!
//! Output goes through a handle of its own, so that a panic elsewhere can give the terminal back whoever holds standard output.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::{cursor, event, execute, queue, terminal};

/// Where the window is drawn.
pub type Screen = BufWriter<File>;

static TAKEN: AtomicBool = AtomicBool::new(false);

/// Buttons, drags and the wheel, in a form that knows no largest column; moves without a button are not asked for.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// The terminal, taken; it is given back when this goes.
#[derive(Debug)]
pub struct Taken(());

impl Taken {
    /// Takes the terminal: raw, on the alternate screen, with mouse and bracketed paste.
    ///
    /// # Errors
    ///
    /// When it cannot be taken; then it is as it was.
    pub fn take() -> io::Result<Self> {
        give_back_on_panic();
        terminal::enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        let taken = Self(());
        let mut out = output()?;
        queue!(out, terminal::EnterAlternateScreen, cursor::Hide, event::EnableBracketedPaste)?;
        out.write_all(MOUSE_ON)?;
        out.flush()?;
        Ok(taken)
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        give_back();
    }
}

/// A handle to standard output that shares no lock with it.
///
/// # Errors
///
/// When the system gives none.
pub fn output() -> io::Result<Screen> {
    let file = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    Ok(BufWriter::with_capacity(1 << 16, file))
}

/// Gives it back, once. What fails here cannot be told to anyone.
fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    if let Ok(mut out) = output() {
        let _ = out.write_all(MOUSE_OFF);
        let _ = execute!(out, event::DisableBracketedPaste, terminal::LeaveAlternateScreen, cursor::Show);
    }
    let _ = terminal::disable_raw_mode();
}

fn give_back_on_panic() {
    static HOOKED: AtomicBool = AtomicBool::new(false);
    if HOOKED.swap(true, Ordering::SeqCst) {
        return;
    }
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        give_back();
        before(panic);
    }));
}
