//! What a command's fields are, said by their types.
//!
//! Forms, scenario files, `--json` and the help all use the one description that the command's type gives. Values come in as JSON:
//! from a scenario's TOML, from a form's text or from the command line.

use serde_json::{Map, Value};

use crate::domain::order::OrderLine;
use crate::domain::{Context, Money};
use crate::kernel::{Aggregate, Id};

/// What a command is called, where it belongs and what it takes.
#[derive(Debug, Clone, Copy)]
pub struct Description {
    /// Its name: `UpdateProductPrice`.
    pub name: &'static str,
    /// The bounded context it belongs to.
    pub context: Context,
    /// What it does, in a sentence.
    pub about: &'static str,
    /// Its fields, in the order in which a form asks for them.
    pub fields: &'static [Field],
    /// The field of a success's result that holds the id of what it may begin.
    pub creates: Option<&'static str>,
}

/// One field of a command.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name: `new_price`.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be given.
    pub required: bool,
    /// What it means, in a sentence.
    pub about: &'static str,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The id of an aggregate, by the aggregate's name.
    Id(&'static str),
    /// Text.
    Text,
    /// An exact decimal, as text.
    Money,
    /// A whole number.
    Integer,
    /// Order lines: a list of product, quantity and unit price.
    Lines,
}

impl Kind {
    /// What is expected, for an error's end and a form's hint.
    pub fn expected(self) -> &'static str {
        match self {
            Self::Id(_) => "an id, as text",
            Self::Text => "text",
            Self::Money => "a decimal in quotes, as in \"12.50\"",
            Self::Integer => "a whole number",
            Self::Lines => "a list of { product_id, quantity, unit_price }",
        }
    }

    /// The value that a person's text stands for: a number where a whole number is due, JSON where lines are, otherwise the text.
    pub fn from_text(self, text: &str) -> Value {
        match self {
            Self::Integer => text.trim().parse::<i64>().map_or_else(|_| Value::from(text), Value::from),
            Self::Lines => serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)),
            Self::Id(_) | Self::Money => Value::from(text.trim()),
            Self::Text => Value::from(text),
        }
    }
}

/// A value that is not what its field takes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{what}", self.prefix())]
pub struct Mismatch {
    /// Which field, as in `items[2].quantity`; empty for the command itself.
    pub field: String,
    /// What is wrong, and what was expected.
    pub what: String,
}

impl Mismatch {
    /// A mismatch of one field.
    pub fn of(field: impl Into<String>, what: impl Into<String>) -> Self {
        Self { field: field.into(), what: what.into() }
    }

    fn prefix(&self) -> String {
        if self.field.is_empty() { String::new() } else { format!("{}: ", self.field) }
    }
}

/// A type that a command's field can have.
pub trait FieldType: Sized {
    /// What it holds.
    const KIND: Kind;
    /// Whether it must be given.
    const REQUIRED: bool = true;

    /// Reads what was given for `field`.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and what was expected.
    fn read(value: Option<&Value>, field: &str) -> Result<Self, Mismatch>;

    /// What is said about more of it than anyone can have meant: *must not be longer than 1,000 characters*.
    fn excess(&self) -> Option<&'static str> {
        None
    }
}

const LONGEST_TEXT: usize = 1_000;
const MOST_LINES: usize = 1_000;

fn too_long(text: &str) -> Option<&'static str> {
    // No text has more characters than bytes, so most need no counting.
    let longer = text.len() > LONGEST_TEXT && text.chars().nth(LONGEST_TEXT).is_some();
    longer.then_some("must not be longer than 1,000 characters")
}

/// The value, or the error that it must be given.
fn given<'a>(value: Option<&'a Value>, field: &str, kind: Kind) -> Result<&'a Value, Mismatch> {
    value.ok_or_else(|| Mismatch::of(field, format!("is missing; expected {}", kind.expected())))
}

fn mismatch(field: &str, value: &Value, kind: Kind) -> Mismatch {
    let shown = match value {
        Value::Object(_) => "a table".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        other => shorten(&other.to_string()),
    };
    Mismatch::of(field, format!("{shown} is not what it takes; expected {}", kind.expected()))
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= 60 { text.to_owned() } else { text.chars().take(57).chain("...".chars()).collect() }
}

fn text<'a>(value: &'a Value, field: &str, kind: Kind) -> Result<&'a str, Mismatch> {
    value.as_str().ok_or_else(|| mismatch(field, value, kind))
}

impl<A: Aggregate> FieldType for Id<A> {
    const KIND: Kind = Kind::Id(A::NAME);

