//! Taking the terminal and giving it back whole: on leaving, on errors, on panics of any thread.
//!
//! Output goes through a handle of its own, so that a panic elsewhere can give the terminal back whoever holds standard output.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::clipboard::CopyToClipboard;
use crossterm::{cursor, event, execute, queue, terminal};
use rustix::process::{Signal, getpid, getsid, kill_current_process_group, kill_process};

/// Where the window is drawn.
pub type Screen = BufWriter<File>;

static TAKEN: AtomicBool = AtomicBool::new(false);

/// Whether the mouse is the window's, when the terminal is taken.
static MOUSE: AtomicBool = AtomicBool::new(true);

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
    pub fn take(mouse: bool) -> io::Result<Self> {
        MOUSE.store(mouse, Ordering::SeqCst);
        give_back_on_panic();
        terminal::enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        let taken = Self(());
        enter()?;
        Ok(taken)
    }
}

/// What a window needs of a terminal that is raw already.
fn enter() -> io::Result<()> {
    let mut out = output()?;
    queue!(out, terminal::EnterAlternateScreen, cursor::Hide, event::EnableBracketedPaste)?;
    if MOUSE.load(Ordering::SeqCst) {
        out.write_all(MOUSE_ON)?;
    }
    out.flush()
}

/// Takes the mouse, or leaves it to the terminal.
///
/// # Errors
///
/// When the terminal cannot be written to.
pub fn mouse(on: bool) -> io::Result<()> {
    MOUSE.store(on, Ordering::SeqCst);
    let mut out = output()?;
    out.write_all(if on { MOUSE_ON } else { MOUSE_OFF })?;
    out.flush()
}

/// Hands a text to the terminal's clipboard (OSC 52).
///
/// # Errors
///
/// When the terminal cannot be written to.
pub fn copy(text: &str) -> io::Result<()> {
    execute!(output()?, CopyToClipboard::to_clipboard_from(text))
}

/// Asks to be stopped as a terminal does for Ctrl-Z: the whole foreground group, so that whatever started the program stops, too.
///
/// # Errors
///
/// When the program was not started from a shell that could wake it.
pub fn suspend() -> io::Result<()> {
    if leads_its_session() {
        return Err(io::Error::other("not stopped: no shell started this program that could wake it again"));
    }
    Ok(kill_current_process_group(Signal::TSTP)?)
}

/// Gives the terminal back, stops, and takes it again when woken.
///
/// # Errors
///
/// When the terminal cannot be taken again.
pub fn stop() -> io::Result<()> {
    if leads_its_session() {
        return Ok(());
    }
    give_back();
    kill_process(getpid(), Signal::STOP)?;
    wake()
}

/// Takes the terminal as if anew, whatever has been done to it meanwhile.
///
/// # Errors
///
/// When it cannot be taken.
pub fn wake() -> io::Result<()> {
    // Who woke the program may have set the terminal as it was before, and crossterm would not know.
    terminal::disable_raw_mode()?;
    terminal::enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    enter()?;
    execute!(output()?, terminal::Clear(terminal::ClearType::All))
}

/// Whether no shell of the same session could wake this program.
fn leads_its_session() -> bool {
    getsid(None).is_ok_and(|session| session == getpid())
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
        tracing::error!(%panic, "panicked");
        before(panic);
    }));
}
