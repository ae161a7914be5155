//! The real program on a real terminal: it shows its panes, and gives the terminal back whole, however it ends.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

const PATIENCE: Duration = Duration::from_secs(20);

/// The program in a pseudo-terminal, and what a terminal would show of it.
struct Session {
    screen: Arc<(Mutex<vt100::Parser>, Condvar)>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
    home: Option<tempfile::TempDir>,
}

impl Session {
    fn start(arguments: &[&str]) -> Self {
        Self::at_home(tempfile::tempdir().unwrap(), env!("CARGO_BIN_EXE_diptych"), arguments, "xterm-256color")
    }

    fn at_home(home: tempfile::TempDir, program: &str, arguments: &[&str], term: &str) -> Self {
        let (rows, cols) = (36, 120);
        let (lines, cells) = (NonZero::new(rows).unwrap(), NonZero::new(cols).unwrap());
        let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env("TERM", term);
        command.env("HOME", home.path());
        for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "RUST_BACKTRACE"] {
            command.env_remove(name);
        }
        command.env_remove("NO_COLOR");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let screen = Arc::new((Mutex::new(vt100::Parser::new(lines, cells, 0)), Condvar::new()));
        let mut output = pair.master.try_clone_reader().unwrap();
        let shown = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                shown.0.lock().unwrap().process(&bytes[..count]);
                shown.1.notify_all();
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self { screen, keys, child, _master: pair.master, home: Some(home) }
    }

    #[track_caller]
    fn see(&self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let until = Instant::now() + PATIENCE;
        let mut shown = self.screen.0.lock().unwrap();
        while !wanted(shown.screen()) {
            let left = until.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "{what} never came:\n{}", shown.screen().contents());
            shown = self.screen.1.wait_timeout(shown, left).unwrap().0;
        }
    }

    #[track_caller]
    fn see_text(&self, text: &str) {
        self.see(text, |screen| screen.contents().contains(text));
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits for its end, and looks that the terminal is as it was.
    #[track_caller]
    fn given_back(&mut self) -> ExitStatus {
        let status = self.child.wait().unwrap();
        self.see("the terminal as it was", |screen| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        });
        status
    }

    fn signal(&self, name: &str) {
        let process = self.child.process_id().unwrap().to_string();
        let sent = std::process::Command::new("kill").args([name, &process]).status().unwrap();
        assert!(sent.success());
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Most have ended by themselves; then there is nothing to end.
        let _ = self.child.kill();
    }
}

fn open() -> Session {
    let session = Session::start(&["--ephemeral"]);
    session.see_text("STATE");
    session.see_text("Aggregate Root + Events");
    session.see_text("● live");
    session.see("the alternate screen", |screen| {
        screen.alternate_screen() && screen.hide_cursor() && screen.bracketed_paste()
    });
    session
}

#[test]
fn it_opens_plays_and_quits() {
    let mut session = open();
    session.press("  ");
    session.see_text("A laptop enters the catalogue.");
    session.see_text("✓ 3 worlds agree");
    session.press("q");
    assert!(session.given_back().success());
}

#[test]
fn a_paste_and_a_click_arrive() {
    let mut session = open();
    session.press("n");
    session.see_text("type to filter");
    session.press("\x1b[200~CreateProduct\x1b[201~\r");
    session.see_text("Takes text");
    session.press("\x1b[200~Lap\x1b[2Jtop\x1b[201~\t12.50\r");
    session.see_text("Lap␛[2Jtop");
    session.see_text("201 created");
    // The tables' line is the third; `orders` begins at the fifteenth cell.
    session.press("\x1b[<0;16;3M\x1b[<0;16;3m");
    session.see_text("none yet");
    session.press("\x03");
    assert!(session.given_back().success());
}

#[test]
fn the_system_may_end_it() {
    for signal in ["-TERM", "-HUP"] {
        let mut session = open();
        session.signal(signal);
        assert!(session.given_back().success(), "{signal}");
    }
}

#[test]
fn a_playground_that_cannot_be_opened_is_said_on_a_whole_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("playground");
    std::fs::create_dir(&path).unwrap();
    std::fs::write(path.join("playground.toml"), "format = \"none\"").unwrap();
    let mut session = Session::start(&["--dir", text(&path)]);
    assert_eq!(session.given_back().exit_code(), 2);
    session.see_text("playground.toml");
}

