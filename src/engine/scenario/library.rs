//! The scenarios that come with the program, inside it.

/// A scenario of the program's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipped {
    /// Its name, which is its file's without the ending.
    pub name: &'static str,
    /// Its file's text.
    pub text: &'static str,
}

macro_rules! shipped {
    ($($name:literal),+ $(,)?) => {
        &[$(Shipped {
            name: $name,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/scenarios/", $name, ".toml")),
        }),+]
    };
}

const ALL: &[Shipped] = shipped!["price-with-a-past", "life-of-an-order", "order-across-contexts", "refusals"];

/// All of them, in the order in which one might watch them.
pub fn all() -> &'static [Shipped] {
    ALL
}

/// The one with this name, with or without `.toml`.
pub fn named(name: &str) -> Option<&'static Shipped> {
    let name = name.strip_suffix(".toml").unwrap_or(name);
    ALL.iter().find(|shipped| shipped.name == name)
}
