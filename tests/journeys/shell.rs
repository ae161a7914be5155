//! The shell around the screen: palette, help, keys from a file, themes, questions, the mouse, copying, what is kept.

use crossterm::event::{MouseButton, MouseEventKind};
use diptych::engine::scenario::Scenario;
use diptych::kernel::Failure;
use diptych::tui::{Config, Input, Kept, Setup};
use diptych::world::{Directory, Opening};
use ratatui::style::Color;

use crate::forms::create;
use crate::journey::{Journey, appearance, open, open_at, start};

fn with(setup: Setup) -> Journey {
    let opening = Opening::of(Directory::ephemeral().unwrap());
    let scenario = Scenario::parse("title = \"x\"\n[[scene]]\nsay = \"x\"", "test").unwrap();
    let journey = start(opening, scenario, setup, 120, 36);
    journey.see("● live");
    journey
}

fn setup() -> Setup {
    Setup::from(appearance())
}

#[test]
fn the_palette_finds_actions_and_commands_and_does_them() {
    let journey = open();
    journey.press(":").see("everything one can do").type_text("mend").see_row(&["▸ mend", "p"]).press("enter");
    journey.see("shop · mended").see_no("everything one can do");
    journey.press("ctrl-p").type_text("crprod").see_row(&["▸ CreateProduct"]).press("enter").see("Takes text");
    journey.press("esc :").type_text("xqzzk").see("nothing is called so").press("enter ctrl-u").see("type to find");
    journey.click("next-table").see("none yet").see_no("type to find");
}

#[test]
fn what_the_palette_cannot_do_now_is_shown_with_the_reason() {
    let journey = open();
    journey.press(":").type_text("rewind").see_row(&["▸ rewind", "not now: there is nothing to rewind"]);
    journey.press("enter").see_no("everything one can do").see("› there is nothing to rewind");
}

#[test]
fn the_help_is_searched_by_typing_and_says_where_things_are() {
    let journey = with(Setup { about: vec![("playground", "/somewhere/shop".to_owned())], ..setup() });
    journey.press("?").see("type to search").type_text("uncommitted").see("pending events").see_no("mend the guide");
    journey.press("ctrl-u").type_text("somewhere").see_row(&["playground", "/somewhere/shop"]);
    journey.press("ctrl-u").type_text("xyzzy").see("nothing here says so").press("esc").see_no("nothing here says so");
}

#[test]
fn keys_from_a_file_are_the_keys_everywhere() {
    let config = Config::read("config.toml", "[keys]\ncommands = \"c\"\nquit = []").unwrap();
    let journey = with(Setup { keys: config.keys, ..setup() });
    journey.see("c command").see_no("q quit").press("n").press("c").see("type to filter").press("esc");
    journey.press("?").see_row(&["  c  ", "choose a command"]).press("esc q").see_no("type to search").see("STATE");
}

#[test]
fn what_is_wrong_with_a_file_is_seen_first_and_the_defaults_serve() {
    let wrong = Failure::new("config.toml:2:1: there is no action `comands` here").remedy("the defaults serve");
    let journey = with(Setup { wrong: vec![wrong], ..setup() });
    journey
        .see("config.toml:2:1")
        .see("the defaults serve")
        .press("enter")
        .see_no("config.toml")
        .press("n")
        .see("to filter");
}

#[test]
fn a_key_goes_through_the_themes_and_the_projector_has_a_ground_of_its_own() {
    let journey = open();
    journey.press("ctrl-t").see("theme: projector");
    let other = journey.screen.cells(|_, _, cell| (cell.bg == Color::Reset).then(|| cell.symbol().to_owned()));
    assert!(other.is_empty(), "{other:?}");
    journey.press("n").see("type to filter");
    assert!(journey.screen.cells(|_, _, cell| (cell.bg == Color::Reset).then_some(())).is_empty());
    journey.press("esc ctrl-t").see("theme: mono").press("ctrl-t").see("theme: default");
}

