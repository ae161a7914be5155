//! A floor uses only the floors below it, application and storage do not know each other, and SQL stays in storage.

use std::fs;
use std::path::{Path, PathBuf};

/// Each floor with the floors it may use besides itself.
const FLOORS: [(&str, &[&str]); 11] = [
    ("kernel", &[]),
    ("domain", &["kernel"]),
    ("application", &["kernel", "domain"]),
    ("files", &["kernel", "application"]),
    ("decision", &["kernel", "domain", "application", "files"]),
    ("storage", &["kernel", "domain"]),
    ("world", &["kernel", "domain", "application", "storage"]),
    ("lab", &["kernel", "domain", "application", "storage", "world"]),
    ("engine", &["kernel", "domain", "application", "files", "world", "lab"]),
    ("tui", &["kernel", "domain", "application", "files", "decision", "world", "lab", "engine"]),
    ("cli", &["kernel", "domain", "application", "files", "decision", "storage", "world", "lab", "engine", "tui"]),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// Every `crate::floor` in a file's code; macros of the kernel say `$crate::kernel`.
fn used(text: &str) -> Vec<&str> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default())
        .collect()
}

#[test]
fn a_floor_uses_only_the_floors_below_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let names: Vec<_> = FLOORS.iter().map(|(name, _)| *name).collect();
    let mut looked_at = 0;
    for (floor, below) in FLOORS {
        for file in sources(&source.join(floor)) {
            looked_at += 1;
            let text = fs::read_to_string(&file).unwrap();
            for other in used(&text).into_iter().filter(|other| names.contains(other)) {
                assert!(
                    other == floor || below.contains(&other),
                    "{} uses {other}, which is not below {floor}",
                    file.display()
                );
            }
        }
    }
    assert!(looked_at > 50, "only {looked_at} files were looked at");
}

#[test]
fn no_sql_outside_storage() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen_in_storage = false;
    for file in sources(&source) {
        let says_sql = fs::read_to_string(&file).unwrap().lines().any(|line| {
            let code = line.trim_start();
            !code.starts_with("//")
                && ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM "].iter().any(|word| code.contains(word))
        });
        let at = file.strip_prefix(&source).unwrap();
        let may = at.starts_with("storage") || at.starts_with("lab/bench/limit");
        assert!(!says_sql || may, "{} speaks SQL", file.display());
        seen_in_storage |= says_sql && at.starts_with("storage");
    }
    assert!(seen_in_storage);
}
