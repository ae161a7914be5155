//! No name and no number breaks a frame: long, wide, combining, with digits by the dozen.

use crate::forms::create;
use crate::journey::{Journey, open_at};

const NAMES: [&str; 5] = [
    "日本語の商品名はとても長いので枠を壊すかもしれない",
    "e\u{301}\u{302}\u{303}a\u{308}o\u{336}\u{337}\u{338} combining",
    "👩‍👩‍👧‍👦 family 👍🏽 thumbs 🇩🇪 flag",
    "عربي וعברית mixed",
    "\u{ad}soft\u{200d}joined\u{fe0f}",
];

fn filled(width: u16, height: u16) -> Journey {
    let journey = open_at(width, height);
    let long = "W".repeat(200);
    for (index, name) in NAMES.into_iter().chain([long.as_str()]).enumerate() {
        create(&journey, name, "123456789012345678.123456");
        journey.see(&format!("products {}", index + 1));
    }
    journey
}

/// Every line of a frame, between its upper and its lower corners, has its sides where the corners are.
fn check_frames(journey: &Journey) {
    let cells = journey.screen.cells(|x, y, cell| Some((x, y, cell.symbol().to_owned())));
    let at = |x: u16, y: u16| cells.iter().find(|cell| (cell.0, cell.1) == (x, y)).map_or("", |cell| cell.2.as_str());
    let corners = cells.iter().filter(|cell| cell.2 == "╭" || cell.2 == "╮");
    let mut frames = 0;
    for (x, top, _) in corners {
        let bottom = (top + 1..).find(|y| at(*x, *y) != "│").unwrap();
        assert!(["╰", "╯"].contains(&at(*x, bottom)), "at {x},{bottom}:\n{}", journey.text());
        frames += 1;
    }
    assert!(frames >= 6, "only {frames} sides:\n{}", journey.text());
}

#[test]
fn wide_long_and_combining_names_stay_inside_their_frames() {
    for (width, height) in [(80, 24), (97, 30), (120, 36), (200, 60)] {
        let journey = filled(width, height);
        check_frames(&journey);
        for keys in ["v", "tab v", "w", "down", "down", "down", "down", "tab down"] {
            journey.press(keys).press("?").see("type to search").press("esc").see_no("type to search");
            check_frames(&journey);
        }
        for keys in [":", "n", "?"] {
            journey.press(keys).see("type to");
            if keys != "?" {
                check_layer(&journey);
            }
            journey.press("esc").see_no("type to");
        }
    }
}

/// A layer lies over other frames, so that only its own sides can be looked at: it has the last corner of its line.
fn check_layer(journey: &Journey) {
    let text = journey.text();
    assert!(text.contains('╰') && text.contains('╯'), "{text}");
}