#[test]
fn beginning_anew_asks_first() {
    let journey = open();
    journey.press("R").see("there is nothing to rewind");
    create(&journey, "Laptop", "999.99");
    journey.see_row(&["▸", "Laptop"]).press("R").see("Begin anew?").press("n").see_no("Begin anew?").see("Laptop");
    journey.press("R").see("Begin anew?").see("y yes").press("y").see("the playground stands at #0").see_no("Laptop");
    create(&journey, "Mouse", "1");
    journey.see_row(&["▸", "Mouse"]).press("R").click("y yes").see("the playground stands at #0 · 1 to redo");
}

/// Where the left pane ends, on the screen's second line.
fn border(journey: &Journey) -> usize {
    journey.text().lines().nth(1).unwrap().chars().position(|letter| letter == '╮').unwrap()
}

#[test]
fn borders_are_dragged_and_moved_by_keys() {
    let journey = open();
    assert_eq!(border(&journey), 59);
    let left =
        |kind: fn(MouseButton) -> MouseEventKind, column, row| journey.mouse(kind(MouseButton::Left), column, row);
    left(MouseEventKind::Down, 59, 5);
    left(MouseEventKind::Drag, 80, 9);
    left(MouseEventKind::Up, 80, 9);
    left(MouseEventKind::Drag, 20, 9);
    journey.press("?").see("type to search").press("esc").see_no("type to search");
    assert_eq!(border(&journey), 79);
    journey.press("{ { {").press("?").see("type to search").press("esc").see_no("type to search");
    assert_eq!(border(&journey), 61);
    journey.press("+ + + +").see("STATE");
    left(MouseEventKind::Down, 30, 0);
}

#[test]
fn the_mouse_can_be_given_to_the_terminal_and_taken_back() {
    let journey = open();
    journey.press("M").see("the mouse is the terminal's: text can be selected; M takes it back");
    journey.press("M").see("the mouse is the window's again");
    assert_eq!(journey.system.asked(), ["mouse off", "mouse on"]);
}

#[test]
fn y_copies_what_is_selected() {
    let journey = open();
    journey.press("y").see("no row is selected here");
    create(&journey, "Laptop", "999.99");
    journey.see_row(&["▸", "Laptop"]).press("y").see("lines handed to the terminal's clipboard");
    journey.press("tab y tab down y").press("?").see("type to search").press("esc").see_no("type to search");
    let copied = journey.system.asked();
    assert_eq!(copied.len(), 3, "{copied:?}");
    assert!(copied[0].contains("\"name\": \"Laptop\""), "{}", copied[0]);
    assert!(copied[1].contains("\"type\": \"ProductCreatedEvent\"") && copied[1].contains("\"correlation\""));
    assert!(copied[2].starts_with("-- state: commit\n") && copied[2].contains("INSERT INTO products"), "{}", copied[2]);
    assert!(copied[2].contains("-- events: commit\n") && copied[2].contains("INSERT INTO events"), "{}", copied[2]);
}

#[test]
fn what_was_set_is_there_next_time() {
    let journey = open();
    journey.press("w w t ctrl-t").see("theme: projector").press("} }").see("HYBRID").see("none yet");
    let system = journey.system.clone();
    journey.leave().unwrap();
    let kept = Kept::read(&system.kept().to_text()).unwrap();
    assert_eq!(kept.theme.as_deref(), Some("projector"));
    let again = with(Setup { kept, ..setup() });
    again.see_row(&["HYBRID", "EVENTS"]).see("orders by events");
    assert_eq!(border(&again), 71);
}

#[test]
fn a_window_that_was_woken_draws_everything_again() {
    let journey = open_at(80, 24);
    let before = journey.screen.draws();
    journey.screen.blank();
    journey.input(Input::Wake).see("STATE").see("● live");
    assert!(journey.screen.draws() > before);
    journey.press("ctrl-z").see("nobody could wake it");
    assert_eq!(journey.system.asked(), ["wake"]);
}
