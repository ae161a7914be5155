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
    _home: tempfile::TempDir,
}

impl Session {
    fn start(arguments: &[&str]) -> Self {
        let (rows, cols) = (36, 120);
        let (lines, cells) = (NonZero::new(rows).unwrap(), NonZero::new(cols).unwrap());
        let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        let home = tempfile::tempdir().unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_diptych"));
        command.args(arguments);
        command.env("TERM", "xterm-256color");
        command.env("HOME", home.path());
        command.env_remove("XDG_DATA_HOME");
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
        Self { screen, keys, child, _master: pair.master, _home: home }
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

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
