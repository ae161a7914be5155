//! What a bad file is told, and what a good one becomes.

use super::{Player, Scenario, library};
use crate::kernel::Timestamp;
use crate::world::{Directory, Opening, Playground, WorldKind};

/// A scenario of these scenes.
fn scenes(scenes: &str) -> String {
    format!("title = \"t\"\n{scenes}")
}

fn parsed(text: &str) -> Scenario {
    Scenario::parse(text, "test.toml").unwrap_or_else(|mistake| panic!("{mistake}"))
}

fn message(text: &str) -> String {
    Scenario::parse(text, "bad.toml").map_or_else(|mistake| mistake.to_string(), |_| "nothing is wrong".to_owned())
}

#[test]
fn every_mistake_is_told_with_its_place_and_what_was_expected() {
    let laptop = "[[scene]]\ndo = \"CreateProduct\"\nas = \"laptop\"\nwith = { name = \"L\", price = \"1\" }\n";
    let with = |fields: &str| scenes(&format!("[[scene]]\ndo = \"CreateProduct\"\nwith = {fields}"));
    let place = |items: &str| {
        scenes(&format!("[[scene]]\ndo = \"PlaceOrder\"\nwith = {{ customer_id = \"c\", items = {items} }}"))
    };
    let doing = |keys: &str| scenes(&format!("{laptop}[[scene]]\n{keys}"));
    let bad = [
        ("not TOML", "title = \"t\"\nscene = [[\n".to_owned()),
        ("a key twice", "title = \"t\"\ntitle = \"u\"\n".to_owned()),
        ("no title", "[[scene]]\nsay = \"x\"".to_owned()),
        ("blank title", "title = \" \"\n[[scene]]\nsay = \"x\"".to_owned()),
        ("no scene", "title = \"t\"".to_owned()),
        ("scene in one bracket", scenes("[scene]\nsay = \"x\"")),
        ("empty scene", scenes("[[scene]]\n[[scene]]\nsay = \"x\"")),
        ("unknown key of the file", "titel = \"t\"\n[[scene]]\nsay = \"x\"".to_owned()),
        ("unknown key of a scene", scenes("[[scene]]\nsay = \"x\"\nexpct = { status = 400 }")),
        ("seed below zero", "title = \"t\"\nseed = -1\n[[scene]]\nsay = \"x\"".to_owned()),
        ("start", "title = \"t\"\nstart = \"yesterday\"\n[[scene]]\nsay = \"x\"".to_owned()),
        ("clock step", "title = \"t\"\nclock_step = \"soon\"\n[[scene]]\nsay = \"x\"".to_owned()),
        ("wiring as text", "title = \"t\"\nwiring = \"ordring=events\"\n[[scene]]\nsay = \"x\"".to_owned()),
        ("wiring as a table", "title = \"t\"\nwiring = { ordering = \"facts\" }\n[[scene]]\nsay = \"x\"".to_owned()),
        ("policy", "title = \"t\"\npolicy = \"mend\"\n[[scene]]\nsay = \"x\"".to_owned()),
        ("policy within", scenes("[[scene]]\nset = { policy = \"giude\" }")),
        ("set something else", scenes("[[scene]]\nset = { polcy = \"guide\" }")),
        (
            "fault without a command",
            scenes("[[scene]]\nsay = \"x\"\nfault = { at = \"committed:1\", kind = \"fail\" }"),
        ),
        ("reveal without a question", scenes("[[scene]]\nsay = \"x\"\nreveal = \"y\"")),
        ("options", scenes("[[scene]]\nask = \"x\"\noptions = [1]")),
        ("fields without a command", scenes("[[scene]]\nsay = \"x\"\nwith = { name = \"L\" }")),
        ("unknown command", scenes("[[scene]]\ndo = \"UpdateProductPrize\"")),
        ("nothing like a command", scenes("[[scene]]\ndo = \"Dance\"")),
        ("unknown field", with("{ name = \"L\", prize = \"1\" }")),
        ("missing field", with("{ name = \"L\" }")),
        ("missing fields, no table", scenes("[[scene]]\ndo = \"CreateProduct\"")),
        ("a float for a price", with("{ name = \"L\", price = 12.50 }")),
        ("a price with a comma", with("{ name = \"L\", price = \"12,50\" }")),
        ("NaN for a price", with("{ name = \"L\", price = \"NaN\" }")),
        ("nan, bare", with("{ name = \"L\", price = nan }")),
        ("forty digits", with("{ name = \"L\", price = \"1234567890123456789012345678901234567890\" }")),
        ("a date for a name", with("{ name = 2024-01-01, price = \"1\" }")),
        ("a fraction for a quantity", place("[{ product_id = \"p\", quantity = 1.5, unit_price = \"1\" }]")),
        ("a word for a quantity", place("[{ product_id = \"p\", quantity = \"two\", unit_price = \"1\" }]")),
        (
            "a quantity beyond numbers",
            place("[{ product_id = \"p\", quantity = 99999999999999999999, unit_price = \"1\" }]"),
        ),
        ("an unknown field of the second line", {
            place(
                "[\n{ product_id = \"p\", quantity = 1, unit_price = \"1\" },\n{ product_id = \"p\", qantity = 1, unit_price = \"1\" }]",
            )
        }),
        ("lines that are none", place("\"two mice\"")),
        (
            "control characters in an id",
            scenes("[[scene]]\ndo = \"ShipOrder\"\nwith = { order_id = \"a\\u001b[31mb\" }"),
        ),
        ("used before bound", scenes("[[scene]]\ndo = \"ShipOrder\"\nwith = { order_id = \"@order\" }")),
        ("bound under a name like it", doing("do = \"DeactivateProduct\"\nwith = { product_id = \"@lapto\" }")),
        ("used before bound within items", {
            doing(
                "do = \"PlaceOrder\"\nwith = { customer_id = \"c\", items = [{ product_id = \"@mouse\", quantity = 1, unit_price = \"1\" }] }",
            )
        }),
        ("used before bound in an expected error", {
            doing("do = \"DeactivateProduct\"\nwith = { product_id = \"x\" }\nexpect = { error = \"no @mouse\" }")
        }),
        ("used in the scene that binds it", {
            scenes(
                "[[scene]]\ndo = \"AddOrderItem\"\nas = \"o\"\nwith = { order_id = \"@o\", product_id = \"p\", quantity = 1, unit_price = \"1\" }",
            )
        }),
        ("bound twice", doing("do = \"CreateProduct\"\nas = \"laptop\"\nwith = { name = \"L\", price = \"1\" }")),
        ("a name for nothing", doing("do = \"DeactivateProduct\"\nas = \"x\"\nwith = { product_id = \"@laptop\" }")),
        ("a name for what is refused", {
            doing(
                "do = \"CreateProduct\"\nas = \"x\"\nwith = { name = \"\", price = \"1\" }\nexpect = { status = 400 }",
            )
        }),
        (
            "a name that is none",
            doing("do = \"CreateProduct\"\nas = \"my laptop\"\nwith = { name = \"L\", price = \"1\" }"),
        ),
        (
            "a negative duration",
            doing("do = \"DeactivateProduct\"\nafter = \"-5m\"\nwith = { product_id = \"@laptop\" }"),
        ),
        (
            "a number for a duration",
            doing("do = \"DeactivateProduct\"\nafter = 35\nwith = { product_id = \"@laptop\" }"),
        ),
        ("an empty expectation", doing("do = \"DeactivateProduct\"\nwith = { product_id = \"@laptop\" }\nexpect = {}")),
        (
            "no such status",
            doing("do = \"DeactivateProduct\"\nwith = { product_id = \"@laptop\" }\nexpect = { status = 4000 }"),
        ),
        (
            "several mistakes: the first by position",
            scenes("[[scene]]\nwith = { order_id = 1 }\ndo = \"ShipOder\"\nafter = \"x\""),
        ),
    ];
    let told: Vec<_> = bad.iter().map(|(what, text)| format!("── {what}\n{}", message(text))).collect();
    insta::assert_snapshot!(told.join("\n\n"));
}

