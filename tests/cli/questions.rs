//! `query`, `commands`, `scenarios`, and continuing a playground.

use crate::{directory, file, run, stderr, stdout};

#[test]
fn a_playground_is_continued_and_asked() {
    let here = directory();
    let scene = |name: &str, price: &str| {
        format!(
            "title = \"t\"\n[[scene]]\ndo = \"CreateProduct\"\nas = \"p\"\nwith = {{ name = \"{name}\", price = \"{price}\" }}\n"
        )
    };
    file(here.path(), "a.toml", scene("Laptop", "999.99"));
    file(here.path(), "b.toml", format!("seed = 99\n{}", scene("Mouse", "29.99")));
    for arguments in [&["run", "a.toml", "b.toml", "--store", "shop"][..], &["run", "a.toml", "--store", "shop"]] {
        let output = run(here.path(), arguments);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    let answer = run(here.path(), &["query", "average-price", "--dir", "shop", "--json"]);
    insta::assert_snapshot!(stdout(&answer));
    let answer = run(here.path(), &["query", "ActiveProductsUnder", "price=999.99", "--dir", "shop"]);
    assert!(answer.status.success(), "{}", stderr(&answer));
    let text = stdout(&answer);
    assert!(text.contains("Mouse") && !text.contains("Laptop"), "{text}");
    assert!(text.contains("state   from rows of products (what the commands wrote)"), "{text}");
    assert!(text.contains("events  from rows of product_catalog (a read model, up to date at event 3)"), "{text}");
}

#[test]
fn help_lists_name_what_there_is() {
    let here = directory();
    let text = |arguments: &[&str]| {
        let output = run(here.path(), arguments);
        assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
        stdout(&output)
    };
    assert!(text(&["--version"]).starts_with("diptych "));
    assert!(text(&["--help"]).contains("diptych run price-with-a-past"));
    assert!(text(&["run", "--help"]).contains("--store"));
    assert!(text(&["completions", "bash"]).contains("complete"));
    for name in ["price-with-a-past", "life-of-an-order", "order-across-contexts", "refusals"] {
        assert!(text(&["scenarios"]).contains(name));
    }
    insta::assert_snapshot!("commands", text(&["commands"]));
    assert_eq!(text(&["commands", "--json"]).lines().count(), 16);
    assert!(text(&["query"]).contains("orders-of-customer"));
}
