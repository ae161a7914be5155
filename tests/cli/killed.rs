//! A process killed in the middle of a run: whatever it had answered is there, and under `mended` nothing is there by halves.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::{diptych, directory, file, run, stderr, stdout};

const ORDERS: usize = 60;

/// Orders that are processed across contexts, one after the other.
fn scenario() -> String {
    let mut text = String::from("title = \"long\"\n");
    let mut scene = |body: &str| text.push_str(&format!("[[scene]]\n{body}\n"));
    scene("do = \"RegisterCustomer\"\nas = \"c\"\nwith = { name = \"Ada\", email = \"a@b\" }");
    scene("do = \"CreateProduct\"\nas = \"p\"\nwith = { name = \"Mouse\", price = \"1.50\" }");
    scene("do = \"ReceiveStock\"\nwith = { product_id = \"@p\", quantity = 1000 }");
    for order in 0..ORDERS {
        scene(&format!(
            "do = \"PlaceOrder\"\nas = \"o{order}\"\n\
             with = {{ customer_id = \"@c\", items = [{{ product_id = \"@p\", quantity = 1, unit_price = \"1.50\" }}] }}"
        ));
        scene(&format!(
            "do = \"ProcessOrder\"\nwith = {{ order_id = \"@o{order}\", payment_reference = \"PAY-{order}\" }}"
        ));
    }
    text
}

/// Plays until `lines` lines have been answered, then kills the process. Answers the lines.
fn killed_after(here: &Path, policy: &str, lines: usize) -> Vec<Value> {
    let mut child = diptych(here)
        .args(["run", "long.toml", "--store", "shop", "--policy", policy, "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program was built for this test");
    let output = child.stdout.take().expect("it is piped");
    let mut reader = BufReader::new(output).lines();
    let mut answered: Vec<String> = reader.by_ref().take(lines).map(|line| line.expect("lines are UTF-8")).collect();
    child.kill().expect("it is this test's own child");
    child.wait().expect("a killed child ends");
    // What was on its way when the kill came has been answered, too.
    answered.extend(reader.map_while(Result::ok));
    let read = |line: &String| serde_json::from_str(line).ok();
    answered.iter().filter_map(read).collect()
}

/// The final rows of each world, by playing a caption over the playground, which opens it and changes nothing.
fn final_rows(here: &Path) -> Vec<Value> {
    file(here, "nothing.toml", "title = \"t\"\n[[scene]]\nsay = \"x\"\n");
    let output = run(here, &["run", "nothing.toml", "--store", "shop", "--json"]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", stderr(&output));
    let lines = stdout(&output);
    lines.lines().map(|line| serde_json::from_str(line).expect("answers are JSON")).collect()
}

/// Asserts that every answer given is in the final rows of its world.
fn assert_answers_are_kept(answered: &[Value], world: &Value) {
    let orders = world["final"]["orders"].as_array().expect("orders are a list");
    let order = |id: &Value| orders.iter().find(|order| order["id"] == *id);
    for line in answered.iter().filter(|line| line["world"] == world["world"]) {
        let id = &line["result"]["order_id"];
        match line["command"].as_str() {
            Some("PlaceOrder") => assert!(order(id).is_some(), "order {id} is lost"),
            Some("ProcessOrder") => assert!(order(id).is_some_and(is_paid), "the payment of {id} is lost"),
            _ => {}
        }
    }
}

fn is_paid(order: &Value) -> bool {
    !order["paid_at"].is_null()
}

#[test]
fn under_mended_nothing_answered_is_lost_and_nothing_is_there_by_halves() {
    for kill_point in [1, 4, 10, 47, 101, 200] {
        let here = directory();
        file(here.path(), "long.toml", scenario());
        let answered = killed_after(here.path(), "mended", kill_point);
        assert!(answered.len() >= kill_point);
        if kill_point <= 10 {
            assert!(answered.iter().all(|line| line.get("agree").is_none()), "the kill came too late to show anything");
        }
        let rows = final_rows(here.path());
        assert_eq!(rows.last(), Some(&serde_json::json!({ "agree": true })), "after {kill_point} lines");
        for world in &rows[..3] {
            assert_answers_are_kept(&answered, world);
            let orders = world["final"]["orders"].as_array().expect("orders are a list");
            let paid = orders.iter().filter(|order| is_paid(order)).count();
            if paid > 0 {
                let (stock, customer) = (&world["final"]["stock"][0], &world["final"]["customers"][0]);
                assert_eq!(stock["quantity"], 1000 - paid, "a payment without its goods, or goods without payment");
                assert_eq!(customer["purchases"], paid, "a payment without its purchase");
            }
        }
    }
}

#[test]
fn under_the_guide_nothing_answered_is_lost_either() {
    for kill_point in [1, 10, 101] {
        let here = directory();
        file(here.path(), "long.toml", scenario());
        let answered = killed_after(here.path(), "guide", kill_point);
        // A half command is a hole that this policy has by design, and a world may have one where another has none.
        for world in &final_rows(here.path())[..3] {
            assert_answers_are_kept(&answered, world);
        }
    }
}
