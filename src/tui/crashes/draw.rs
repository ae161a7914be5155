//! Drawing the matrix: a policy's rows of letters, and the selected cell in words.

use ratatui::layout::Rect;

use super::{Crashes, Row};
use crate::lab::crashes::{Cell, Hole, Verdict};
use crate::tui::hit::{HitMap, Target};
use crate::tui::pen::{Pen, Piece, row};
use crate::tui::text;
use crate::tui::theme::Role;

/// What the letters mean.
const LETTERS: [(&str, &str); 7] = [
    (".", "all or nothing"),
    ("c", "caught up"),
    ("H", "half a command kept"),
    ("L", "event lost"),
    ("P", "published without state"),
    ("D", "duplicate delivered"),
    ("A", "answer lost"),
];

/// Draws the screen.
pub fn draw(crashes: &Crashes, pen: &mut Pen<'_>, hits: &mut HitMap, body: Rect) {
    let below = if body.height >= 24 { 11 } else { 8 };
    let (above, below) = (
        Rect { height: body.height.saturating_sub(below), ..body },
        Rect { y: body.bottom().saturating_sub(below), height: below.min(body.height), ..body },
    );
    let title = [pen.piece("a crash at every micro-step", Role::Strong)];
    let right = crashes.state(pen);
    let inside = pen.frame(above, pen.theme.style(Role::Focus), &title, &right);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let Some(found) = &crashes.found else {
        crashes.draw_empty(pen, inside);
        pen.frame(below, pen.theme.style(Role::Dim), &[], &[]);
        return;
    };
    let mut x = inside.x;
    for (index, policy) in found.plan.policies.iter().enumerate() {
        let holes =
            found.matrix.of(policy).filter(|cell| cell.at.is_some() && !cell.verdict.holes().is_empty()).count();
        let here = index == crashes.policy;
        let place = Rect { x, width: inside.right().saturating_sub(x), ..row(inside, 0) };
        let told = match holes {
            0 => pen.piece(" no hole", Role::Good),
            1 => pen.piece(" 1 hole", Role::Bad),
            many => pen.piece(format!(" {many} holes"), Role::Bad),
        };
        let name =
            pen.piece(format!("{}{policy}", if here { "▸" } else { " " }), if here { Role::Strong } else { Role::Dim });
        let used = pen.line(place, &[name, told]);
        hits.add(Rect { width: used, ..place }, Target::Item(index));
        x += used + 3;
    }
    crashes.draw_rows(pen, hits, Rect { y: inside.y + 1, height: inside.height.saturating_sub(2), ..inside });
    let legend: Vec<Piece> = LETTERS
        .iter()
        .flat_map(|(letter, about)| [pen.piece(*letter, Role::Strong), pen.piece(format!(" {about}  "), Role::Dim)])
        .collect();
    pen.line(row(inside, inside.height.saturating_sub(1)), &legend);
    crashes.draw_cell(pen, below);
}

impl Crashes {
    /// How far it has come, in the frame's upper right.
    fn state(&self, pen: &Pen<'_>) -> Vec<Piece> {
        match (&self.running, &self.found) {
            (Some(progress), _) => {
                const BAR: usize = 20;
                let full = (BAR * progress.done).checked_div(progress.of).unwrap_or_default().min(BAR);
                vec![
                    pen.piece("█".repeat(full), Role::Key),
                    pen.piece("░".repeat(BAR - full), Role::Dim),
                    pen.piece(format!(" {progress}"), Role::Text),
                ]
            }
            (None, Some(found)) => {
                let crashes = found.matrix.cells.iter().filter(|cell| cell.at.is_some()).count();
                vec![pen.piece(format!("{} crashes run", text::grouped(crashes as u64)), Role::Dim)]
            }
            (None, None) => Vec::new(),
        }
    }

    fn draw_empty(&self, pen: &mut Pen<'_>, area: Rect) {
        let lines: &[(&str, &str)] = if self.is_running() {
            &[("esc", "leave the rest out")]
        } else {
            &[
                (
                    "r",
                    "crash at every micro-step of every command of the open scenario, under each policy, in each world",
                ),
                ("a", "the same with the commands that were put in here"),
            ]
        };
        let mut line = 1;
        for (key, about) in lines {
            let room = usize::from(area.width).saturating_sub(7);
            for (index, said) in text::wrap(about, room).into_iter().enumerate() {
                let key = if index == 0 { *key } else { "" };
                let pieces = [pen.piece(text::fit(key, 6, false), Role::Key), pen.piece(said, Role::Text)];
                pen.line(row(area, line), &pieces);
                line += 1;
            }
        }
    }

