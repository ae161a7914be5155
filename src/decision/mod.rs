//! Which pattern suits which bounded context: the guide's answer, this project's own beside it, and a record of the decision.
//!
//! Pure: no file, no store, no clock. The content, that is charts, tables, plans, criteria, weights and texts, is data in
//! `assets/decision/`, which a workshop leader may replace; a [`Framework`] is that data, read and checked.
//!
//! [`Answers`] to the framework's questions lead through the guide's [`Chart`] to an [`Outcome`], and through the criteria to an
//! [`Advice`]. Neither changes the other: what the guide says is shown as it is.

mod advice;
mod answers;
mod case;
mod chart;
mod framework;
mod guide;
mod guide_reading;
mod json;
mod method;
mod method_reading;
mod migration;
mod record;
mod sensitivity;

pub use self::advice::{Advice, Confidence, Reason, Scored, Veto, advise};
pub use self::answers::{Answers, Reply};
pub use self::case::{Application, Case, Measured};
pub use self::chart::{Chart, Outcome, Step, Target};
pub use self::framework::{Framework, Question};
pub use self::guide::{Cell, Constraint, Guide, Mark, Pattern, PlanStep};
pub use self::json::{application_json, context_json};
pub use self::method::{Criterion, CriterionAnswer, Forbids, Method, Rung, Says, Source};
pub use self::migration::Migration;
pub use self::record::madr;
pub use self::sensitivity::{Change, Flip, Matters, Sensitivity, sensitivity};
