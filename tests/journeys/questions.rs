//! The same question to every world, and scenarios by name, by file and to a file.

use crate::forms::create;
use crate::journey::{Journey, open, play};

fn two_products() -> Journey {
    let journey = open();
    create(&journey, "Laptop", "999.99");
    journey.see_row(&["▸", "Laptop"]);
    create(&journey, "Mouse", "29.99");
    journey.see_row(&["Mouse", "29.99"]);
    journey
}

#[test]
fn every_world_answers_side_by_side_with_its_source_freshness_and_sql() {
    let journey = two_products();
    journey.press("a").see("a question, to every world").type_text("under").press("enter").see("Takes a decimal");
    journey.type_text("100").press("enter").see("✓ the same answer").see_row(&["STATE", "EVENTS", "HYBRID"]);
    journey.see_row(&["rows of products", "rows of product_catalog"]).see_row(&["– µs", "– µs"]);
    journey.see("up to date at event 2").see("SELECT").press("esc").see_no("the same answer");
}

#[test]
fn a_question_without_fields_is_asked_at_once_and_a_narrow_window_stacks_the_answers() {
    let journey = two_products();
    journey.resize(80, 24).press("a").see("to filter").type_text("average").press("enter").see("the same answer");
    journey.see("STATE · Simple Entity + State").press("end").see("HYBRID · Hybrid Approach");
}

#[test]
fn a_scenario_is_chosen_by_its_title_and_the_playground_stays() {
    let journey = two_products();
    journey.press("o").see("A price with a past").see("a file…").type_text("refus").press("enter");
    journey.see("begins; the playground stays").see("space plays").see("Mouse");
}

#[test]
fn a_scenarios_file_is_opened_by_its_path_and_a_bad_one_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    std::fs::write(&path, "title = \"Mine\"\n[[scene]]\ndo = \"CreatProduct\"\n").unwrap();
    let journey = open();
    journey.press("o").see("to filter").type_text("a file").press("enter").see("open a scenario");
    journey.paste(path.to_str().unwrap()).press("enter").see("that did not work").see(":3:").see("CreateProduct");
    std::fs::write(&path, "title = \"Mine\"\n[[scene]]\nsay = \"Hello there.\"\n").unwrap();
    journey.press("enter o").see("to filter").type_text("a file").press("enter").see("open a scenario");
    journey.paste(path.to_str().unwrap()).press("enter").see("space plays “Mine”").press("space").see("Hello there.");
}

#[test]
fn capital_a_plays_on_until_a_question_and_then_to_the_end() {
    let journey = open();
    journey.press("A").see("scene 8 of 11").see("Which world can answer?").see_no("The row knows");
    journey.press("space").see("The row knows").press("A").see("scene 11 of 11").see("✓ 3 worlds agree");
    let mended = play("order-across-contexts", 120, 36);
    mended.press("A").see("✓ 3 worlds agree");
}

#[test]
fn the_playground_is_saved_as_a_scenario_and_a_file_that_is_there_is_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    let journey = open();
    journey.press("W").see("nothing was put in yet");
    create(&journey, "Laptop", "999.99");
    journey.see_row(&["▸", "Laptop"]).press("W").see("save the playground").press("ctrl-u");
    journey.paste(path.to_str().unwrap()).press("enter").see("saved as");
    assert!(std::fs::read_to_string(&path).unwrap().contains("Laptop"));
    create(&journey, "Mouse", "29.99");
    journey.see_row(&["Mouse", "29.99"]).press("W").see("save the playground").press("ctrl-u");
    journey.paste(path.to_str().unwrap()).press("enter").see("There is such a file already.");
    assert!(!std::fs::read_to_string(&path).unwrap().contains("Mouse"));
    journey.press("y").see("saved as");
    assert!(std::fs::read_to_string(&path).unwrap().contains("Mouse"));
}

#[test]
fn a_list_is_exported_as_it_is_filtered_and_a_picture_shows_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let journey = open();
    create(&journey, "Laptop", "999.99");
    create(&journey, "Mouse", "29.99");
    journey.press("/").type_text("mouse").see_row(&["▸", "Mouse"]).see_no("Laptop  999").press("enter");
    journey.press("e").see("export the list").see("state-product.csv").press("ctrl-u");
    journey.paste(&path("mice.csv")).press("enter").see("1 row saved as");
    let table = std::fs::read_to_string(path("mice.csv")).unwrap();
    assert!(table.starts_with("id,name,price,") && table.contains("Mouse") && !table.contains("Laptop"), "{table}");
    journey.press("tab e").see("events-log.csv").press("ctrl-u").paste(&path("log.txt")).press("enter");
    journey.see("its name ends in .csv, .json or .md").press("enter");
    journey.press("e").see("export the list").press("ctrl-u").paste(&path("no/log.json")).press("enter");
    journey.see("cannot be written").press("enter");
    journey.press("P").see("a picture of the screen").press("ctrl-u").paste(&path("screen.txt")).press("enter");
    journey.see("the picture saved as");
    let picture = std::fs::read_to_string(path("screen.txt")).unwrap();
    assert!(picture.contains("what happened ─╮") && !picture.contains("a picture of the screen"), "{picture}");
}
