//! Figures and curves as lines of text, for a terminal and for the record.

use super::{Contender, Evidence, Figures, Point};

/// What the figures say about each question that a run can answer: the question's word and a sentence.
pub fn figures(evidence: &Evidence) -> Vec<(&'static str, String)> {
    let Evidence { load, settings, figures, .. } = evidence;
    let each = |of: &dyn Fn(&Figures) -> Option<String>| {
        let each = figures.iter().filter_map(|one| Some(format!("{} {}", one.contender.name(), of(one)?)));
        each.collect::<Vec<_>>().join(", ")
    };
    let day = |one: &Figures| {
        let busy = one.write.median_us / 1e6 * load.commands_a_day as f64;
        Some(format!("{} (× {} a day = {})", time(one.write.median_us), load.commands_a_day, time(busy * 1e6)))
    };
    let per_command = |one: &Figures| Some(format!("{} bytes", one.bytes / settings.commands.max(1)));
    let unoptimised = if settings.optimised { "" } else { " A build without optimisations: too slow." };
    let from = |crossing: Option<u64>| {
        crossing.map_or("at no length that was run".to_owned(), |events| format!("from {events} events on"))
    };
    let last = |one: &Figures| Some(time(one.curve.last()?.read_us));
    let mut said = vec![
        (
            "performance",
            format!("a command took {}; on disk, a command: {}.{unoptimised}", each(&day), each(&per_command)),
        ),
        (
            "length",
            format!(
                "loading an order near {} events took {}; with {} reads a write, state is faster than events {}, than events with snapshots {}.",
                load.events_per_aggregate,
                each(&last),
                settings.reads_per_write,
                from(evidence.crossing),
                from(evidence.crossing_with_snapshots)
            ),
        ),
    ];
    let lag = |one: &Figures| Some(time(one.lag?.median_us));
    if figures.iter().any(|one| one.lag.is_some()) {
        said.push(("freshness", format!("{} read models were up to date after {}.", load.read_models, each(&lag))));
    }
    said
}

/// Microseconds as one reads them.
fn time(micros: f64) -> String {
    match micros {
        micros if micros < 1_000.0 => format!("{micros:.0} µs"),
        micros if micros < 1_000_000.0 => format!("{:.1} ms", micros / 1e3),
        micros => format!("{:.1} s", micros / 1e6),
    }
}

/// The letters of the curves, in the order of the contenders.
const MARKS: [char; 3] = ['s', 'e', 'n'];

/// Reads and writes as aggregates grow, drawn: microseconds upwards, events to the right.
pub fn plot(evidence: &Evidence, width: usize, height: usize) -> Vec<String> {
    let reads = |point: &Point| point.read_us;
    let writes = |point: &Point| point.write_us;
    let mut lines = vec!["a read by id, as an order grows".to_owned()];
    lines.extend(curve(evidence, &reads, width, height));
    lines.push(String::new());
    lines.push("a command, as an order grows".to_owned());
    lines.extend(curve(evidence, &writes, width, height));
    let names = Contender::ALL.iter().zip(MARKS).map(|(contender, mark)| format!("{mark} {}", contender.name()));
    lines.push(names.collect::<Vec<_>>().join(", "));
    lines.push("* more than one".to_owned());
    lines
}

fn curve(evidence: &Evidence, of: &dyn Fn(&Point) -> f64, width: usize, height: usize) -> Vec<String> {
    let all = evidence.figures.iter().flat_map(|one| &one.curve);
    let most = all.clone().map(of).fold(1.0, f64::max);
    let last = all.map(|point| point.events).max().unwrap_or(1).max(1);
    let lead = time(most).chars().count().max(4);
    let (columns, rows) = (width.saturating_sub(lead + 2).max(8), height.max(3));
    let mut field = vec![vec![' '; columns]; rows];
    for one in &evidence.figures {
        let mark =
            Contender::ALL.iter().position(|contender| *contender == one.contender).map_or('?', |index| MARKS[index]);
        for point in &one.curve {
            let column =
                usize::try_from(point.events * (columns as u64 - 1) / last).unwrap_or_default().min(columns - 1);
            // Between 0 and 1, so it fits.
            let up = ((of(point) / most).clamp(0.0, 1.0) * (rows - 1) as f64).round() as usize;
            let cell = &mut field[rows - 1 - up.min(rows - 1)][column];
            *cell = if *cell == ' ' || *cell == mark { mark } else { '*' };
        }
    }
    let mut lines: Vec<String> = field
        .into_iter()
        .enumerate()
        .map(|(index, cells)| {
            let label = if index == 0 { time(most) } else { String::new() };
            format!("{label:>lead$} │{}", cells.into_iter().collect::<String>()).trim_end().to_owned()
        })
        .collect();
    lines.push(format!("{:>lead$} └{}", "0", "─".repeat(columns)));
    let end = format!("{last} events");
    lines.push(format!("{:>lead$}  {end:>columns$}", ""));
    lines
}
