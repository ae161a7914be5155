//! The playground on a thread of its own, behind a channel: requests in, updates out.
//!
//! A screen never waits for a database. It says what it looks at, and gets the rows it shows: once now, and again whenever a
//! command has changed them. Requests are worked on in order; of several looks in a row only the last one counts.

pub mod choices;
pub mod crashes;
mod desk;
pub mod export;
pub mod files;
mod messages;
mod offers;
mod place;
mod published;
pub mod scenario;
mod sift;
mod steps;
mod tally;
mod thread;
mod view;

pub use desk::Desk;
pub use messages::{Request, Save, Saving, Steps, Update};
pub use offers::Offer;
pub use sift::{Sift, Sort};
pub use thread::Engine;
pub use view::{Column, Look, PaneLook, PaneView, Sight, TableCount, View, columns, payload, sortable};