#[test]
fn a_caret_points_also_behind_wide_and_unseen_characters() {
    insta::assert_snapshot!(message(
        "title = \"t\"\n[[scene]]\ndo = \"CreateProduct\"\nwith = { name = \"机\u{7f}\tü\", price = 1.5 }"
    ));
}

#[test]
fn everything_a_file_can_say_is_understood() {
    let scenario = parsed(
        r#"
        title = "t"
        seed = 7
        start = 2024-02-29T12:00:00+01:00
        clock_step = "2h30m"
        wiring = { catalog = "events" }
        policy = "guide,concurrency=version-check"

        [[scene]]
        say = "a"
        ask = "b"
        reveal = "c"
        options = ["x", "y"]
        answer = 1
        show = "replay"
        set = { policy = "mended" }
        do = "AddOrderItem"
        as = "o"
        after = "90s"
        with = { product_id = "@@p", quantity = 1, unit_price = "1.50" }
        expect = { status = 201 }
        "#,
    );
    assert_eq!(scenario.start, Timestamp::parse("2024-02-29T11:00:00Z").ok());
    assert_eq!(scenario.step.map(|step| step.num_minutes()), Some(150));
    assert_eq!(
        scenario.wiring.map(|wiring| wiring.to_string()).as_deref(),
        Some("catalog=events,ordering=events,customers=state,inventory=state")
    );
    assert_eq!(scenario.policy.as_ref().map(ToString::to_string).as_deref(), Some("guide,concurrency=version-check"));
    let scene = &scenario.scenes[0];
    assert_eq!(
        (scene.say.as_deref(), scene.ask.as_deref(), scene.reveal.as_deref()),
        (Some("a"), Some("b"), Some("c"))
    );
    assert_eq!(scene.set_policy.as_ref().map(ToString::to_string).as_deref(), Some("mended"));
    let doing = scene.doing.as_ref().expect("the scene has a command");
    assert_eq!((doing.command.as_str(), doing.name.as_deref()), ("AddOrderItem", Some("o")));
    assert_eq!(doing.after.map(|after| after.num_seconds()), Some(90));
    assert_eq!(doing.expect.as_ref().and_then(|expect| expect.status), Some(201));
}

