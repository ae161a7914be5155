//! Faults: what goes wrong at a micro-step, on purpose.
//!
//! A fault belongs to the input that it hits, so that running the log again runs into it again, at the same step.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::world::WorldKind;
use crate::application::fields::suggestion;
use crate::kernel::probe::StepKind;

/// A step of one command in one world: `publishing:2` is the second time that it publishes. Delivery after the answer counts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place {
    /// Which kind of step.
    pub kind: StepKind,
    /// Which of this kind, from 1.
    pub nth: u32,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// What comes next fails: the store refuses, a subscriber throws.
    Fail,
    /// The world is gone where it stands, as after a power cut; its file is opened again.
    Crash,
    /// It takes so many milliseconds longer, by the playground's clock.
    Slow(u32),
}

/// What goes wrong, where, and in which world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Fault {
    /// At which step.
    pub at: Place,
    /// In which world; in every one where there is none.
    pub world: Option<WorldKind>,
    /// What.
    pub kind: FaultKind,
}

impl Fault {
    /// Whether it is one of this world's.
    pub fn hits(&self, world: WorldKind) -> bool {
        self.world.is_none_or(|only| only == world)
    }

    /// How long it holds a command up, in milliseconds.
    pub fn delay(&self) -> u32 {
        match self.kind {
            FaultKind::Slow(millis) => millis,
            FaultKind::Fail | FaultKind::Crash => 0,
        }
    }
}

impl FaultKind {
    /// The words for them in files.
    pub const NAMES: [&'static str; 3] = ["fail", "crash", "slow"];
    /// How slow *slow* is where nobody says: a second.
    pub const SLOW: u32 = 1_000;

    /// The word for it in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Crash => "crash",
            Self::Slow(_) => "slow",
        }
    }
}

impl FromStr for FaultKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "fail" => Ok(Self::Fail),
            "crash" => Ok(Self::Crash),
            "slow" => Ok(Self::Slow(Self::SLOW)),
            other => Err(format!("`{}` is no fault; {}", shown(other), suggestion(other, &Self::NAMES))),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.name(), self.nth)
    }
}

impl FromStr for Place {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = "expected KIND:N, as in publishing:1";
        let (kind, nth) = text.split_once(':').ok_or_else(|| format!("`{}` is no step; {expected}", shown(text)))?;
        let nth = nth
            .parse()
            .ok()
            .filter(|nth| *nth > 0)
            .ok_or_else(|| format!("`{}` does not say which {} it means; {expected}", shown(text), shown(kind)))?;
        Ok(Self { kind: step_kind(kind)?, nth })
    }
}

/// The kind of step with this name.
pub(super) fn step_kind(name: &str) -> Result<StepKind, String> {
    let names = StepKind::ALL.map(StepKind::name);
    StepKind::ALL
        .into_iter()
        .find(|kind| kind.name() == name)
        .ok_or_else(|| format!("`{}` is no kind of step; {}", shown(name), suggestion(name, &names)))
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            FaultKind::Slow(millis) => write!(f, "slow by {millis} ms")?,
            kind => f.write_str(kind.name())?,
        }
        write!(f, " at {}", self.at)?;
        match self.world {
            Some(world) => write!(f, " in {}", world.name()),
            None => f.write_str(" in every world"),
        }
    }
}

impl FromStr for Fault {
    type Err = String;

    /// Reads `crash@committed:1@state`; without a world, it is in every one.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.split('@');
        let (Some(kind), Some(at), world, None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(format!(
                "`{}` is no fault; expected KIND@STEP@WORLD, as in crash@committed:1@state",
                shown(text)
            ));
        };
        Ok(Self { at: at.parse()?, world: world.map(str::parse).transpose()?, kind: kind.parse()? })
    }
}

/// As the log of inputs has it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    world: Option<String>,
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    delay_ms: Option<u32>,
}

impl TryFrom<Written> for Fault {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let kind = match (written.kind.parse()?, written.delay_ms) {
            (FaultKind::Slow(_), Some(millis)) => FaultKind::Slow(millis),
            (kind, _) => kind,
        };
        Ok(Self { at: written.at.parse()?, world: written.world.as_deref().map(str::parse).transpose()?, kind })
    }
}

impl From<Fault> for Written {
    fn from(fault: Fault) -> Self {
        Self {
            at: fault.at.to_string(),
            world: fault.world.map(|world| world.name().to_owned()),
            kind: fault.kind.name().to_owned(),
            delay_ms: Some(fault.delay()).filter(|millis| *millis > 0),
        }
    }
}

fn shown(text: &str) -> String {
    text.escape_debug().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back_as_it_is_written_and_nonsense_says_what_was_expected() {
        for kind in StepKind::ALL {
            let place = Place { kind, nth: 3 };
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        for (text, says) in [
            ("publishing", "expected KIND:N"),
            ("publishing:0", "which publishing"),
            ("publishing:-1", "which publishing"),
            ("publshing:1", "did you mean `publishing`?"),
            ("", "expected KIND:N"),
        ] {
            let error = text.parse::<Place>().expect_err(text);
            assert!(error.contains(says), "{error}");
        }
    }

    #[test]
    fn a_fault_is_written_with_what_it_needs_and_no_more() {
        for line in [
            r#"{"at":"saving:1","world":"state","kind":"fail"}"#,
            r#"{"at":"publishing:2","kind":"crash"}"#,
            r#"{"at":"loaded:1","world":"hybrid","kind":"slow","delay_ms":90000}"#,
        ] {
            let fault: Fault = serde_json::from_str(line).expect(line);
            assert_eq!(serde_json::to_string(&fault).ok().as_deref(), Some(line));
        }
        let error = serde_json::from_str::<Fault>(r#"{"at":"saving:1","world":"moon","kind":"fail"}"#);
        assert!(error.is_err_and(|error| error.to_string().contains("`moon` is no world")));
    }
}
