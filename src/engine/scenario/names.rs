//! Names for ids that are not known yet: a scene binds `laptop`, later ones write `@laptop`.
//!
//! They stand where a command takes an id, also inside order lines, and in the text of an expected error. Elsewhere an `@` is an `@`.

use serde_json::{Map, Value};

use crate::application::fields::{Description, Kind};

/// What an id of a scenario is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reference<'a> {
    /// A name that an earlier scene has bound.
    Name(&'a str),
    /// The id itself.
    Id(&'a str),
}

impl<'a> Reference<'a> {
    /// `@laptop` is a name, `@@laptop` the id `@laptop`, everything else an id.
    pub(super) fn read(text: &'a str) -> Self {
        match text.strip_prefix('@') {
            Some(rest) if rest.starts_with('@') => Self::Id(rest),
            Some(name) => Self::Name(name),
            None => Self::Id(text),
        }
    }
}

impl Reference<'_> {
    /// How an id is written: one that begins with `@` gets another.
    pub(super) fn escape(id: &str) -> String {
        if id.starts_with('@') { format!("@{id}") } else { id.to_owned() }
    }
}

/// Whether this can be a name: letters, digits, `-` and `_`.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= 60 && text.chars().all(is_part_of_name)
}

fn is_part_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '_')
}

/// Goes through every text of a command that stands for an id, with the path of the field it stands in.
pub(super) fn for_each_id<E>(
    command: &Description,
    with: &mut Map<String, Value>,
    mut meet: impl FnMut(&str, &mut String) -> Result<(), E>,
) -> Result<(), E> {
    for field in command.fields {
        match (field.kind, with.get_mut(field.name)) {
            (Kind::Id(_), Some(Value::String(id))) => meet(field.name, id)?,
            (Kind::Lines, Some(Value::Array(lines))) => {
                for (index, line) in lines.iter_mut().enumerate() {
                    if let Some(Value::String(id)) = line.get_mut("product_id") {
                        meet(&format!("{}[{index}].product_id", field.name), id)?;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// A text with each `@name` replaced by what `find` answers; `@@` stands for an `@`, and so does one inside a word.
///
/// # Errors
///
/// The first name that `find` does not know.
pub(super) fn fill_in(text: &str, find: impl Fn(&str) -> Option<String>) -> Result<String, String> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        filled.push_str(&rest[..at]);
        let inside_a_word = filled.chars().next_back().is_some_and(char::is_alphanumeric);
        rest = &rest[at + 1..];
        let end = rest.find(|letter| !is_part_of_name(letter)).unwrap_or(rest.len());
        if let Some(after) = rest.strip_prefix('@') {
            filled.push('@');
            rest = after;
        } else if inside_a_word || end == 0 {
            filled.push('@');
        } else {
            let name = &rest[..end];
            filled.push_str(&find(name).ok_or_else(|| name.to_owned())?);
            rest = &rest[end..];
        }
    }
    filled.push_str(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::{Reference, fill_in};

    fn fill(text: &str) -> Result<String, String> {
        fill_in(text, |name| (name == "mouse").then(|| "77ab".to_owned()))
    }

    #[test]
    fn a_doubled_sign_is_the_sign_itself() {
        assert_eq!(Reference::read("@laptop"), Reference::Name("laptop"));
        assert_eq!(Reference::read("@@laptop"), Reference::Id("@laptop"));
        assert_eq!(Reference::read("laptop"), Reference::Id("laptop"));
    }

    #[test]
    fn names_in_a_text_are_filled_in_and_addresses_are_left_alone() {
        assert_eq!(fill("Stock not found for product @mouse").as_deref(), Ok("Stock not found for product 77ab"));
        assert_eq!(fill("Product @mouse: 1 available").as_deref(), Ok("Product 77ab: 1 available"));
        assert_eq!(fill("ada@example.org, @@mouse, @").as_deref(), Ok("ada@example.org, @mouse, @"));
        assert_eq!(fill("Unknown @rat"), Err("rat".to_owned()));
    }
}
