//! What was measured, as figures: spreads, and how they change as an aggregate grows.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Contender;

/// So many points a curve has at most.
const POINTS: usize = 24;

/// One command, with what followed it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    /// The version that it brought its aggregate to.
    pub version: u64,
    pub write: Duration,
    /// One of the reads after it.
    pub read: Duration,
    /// Until the read models were up to date.
    pub lag: Duration,
}

/// The middle, and what one in twenty exceeds, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Half took less.
    pub median_us: f64,
    /// One in twenty took more.
    pub p95_us: f64,
}

/// How it was at a version: medians of all aggregates there, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// How many events the aggregates had.
    pub events: u64,
    /// A write.
    pub write_us: f64,
    /// A read.
    pub read_us: f64,
}

/// One contender's figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Whose.
    pub contender: Contender,
    /// Commands.
    pub write: Spread,
    /// Loads by id.
    pub read: Spread,
    /// From a command's answer until every read model has its events; none without read models.
    pub lag: Option<Spread>,
    /// The file, closed.
    pub bytes: u64,
    /// As aggregates grow.
    pub curve: Vec<Point>,
}

impl Figures {
    pub(super) fn of(contender: Contender, taken: &[Taken], bytes: u64, follows: bool) -> Self {
        let last = taken.last().map_or(1, |one| one.version);
        let width = last.div_ceil(POINTS as u64).max(1);
        let curve = taken
            .chunk_by(|one, next| (one.version - 1) / width == (next.version - 1) / width)
            .map(|bucket| Point {
                events: bucket.last().map_or(0, |one| one.version),
                write_us: spread(bucket.iter().map(|one| one.write)).median_us,
                read_us: spread(bucket.iter().map(|one| one.read)).median_us,
            })
            .collect();
        Self {
            contender,
            write: spread(taken.iter().map(|one| one.write)),
            read: spread(taken.iter().map(|one| one.read)),
            lag: follows.then(|| spread(taken.iter().map(|one| one.lag))),
            bytes,
            curve,
        }
    }
}

fn spread(times: impl Iterator<Item = Duration>) -> Spread {
    let mut micros: Vec<f64> = times.map(|time| time.as_secs_f64() * 1e6).collect();
    micros.sort_by(f64::total_cmp);
    let at = |share: usize| micros.get(micros.len().saturating_sub(1) * share / 100).copied().unwrap_or_default();
    let tenths = |micros: f64| (micros * 10.0).round() / 10.0;
    Spread { median_us: tenths(at(50)), p95_us: tenths(at(95)) }
}

/// From how many events on a write with its reads is slower for the other, up to the end; none where it is not so at the end.
pub(super) fn crossing(state: &Figures, other: &Figures, reads: u64) -> Option<u64> {
    let cost = |point: &Point| point.write_us + reads as f64 * point.read_us;
    let slower = |(one, other): &(&Point, &Point)| cost(other) > cost(one);
    let pairs: Vec<_> = state.curve.iter().zip(&other.curve).collect();
    let from = pairs.iter().rev().take_while(|pair| slower(pair)).count();
    pairs.len().checked_sub(from).and_then(|index| pairs.get(index)).map(|(_, other)| other.events)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(curve: &[(u64, f64)]) -> Figures {
        let point = |(events, us): &(u64, f64)| Point { events: *events, write_us: *us, read_us: 0.0 };
        let spread = Spread { median_us: 0.0, p95_us: 0.0 };
        let curve = curve.iter().map(point).collect();
        Figures { contender: Contender::State, write: spread, read: spread, lag: None, bytes: 0, curve }
    }

    #[test]
    fn curves_cross_where_they_stay_apart_to_the_end() {
        let state = figures(&[(10, 5.0), (20, 5.0), (30, 5.0), (40, 5.0)]);
        let cross = |other: [f64; 4]| {
            let points: Vec<_> = [10, 20, 30, 40].into_iter().zip(other).collect();
            crossing(&state, &figures(&points), 0)
        };
        assert_eq!(cross([4.0, 6.0, 4.0, 6.0]), Some(40));
        assert_eq!(cross([4.0, 4.0, 6.0, 7.0]), Some(30));
        assert_eq!(cross([6.0, 6.0, 6.0, 6.0]), Some(10));
        assert_eq!(cross([6.0, 6.0, 6.0, 4.0]), None);
    }

    #[test]
    fn a_spread_has_a_middle_and_an_end() {
        let times = (1..=100).map(Duration::from_micros);
        assert_eq!(spread(times), Spread { median_us: 50.0, p95_us: 95.0 });
        assert_eq!(spread(std::iter::empty()), Spread { median_us: 0.0, p95_us: 0.0 });
    }
}
