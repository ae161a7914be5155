//! How a command says what it takes, and how all of them become one [`Command`](super::Command).

use serde_json::{Map, Value};

use crate::application::Shop;
use crate::application::fields::{Description, Mismatch, suggestion};
use crate::kernel::Handled;

/// A command that describes itself: made by `command!` from the command's own fields.
pub trait Described: Sized {
    /// Name, context, fields.
    const DESCRIPTION: Description;

    /// Reads the command from what was given for its fields.
    ///
    /// # Errors
    ///
    /// The first field that is unknown, missing or of another kind.
    fn read(given: &Map<String, Value>) -> Result<Self, Mismatch>;

    /// The fields again, as [`Described::read`] takes them.
    fn fields(&self) -> Map<String, Value>;

    /// The first field of which there is more than anyone can have meant, and what is said about it.
    fn excess(&self) -> Option<(&'static str, &'static str)>;
}

/// What a command does: load, decide, save.
pub trait Handler {
    /// Does it.
    fn handle(self, shop: &Shop) -> impl Future<Output = Handled>;
}

/// Something that is no command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// There is no command of this name.
    #[error("`{name}` is no command; {suggestion}")]
    UnknownCommand {
        /// What was given.
        name: String,
        /// What might have been meant.
        suggestion: String,
    },
    /// There is no query of this name.
    #[error("`{name}` is no query; {suggestion}")]
    UnknownQuery {
        /// What was given.
        name: String,
        /// What might have been meant.
        suggestion: String,
    },
    /// A field is unknown, missing or of another kind.
    #[error(transparent)]
    Field(#[from] Mismatch),
}

pub(super) fn unknown(name: &str, known: &[&str]) -> Unreadable {
    let name: String = name.escape_default().take(60).collect();
    let suggestion = suggestion(&name, known);
    Unreadable::UnknownCommand { name, suggestion }
}

/// Declares a command: `/// about`, `Name in Context creates field_of_the_result { /// about a field, field: Type }`.
macro_rules! command {
    (
        #[doc = $about:literal]
        $name:ident in $context:ident $(creates $created:ident)? {
            $(#[doc = $field_about:literal] $field:ident: $type:ty,)*
        }
    ) => {
        #[doc = $about]
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        pub struct $name {
            $(#[doc = $field_about] pub $field: $type,)*
        }

        impl crate::application::commands::Described for $name {
            const DESCRIPTION: crate::application::fields::Description = crate::application::fields::Description {
                name: stringify!($name),
                context: crate::domain::Context::$context,
                about: $about.trim_ascii(),
                fields: &[$(crate::application::fields::Field {
                    name: stringify!($field),
                    kind: <$type as crate::application::fields::FieldType>::KIND,
                    required: <$type as crate::application::fields::FieldType>::REQUIRED,
                    about: $field_about.trim_ascii(),
                }),*],
                creates: [$(Some(stringify!($created)),)? None][0],
            };

            fn read(
                given: &serde_json::Map<String, serde_json::Value>,
            ) -> Result<Self, crate::application::fields::Mismatch> {
                crate::application::fields::known_fields(given, &[$(stringify!($field)),*], "")?;
                Ok(Self {
                    $($field: crate::application::fields::FieldType::read(
                        given.get(stringify!($field)),
                        stringify!($field),
                    )?,)*
                })
            }

            fn excess(&self) -> Option<(&'static str, &'static str)> {
                $(if let Some(what) = crate::application::fields::FieldType::excess(&self.$field) {
                    return Some((stringify!($field), what));
                })*
                None
            }

            fn fields(&self) -> serde_json::Map<String, serde_json::Value> {
                match serde_json::to_value(self) {
                    Ok(serde_json::Value::Object(mut fields)) => {
                        fields.retain(|_, value| !value.is_null());
                        fields
                    }
                    _ => serde_json::Map::new(),
                }
            }
        }
    };
}

/// Gathers the commands into one [`Command`](super::Command), with their descriptions and their handlers' sources.
macro_rules! commands {
    ($($module:ident::$name:ident),+ $(,)?) => {
        /// Any command of the shop.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Command {
            $(#[doc = concat!("See [`", stringify!($name), "`].")] $name($name),)+
        }

        impl Command {
            /// Every command there is, grouped by context.
            pub const ALL: &'static [crate::application::fields::Description] = &[$($name::DESCRIPTION),+];

            /// Reads a command from its name and what was given for its fields.
            ///
            /// # Errors
            ///
            /// An unknown command, with the nearest name; the first field that is unknown, missing or of another kind.
            pub fn read(name: &str, given: &serde_json::Map<String, serde_json::Value>) -> Result<Self, Unreadable> {
                match name {
                    $(stringify!($name) => Ok(Self::$name($name::read(given)?)),)+
                    _ => Err(describe::unknown(name, &[$(stringify!($name)),+])),
                }
            }

            /// What it is called and takes.
            pub fn description(&self) -> &'static crate::application::fields::Description {
                match self {
                    $(Self::$name(_) => const { &$name::DESCRIPTION },)+
                }
            }

            /// Its fields, as [`Command::read`] takes them.
            pub fn fields(&self) -> serde_json::Map<String, serde_json::Value> {
                match self {
                    $(Self::$name(command) => command.fields(),)+
                }
            }

            /// The first field of which there is more than anyone can have meant, and what is said about it.
            fn excess(&self) -> Option<(&'static str, &'static str)> {
                match self {
                    $(Self::$name(command) => command.excess(),)+
                }
            }

            /// The text of the file with the command's handler, for whoever wants to read along.
            pub fn source(name: &str) -> Option<&'static str> {
                match name {
                    $(stringify!($name) => Some(include_str!(concat!(stringify!($module), ".rs"))),)+
                    _ => None,
                }
            }
        }

        impl Command {
            /// Does what its handler does.
            pub fn handle(self, shop: &crate::application::Shop) -> futures_util::future::LocalBoxFuture<'_, crate::kernel::Handled> {
                match self {
                    $(Self::$name(command) => Box::pin(command.handle(shop)),)+
                }
            }
        }

        $(impl From<$name> for Command {
            fn from(command: $name) -> Self {
                Self::$name(command)
            }
        })+
    };
}