    fn draw_rows(&self, pen: &mut Pen<'_>, hits: &mut HitMap, area: Rect) {
        let Some(found) = &self.found else { return };
        let rows = self.rows();
        let widest = rows.iter().map(|row| row.command.len()).max().unwrap_or_default();
        let room = usize::from(area.height);
        let first = self.row.saturating_sub(room / 2).min(rows.len().saturating_sub(room));
        for (line, (index, one)) in (0..area.height).zip(rows.iter().enumerate().skip(first)) {
            let place = row(area, line);
            let again = index > first && rows[index - 1].scene == one.scene;
            let name = if again { String::new() } else { format!("{:>3} {}", one.scene, one.command) };
            let mut pieces = vec![
                pen.piece(text::fit(&name, widest + 6, false), Role::Text),
                pen.styled(text::fit(one.world.name(), 8, false), pen.theme.world(one.world)),
            ];
            let used = u16::try_from(widest + 14).unwrap_or(u16::MAX);
            self.letters(pen, found.matrix.cells.as_slice(), one, index, &mut pieces);
            pen.line(place, &pieces);
            for column in 0..one.cells.len() {
                let x = place.x.saturating_add(used).saturating_add(u16::try_from(column).unwrap_or(u16::MAX));
                if x < place.right() {
                    hits.add(Rect { x, width: 1, ..place }, Target::Cell(index, column));
                }
            }
        }
    }

    fn letters(&self, pen: &Pen<'_>, cells: &[Cell], one: &Row, index: usize, pieces: &mut Vec<Piece>) {
        for (column, cell) in one.cells.iter().enumerate().filter_map(|(column, at)| Some((column, cells.get(*at)?))) {
            let selected = index == self.row && column == self.column;
            let role = match &cell.verdict {
                _ if selected => Role::Selected,
                Verdict::Consistent => Role::Dim,
                Verdict::CaughtUp => Role::Good,
                Verdict::Holes(_) => Role::Bad,
            };
            pieces.push(pen.piece(cell.verdict.letter().to_string(), role));
        }
        let by_itself = one.by_itself.and_then(|at| cells.get(at)).map(|cell| cell.verdict.holes());
        if let Some([first, ..]) = by_itself {
            pieces.push(pen.piece(format!("  and without a crash: {}", first.name()), Role::Refused));
        }
    }

    /// The selected cell in words, and under it what the whole policy comes to.
    fn draw_cell(&self, pen: &mut Pen<'_>, area: Rect) {
        let (Some(found), Some(cell)) = (&self.found, self.cell()) else {
            pen.frame(area, pen.theme.style(Role::Dim), &[], &[]);
            return;
        };
        let at = cell.at.map(|at| at.to_string()).unwrap_or_default();
        let title = [
            pen.piece(format!("{} crashed at {at}", cell.command), Role::Strong),
            pen.piece(format!(" · {} · scene {}", cell.world.name(), cell.scene), Role::Dim),
        ];
        let role = if cell.verdict.holes().is_empty() { Role::Good } else { Role::Bad };
        let right = [pen.piece(cell.verdict.name(), role)];
        let inside = pen.frame(area, pen.theme.style(Role::Dim), &title, &right);
        let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
        let answered = match cell.answered {
            Some(status) => format!("Whoever asked had been answered {status}."),
            None => "Whoever asked had no answer yet.".to_owned(),
        };
        let meaning = cell.verdict.holes().iter().map(|hole| meaning(*hole)).collect::<Vec<_>>().join(" ");
        let meaning = match &cell.verdict {
            Verdict::Consistent => {
                "What is there is as before the command, or as after it, and everybody has heard of it."
            }
            Verdict::CaughtUp => {
                "Read models were stale until the file was opened again; then what was waiting was delivered."
            }
            Verdict::Holes(_) => &*meaning,
        };
        let mut line = 0;
        let words = found.summary.get(self.policy).map_or("", String::as_str);
        for (said, role) in [(format!("{meaning} {answered}"), Role::Text), (words.to_owned(), Role::Dim)] {
            for said in text::wrap(&said, usize::from(inside.width)) {
                pen.write(row(inside, line), &said, role);
                line += 1;
            }
        }
    }
}

/// What a hole means.
fn meaning(hole: Hole) -> &'static str {
    match hole {
        Hole::HalfKept => "Some of the command's changes are kept, others are not.",
        Hole::EventLost => "A change is kept, and somebody who listens never hears of it.",
        Hole::PublishedWithoutState => "Somebody has heard of a change that is not kept.",
        Hole::DeliveredTwice => "The same was told twice, and nobody dropped it.",
        Hole::AnswerLost => "An answer was given for what is not there.",
        Hole::Other => "What is there is neither as before nor as after.",
    }
}