#[test]
fn the_built_in_scenarios_are_all_well_formed() {
    for shipped in library::all() {
        let scenario = Scenario::parse(shipped.text, shipped.name).unwrap_or_else(|mistake| panic!("{mistake}"));
        assert!(scenario.scenes.iter().any(|scene| scene.reveal.is_some()), "{} asks nothing", shipped.name);
    }
}

fn playground() -> Playground {
    let directory = Directory::ephemeral().expect("the test may make a temporary directory");
    Playground::open(Opening { worlds: vec![WorldKind::State], ..Opening::of(directory) }).expect("it opens")
}

#[test]
fn a_player_binds_names_fills_them_in_and_counts_captions() {
    let text = r#"
        [[scene]]
        say = "only a caption"
        [[scene]]
        do = "CreateProduct"
        as = "laptop"
        with = { name = "Laptop", price = "1" }
        [[scene]]
        do = "ReduceStock"
        with = { product_id = "@laptop", quantity = 1 }
        expect = { error = "Stock not found for product @laptop" }
        [[scene]]
        do = "DeactivateProduct"
        with = { product_id = "@@laptop" }
        "#;
    let mut player = Player::new(parsed(&scenes(text)));
    let mut playground = playground();
    let mut played = Vec::new();
    while let Some(one) = player.play_next(&mut playground).expect("nothing fails") {
        played.push((one.number, one.comparison.is_some(), one.unmet));
    }
    let unmet = "state: expected a success, got 404 not found \"Product not found\"".to_owned();
    assert_eq!(played, [(1, false, None), (2, true, None), (3, true, None), (4, true, Some(unmet))]);
    assert_eq!(player.names().len(), 1);
}

#[test]
fn a_name_whose_scene_was_refused_is_a_failure_and_not_a_guess() {
    let text = r#"
        [[scene]]
        do = "CreateProduct"
        as = "laptop"
        with = { name = "Laptop", price = "0" }
        [[scene]]
        do = "DeactivateProduct"
        with = { product_id = "@laptop" }
        "#;
    let mut player = Player::new(parsed(&scenes(text)));
    let mut playground = playground();
    let first = player.play_next(&mut playground).expect("a refusal is no failure").expect("there is a scene");
    assert!(first.unmet.is_some());
    let failure = player.play_next(&mut playground).expect_err("the name stands for nothing");
    assert_eq!(failure.what, "scene 2: @laptop names nothing: the scene that should have created it did not");
}