    fn read(value: Option<&Value>, field: &str) -> Result<Self, Mismatch> {
        let id = text(given(value, field, Self::KIND)?, field, Self::KIND)?;
        if id.chars().any(char::is_control) {
            let shown: String = id.escape_default().take(60).collect();
            return Err(Mismatch::of(field, format!("`{shown}` holds a control character; an id has none")));
        }
        if id.len() > 200 {
            return Err(Mismatch::of(field, "is longer than 200 bytes; expected an id"));
        }
        Ok(Self::new(id))
    }

    fn excess(&self) -> Option<&'static str> {
        too_long(self.as_str())
    }
}

impl FieldType for String {
    const KIND: Kind = Kind::Text;

    fn read(value: Option<&Value>, field: &str) -> Result<Self, Mismatch> {
        text(given(value, field, Self::KIND)?, field, Self::KIND).map(str::to_owned)
    }

    fn excess(&self) -> Option<&'static str> {
        too_long(self)
    }
}

impl FieldType for Money {
    const KIND: Kind = Kind::Money;

    fn read(value: Option<&Value>, field: &str) -> Result<Self, Mismatch> {
        text(given(value, field, Self::KIND)?, field, Self::KIND)?
            .parse()
            .map_err(|error: crate::domain::money::NotMoney| Mismatch::of(field, error.to_string()))
    }
}

impl FieldType for i64 {
    const KIND: Kind = Kind::Integer;

    fn read(value: Option<&Value>, field: &str) -> Result<Self, Mismatch> {
        let value = given(value, field, Self::KIND)?;
        value.as_i64().ok_or_else(|| mismatch(field, value, Self::KIND))
    }
}

impl FieldType for Vec<OrderLine> {
    const KIND: Kind = Kind::Lines;

    fn read(value: Option<&Value>, field: &str) -> Result<Self, Mismatch> {
        let value = given(value, field, Self::KIND)?;
        let lines = value.as_array().ok_or_else(|| mismatch(field, value, Self::KIND))?;
        lines.iter().enumerate().map(|(index, line)| read_line(line, &format!("{field}[{index}]"))).collect()
    }

    fn excess(&self) -> Option<&'static str> {
        (self.len() > MOST_LINES).then_some("must not have more than 1,000 lines")
    }
}

fn read_line(value: &Value, field: &str) -> Result<OrderLine, Mismatch> {
    let line = value.as_object().ok_or_else(|| mismatch(field, value, Kind::Lines))?;
    let known = ["product_id", "quantity", "unit_price"];
    known_fields(line, &known, &format!("{field}."))?;
    let read = |name: &str| (line.get(name), format!("{field}.{name}"));
    let ((product, product_at), (quantity, quantity_at), (price, price_at)) =
        (read("product_id"), read("quantity"), read("unit_price"));
    Ok(OrderLine {
        product_id: FieldType::read(product, &product_at)?,
        quantity: FieldType::read(quantity, &quantity_at)?,
        unit_price: FieldType::read(price, &price_at)?,
    })
}

impl<T: FieldType> FieldType for Option<T> {
    const KIND: Kind = T::KIND;
    const REQUIRED: bool = false;

    fn read(value: Option<&Value>, field: &str) -> Result<Self, Mismatch> {
        match value {
            None | Some(Value::Null) => Ok(None),
            given => T::read(given, field).map(Some),
        }
    }

    fn excess(&self) -> Option<&'static str> {
        self.as_ref().and_then(T::excess)
    }
}

/// Refuses fields that nobody asked for, and names the nearest that exists.
///
/// # Errors
///
/// The first unknown field.
pub fn known_fields(given: &Map<String, Value>, known: &[&str], prefix: &str) -> Result<(), Mismatch> {
    match given.keys().find(|name| !known.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) => Err(Mismatch::of(
            format!("{prefix}{}", shorten(&name.escape_default().to_string())),
            format!("is no field here; {}", suggestion(name, known)),
        )),
    }
}

/// *did you mean …* where something is near, otherwise everything there is.
pub fn suggestion(name: &str, known: &[&str]) -> String {
    match nearest(name, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are: {}", known.join(", ")),
    }
}

/// The nearest of `known`, if one is near: at most a third of its letters differ.
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    if name.len() > 100 {
        return None;
    }
    let name = name.to_lowercase();
    known
        .iter()
        .map(|known| (strsim::damerau_levenshtein(&name, &known.to_lowercase()), *known))
        .filter(|(distance, known)| *distance <= known.len().div_ceil(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}
