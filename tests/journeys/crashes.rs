//! The crash matrix on the screen.

use std::path::Path;

use diptych::engine::scenario::Scenario;
use diptych::world::{Directory, Opening};

use crate::journey::{appearance, start};

#[test]
fn every_crash_is_run_and_one_is_stepped_through() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("laptop.toml");
    let scene = "[[scene]]\nsay = \"A laptop.\"\ndo = \"CreateProduct\"\nwith = { name = \"Laptop\", price = \"1\" }\n";
    std::fs::write(&file, format!("title = \"A laptop\"\nseed = 7\n{scene}")).unwrap();
    let opening = Opening::of(Directory::ephemeral().unwrap());
    let journey = start(opening, Scenario::open(Path::new(&file)).unwrap(), appearance(), 120, 36);
    journey.see("● live").press("4").see("crash at every micro-step").press("enter").see("no cell is selected");
    journey.press("r").see("crashes run").see_row(&["▸guide", "6 holes", "mended no hole"]);
    journey
        .see_row(&["1 CreateProduct", "state", ".....LL...."])
        .press("n")
        .see("CreateProduct crashed at committed:1");
    journey.see("event lost").see("A change is kept, and somebody who listens never hears of it.");
    journey.press("t t").see_row(&["▸mended", "no hole"]).see_row(&["state", "......cccc"]);
    journey.press("T T enter").see("Begin anew, up to CreateProduct?").press("y").see("● held").see("A laptop.");
    journey.see("✗ crash at committed:1 in state").press("r").see("crashed at committed:1").see("● live");
}
