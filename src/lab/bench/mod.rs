//! How fast diptych is, as a part of what the same database gives to a program written by hand for the same work.
//!
//! A figure of its own says little: machines, disks and neighbours differ. So each work runs through diptych's real handlers,
//! pipeline and repositories and through [`limit`](self::limit), in turn in one run, on fresh files, and the ratio is what counts.
//! What either left in its file is read back and summed; sums that differ fail the run.

mod audit;
pub(super) mod diptych;
mod limit;
mod render;
mod rounds;
pub(super) mod work;

use std::path::PathBuf;

use serde::{Serialize, Serializer};

pub use self::render::text;
pub use self::rounds::{Ready, run};
pub use self::work::{Size, Work};
use crate::storage::Sync;

/// How a run is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// What survives a power cut, in both programs.
    pub sync: Sync,
    /// Where the files go; left out, to the system's directory for temporary files.
    pub dir: Option<PathBuf>,
    /// How large the works are.
    pub size: Size,
    /// How often each pair is run; left out, as often as makes a steady ratio.
    pub rounds: Option<usize>,
    /// Whether W1 and W6 are measured with whole policies too.
    pub second_lines: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { sync: Sync::Normal, dir: None, size: Size::FULL, rounds: None, second_lines: true }
    }
}

/// Whose throughput a line tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Contender {
    /// The real handlers, pipeline and repositories.
    Diptych,
    /// The program written by hand.
    Limit,
}

impl Contender {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Diptych => "diptych",
            Self::Limit => "limit",
        }
    }
}

/// One measurement: of the pair of rounds with the median ratio. As JSON, a line of `diptych bench --json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Whose.
    #[serde(rename = "c")]
    pub contender: Contender,
    /// Of which work.
    #[serde(rename = "w", serialize_with = "named")]
    pub work: Work,
    /// So many a second.
    #[serde(rename = "v", serialize_with = "to_a_tenth")]
    pub per_second: f64,
    /// Of what.
    #[serde(rename = "u")]
    pub unit: &'static str,
    /// How many in one round.
    #[serde(rename = "n")]
    pub count: usize,
    /// The sum of totals that was read back.
    #[serde(rename = "chk")]
    pub checksum: String,
    /// In second lines, the policy whose additional work is in it: subscribers, outbox, the playground's own row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<&'static str>,
    /// The part of the limit's throughput, in diptych's lines.
    #[serde(skip)]
    pub ratio: Option<f64>,
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    /// Every line, in the order in which they were measured.
    pub lines: Vec<Line>,
    /// The works of which the programs left different sums, so that their figures say nothing.
    pub unequal: Vec<Work>,
}

impl Summary {
    /// The works that have not come up to their goal.
    pub fn short_of_goal(&self) -> impl Iterator<Item = &Line> {
        self.lines
            .iter()
            .filter(|line| line.policy.is_none() && line.ratio.is_some_and(|ratio| ratio < line.work.goal()))
    }
}

fn named<S: Serializer>(work: &Work, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(work.name())
}

fn to_a_tenth<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((number * 10.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_programs_leave_the_same_totals_in_every_work() {
        let size = Size { orders: 3, streams: 2, loads: 2, long: 60, log: 60 };
        let options = Options { size, rounds: Some(1), ..Options::default() };
        let mut told = 0;

        let summary = run(&Work::ALL, &options, &mut |_| told += 1).expect("a run");

        assert_eq!(summary.unequal, []);
        assert_eq!(told, summary.lines.len());
        assert_eq!(summary.lines.len(), 2 * Work::ALL.len() + 4);
        assert!(summary.lines.iter().all(|line| line.per_second > 0.0 && line.checksum != "0"));
    }

    #[test]
    fn a_line_of_json_has_the_fields_of_the_table() {
        let line = Line {
            contender: Contender::Limit,
            work: Work::W1,
            per_second: 12345.64,
            unit: Work::W1.unit(),
            count: 20_000,
            checksum: "1.50".to_owned(),
            policy: None,
            ratio: None,
        };
        let json = serde_json::to_string(&line).expect("a line is plain data");
        assert_eq!(json, r#"{"c":"limit","w":"W1","v":12345.6,"u":"cmd/s","n":20000,"chk":"1.50"}"#);
    }
}
