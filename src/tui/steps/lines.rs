//! What a pane says, line by line: what the root holds, then what is where.

use super::said;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::world::{Change, CourseStanding, Holding, HoldingPlace, WorldStanding};

/// A line of a pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What the last step has made of it: `+` new, `~` changed, `-` gone.
    pub mark: char,
    /// A heading, where a part begins.
    pub head: &'static str,
    /// What it is called.
    pub name: String,
    /// What it says.
    pub text: String,
    /// How it looks.
    pub role: Role,
}

/// So many lines at most say what did not fit beside a name.
const MOST_BELOW: usize = 6;

/// The width of the column of headings.
pub const HEAD: usize = 11;

/// All lines, in `room` cells a line.
pub fn lines(world: &WorldStanding, before: Option<&WorldStanding>, who: usize, room: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(course) = world.courses.get(who) {
        root(&mut lines, course, room);
    }
    for place in HoldingPlace::ALL {
        let here: Vec<_> = world.holdings.iter().filter(|one| one.place == place).collect();
        if here.is_empty() {
            lines.push(Line {
                mark: ' ',
                head: place.name(),
                name: String::new(),
                text: nothing(place).to_owned(),
                role: Role::Dim,
            });
        }
        let mut heads = std::iter::once(place.name()).chain(std::iter::repeat(""));
        let mut head = || heads.next().unwrap_or_default();
        let quiet = |holding: &&&Holding| place == HoldingPlace::Subscriber && holding.change == Change::None;
        let as_before: Vec<_> = here.iter().filter(quiet).map(|one| said::subscriber(one)).collect();
        for holding in here.iter().filter(|one| !quiet(one)) {
            let head = head();
            let was = before.and_then(|before| same(before, holding));
            let (mark, role) = match holding.change {
                Change::None => (' ', Role::Text),
                Change::New => ('+', Role::Good),
                Change::Other => ('~', Role::Key),
                Change::Gone => ('-', Role::Refused),
            };
            let (name, said) = said::holding(holding, was.filter(|_| holding.change == Change::Other));
            let said = if holding.change == Change::Gone { "gone".to_owned() } else { said };
            wrapped(&mut lines, Line { mark, head, name, text: said, role }, room);
        }
        if !as_before.is_empty() {
            let text = as_before.join(" · ");
            let line = Line { mark: ' ', head: head(), name: String::new(), text, role: Role::Dim };
            wrapped(&mut lines, line, room);
        }
    }
    lines
}

fn same<'a>(before: &'a WorldStanding, holding: &Holding) -> Option<&'a Holding> {
    before.holdings.iter().find(|one| one.place == holding.place && one.key == holding.key)
}

/// What is said where nothing is.
fn nothing(place: HoldingPlace) -> &'static str {
    match place {
        HoldingPlace::Store => "no row",
        HoldingPlace::Log => "no fact",
        HoldingPlace::Outbox => "nothing waits",
        HoldingPlace::Bus => "nothing is handed round",
        HoldingPlace::Subscriber => "none",
        HoldingPlace::ReadModel => "nothing yet",
    }
}

/// What the root at hand holds; the last one that was.
fn root(lines: &mut Vec<Line>, course: &CourseStanding, room: usize) {
    let Some((index, root)) =
        course.trace.iter().enumerate().rev().find_map(|(index, step)| Some((index, step.step.root.as_ref()?)))
    else {
        let text = "none loaded".to_owned();
        lines.push(Line { mark: ' ', head: "root", name: String::new(), text, role: Role::Dim });
        return;
    };
    let now = index + 1 == course.trace.len();
    let pending = match root.pending.len() {
        0 => String::new(),
        1 => " · 1 pending event".to_owned(),
        many => format!(" · {many} pending events"),
    };
    let name = format!("{} version {}{pending}", text::short_stream(&root.stream), root.version);
    let state = root.state.as_object().map(|state| said::fields(state, None, &root.stream)).unwrap_or_default();
    let role = if now { Role::Text } else { Role::Dim };
    wrapped(lines, Line { mark: ' ', head: "root", name, text: state, role }, room);
    for (event, data) in &root.pending {
        let text = data.as_object().map(|data| said::fields(data, None, &root.stream)).unwrap_or_default();
        let name = format!("pending {}", text::short_event(event));
        let line =
            Line { mark: if now { '+' } else { ' ' }, head: "", name, text, role: if now { Role::Good } else { role } };
        wrapped(lines, line, room);
    }
}

/// A line, and what does not fit on lines of its own under it.
fn wrapped(lines: &mut Vec<Line>, line: Line, room: usize) {
    let room = room.saturating_sub(HEAD + 2).max(12);
    let Line { mark, head, name, text: said, role } = line;
    let beside = room.saturating_sub(text::width(&name) + if name.is_empty() { 0 } else { 2 });
    let (first, mut rest) = split(&said, beside);
    lines.push(Line { mark, head, name, text: first.to_owned(), role });
    let mut below = |text: String| lines.push(Line { mark, head: "", name: String::new(), text, role });
    for _ in 0..MOST_BELOW {
        let (fits, after) = split(rest, room - 2);
        if fits.is_empty() {
            // One field alone is longer than a line.
            text::wrap(rest, room - 2).into_iter().filter(|said| !said.is_empty()).take(MOST_BELOW).for_each(below);
            return;
        }
        below(fits.to_owned());
        rest = after;
    }
}

/// The fields that fit into a line, and those that do not.
fn split(said: &str, room: usize) -> (&str, &str) {
    if text::width(said) <= room {
        return (said, "");
    }
    let fits = said.match_indices(" · ").take_while(|(at, _)| text::width(&said[..*at]) <= room).last();
    fits.map_or(("", said), |(at, between)| (&said[..at], &said[at + between.len()..]))
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn fields_stay_whole_on_the_first_line() {
        assert_eq!(split("price 1 · name a b · active", 18), ("price 1 · name a b", "active"));
        assert_eq!(split("price 1 · name", 6), ("", "price 1 · name"));
        assert_eq!(split("price 1", 7), ("price 1", ""));
    }
}
