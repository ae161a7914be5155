//! The pictures in the README and under `assets/pictures` show the program as it is.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Each picture with the arguments that make it.
const PICTURES: [(&str, &[&str]); 5] = [
    ("README.md", &["--scenes", "7", "--size", "110x30"]),
    ("assets/pictures/explore.svg", &["--scenes", "7", "--size", "110x30"]),
    ("assets/pictures/form.svg", &["--scenes", "4", "--size", "110x30", "--keys", "n \"price\" enter \"8\""]),
    (
        "assets/pictures/steps.svg",
        &["--screen", "steps", "--scenes", "3", "--size", "120x36", "--keys", "s s s s s s s"],
    ),
    ("assets/pictures/decide.svg", &["--screen", "decide", "--size", "120x36", "--keys", "t"]),
];

#[test]
fn no_picture_is_stale() {
    let house = Path::new(env!("CARGO_MANIFEST_DIR"));
    let elsewhere = tempfile::tempdir().expect("the test may make a temporary directory");
    let mut stale = Vec::new();
    for (picture, arguments) in PICTURES {
        let there = fs::read_to_string(house.join(picture)).unwrap_or_default();
        let name = Path::new(picture).file_name().expect("it is a file");
        let anew = elsewhere.path().join(name);
        // A picture inside a text needs the text around it.
        fs::write(&anew, &there).expect("the test may write there");
        let made = Command::new(env!("CARGO_BIN_EXE_diptych"))
            .arg("shot")
            .args(arguments)
            .args(["--force", "--out"])
            .arg(&anew)
            .output()
            .expect("the program was built for this test");
        assert!(made.status.success(), "{picture}: {}", String::from_utf8_lossy(&made.stderr));
        if fs::read_to_string(&anew).expect("it was just written") != there {
            let arguments: Vec<_> = arguments.iter().map(|word| shell(word)).collect();
            stale.push(format!("cargo run -q -- shot {} --out {picture} --force", arguments.join(" ")));
        }
    }
    assert!(stale.is_empty(), "these pictures are stale; make them anew with\n{}", stale.join("\n"));
}

fn shell(word: &str) -> String {
    if word.contains([' ', '"']) { format!("'{word}'") } else { word.to_owned() }
}
