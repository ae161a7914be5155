//! What a decision costs: the sensitivity of every answer, the drawing of the chart, an answer and the frame after it.
//!
//! A frame at 60 a second has 16 ms; the full sensitivity may take 50 ms.
//!
//! `cargo bench --bench decide`

use diptych::decision::{Case, Framework, sensitivity};
use diptych::tui::Appearance;
use diptych::tui::picture::{Press, Sitting};
use diptych::world::{Directory, Opening};
use divan::Bencher;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

fn main() {
    divan::main();
}

/// Of the shop's contexts, and of one that nothing is answered about. The catalog's nearest flip takes three changes, so that every
/// pair and triple is tried.
#[divan::bench(args = ["catalog", "ordering", "new"])]
fn full_sensitivity(bencher: Bencher<'_, '_>, name: &str) {
    let framework = Framework::shipped().expect("it is well");
    let case =
        framework.shop().into_iter().find(|case| case.name == name).unwrap_or_else(|| Case::new(&framework, name));
    bencher.bench_local(|| sensitivity(&framework, &case.answers, &case.weights));
}

fn sitting(width: u16, height: u16) -> Sitting {
    let opening = Opening::of(Directory::ephemeral().expect("a temporary directory can be made"));
    let mut sitting = Sitting::begin(opening, Appearance::default()).expect("it opens");
    sitting.resize(width, height).expect("it can be seen");
    sitting.press(&Press::read("2").expect("keys")).expect("nothing fails");
    sitting
}

/// The chart laid out and its arrows routed anew, and the whole frame.
#[divan::bench(args = [(80, 24), (120, 36), (200, 60)])]
fn first_frame(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    let mut sitting = sitting(size.0, size.1);
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("it is no terminal");
    let mut wider = false;
    bencher.bench_local(|| {
        // Another width each time, so that no drawing is kept.
        wider = !wider;
        sitting.resize(size.0 - u16::from(wider), size.1).expect("it can be seen");
        terminal.draw(|frame| sitting.draw(frame)).map(|_| ())
    });
}

/// An answer, everything that follows from it, and the frame.
#[divan::bench(args = [(80, 24), (120, 36), (200, 60)])]
fn answer_and_frame(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    let mut sitting = sitting(size.0, size.1);
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("it is no terminal");
    let turn = Press::read("right").expect("keys");
    bencher.bench_local(|| {
        sitting.press(&turn).expect("nothing fails");
        terminal.draw(|frame| sitting.draw(frame)).map(|_| ())
    });
}

/// Reading and checking the shipped framework.
#[divan::bench]
fn read_the_framework(bencher: Bencher<'_, '_>) {
    bencher.bench_local(Framework::shipped);
}