#[test]
fn a_second_window_on_a_playground_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("playground");
    let mut first = Session::start(&["--dir", text(&path)]);
    first.see_text("● live");
    let mut second = Session::start(&["--dir", text(&path)]);
    assert_eq!(second.given_back().exit_code(), 2);
    second.see_text("another diptych has this playground open");
    first.press("q");
    assert!(first.given_back().success());
}

#[test]
#[cfg(debug_assertions)]
fn a_panic_gives_the_terminal_back_and_is_logged() {
    let mut session = Session::start(&["--ephemeral", "--panic"]);
    assert!(!session.given_back().success());
    session.see_text("this window was opened to panic");
    let home = session.home.as_ref().unwrap().path();
    let log = std::fs::read_to_string(home.join(".local/state/diptych/log")).unwrap();
    assert!(log.contains("ERROR") && log.contains("this window was opened to panic"), "{log}");
}

#[test]
fn ctrl_z_stops_it_on_a_whole_terminal_and_fg_brings_it_back() {
    let program = env!("CARGO_BIN_EXE_diptych");
    let script = format!("set -m; '{program}' --ephemeral; echo STOPPED $((1 + 1)); read answer; fg; echo ENDED");
    let home = tempfile::tempdir().unwrap();
    let mut session = Session::at_home(home, "bash", &["-c", &script], "xterm-256color");
    session.see_text("● live");
    session.press("\x1a");
    session.see_text("STOPPED 2");
    session.see("the terminal as it was", |screen| !screen.alternate_screen() && !screen.hide_cursor());
    session.press("\n");
    session.see("the window again", |screen| {
        screen.alternate_screen() && screen.hide_cursor() && screen.contents().contains("● live")
    });
    session.press("n");
    session.see_text("type to filter");
    session.press("\x1b");
    session.see("the list closed", |screen| !screen.contents().contains("type to filter"));
    session.press("q");
    session.see_text("ENDED");
    assert!(session.given_back().success());
}

#[test]
fn where_no_shell_could_wake_it_ctrl_z_says_so() {
    let mut session = open();
    session.press("\x1a");
    session.see_text("not stopped: no shell started this program");
    session.press("q");
    assert!(session.given_back().success());
}

#[test]
fn a_dumb_terminal_is_told_what_it_can_have() {
    let home = tempfile::tempdir().unwrap();
    let program = env!("CARGO_BIN_EXE_diptych");
    let mut session = Session::at_home(home, program, &["--ephemeral"], "dumb");
    assert_eq!(session.given_back().exit_code(), 2);
    session.see_text("TERM is dumb");
    session.see_text("diptych --plain");
}

#[test]
fn the_mouse_is_given_to_the_terminal_and_taken_back() {
    let mut session = open();
    let mode = |screen: &vt100::Screen| screen.mouse_protocol_mode();
    session.see("the mouse taken", |screen| mode(screen) == vt100::MouseProtocolMode::ButtonMotion);
    session.press("M");
    session.see("the mouse given", |screen| mode(screen) == vt100::MouseProtocolMode::None);
    session.press("M");
    session.see("the mouse taken", |screen| mode(screen) == vt100::MouseProtocolMode::ButtonMotion);
    session.press("q");
    assert!(session.given_back().success());
}

#[test]
fn what_was_set_and_configured_is_there_next_time() {
    let program = env!("CARGO_BIN_EXE_diptych");
    let mut first = open();
    first.press("ww");
    first.see_text("HYBRID");
    first.press("q");
    assert!(first.given_back().success());
    let home = first.home.take().unwrap();
    std::fs::create_dir_all(home.path().join(".config/diptych")).unwrap();
    std::fs::write(home.path().join(".config/diptych/config.toml"), "ascii = true\n[keys]\ncomands = \"c\"").unwrap();
    let mut second = Session::at_home(home, program, &["--ephemeral"], "xterm-256color");
    second.see_text("`comands` here; did you mean `commands`?");
    second.press("\r");
    second.see_text("HYBRID");
    second.press("q");
    assert!(second.given_back().success());
    let home = second.home.take().unwrap();
    std::fs::write(home.path().join(".config/diptych/config.toml"), "ascii = true\n[keys]\ncommands = \"c\"").unwrap();
    std::fs::write(home.path().join(".local/state/diptych/window.toml"), "what?").unwrap();
    let mut third = Session::at_home(home, program, &["--ephemeral"], "xterm-256color");
    third.see_text("what the last window kept cannot be read");
    third.press("\r");
    third.see_text("* live");
    third.see_text("c command");
    third.press("q");
    assert!(third.given_back().success());
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
