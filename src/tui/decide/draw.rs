//! Drawing the screen: the contexts above, the chart with its selected question on the left, a page beside it.

use ratatui::layout::Rect;

use super::{Decide, Focus, Page, Spot, chart_draw, pages};
use crate::decision::{Application, Reply};
use crate::tui::hit::{HitMap, Target as Hit};
use crate::tui::pen::{Pen, Piece, row};
use crate::tui::text;
use crate::tui::theme::Role;

/// From this width on, chart and page stand side by side.
const BOTH: u16 = 108;

/// No chart gets wider.
const WIDEST: u16 = 104;

/// Draws the screen between the bars.
pub fn draw(decide: &Decide, pen: &mut Pen<'_>, hits: &mut HitMap, body: Rect) {
    contexts(decide, pen, hits, row(body, 0));
    let below = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
    if body.width >= BOTH {
        let chart = (body.width * 16 / 25).min(WIDEST);
        chart_panel(decide, pen, hits, Rect { width: chart, ..below });
        page_panel(decide, pen, hits, Rect { x: below.x + chart, width: below.width - chart, ..below });
    } else if decide.focus == Focus::Chart {
        chart_panel(decide, pen, hits, below);
    } else {
        page_panel(decide, pen, hits, below);
    }
}

/// Each context with what the guide says of it, and what they make together.
fn contexts(decide: &Decide, pen: &mut Pen<'_>, hits: &mut HitMap, line: Rect) {
    let application = Application::of(&decide.framework, &decide.cases);
    let label = |pattern: Option<usize>| {
        let pattern = pattern.and_then(|index| Some((index, decide.framework.guide.patterns.get(index)?)));
        pattern.map_or(("?".to_owned(), Role::Dim), |(index, pattern)| (pattern.id.clone(), chart_draw::accent(index)))
    };
    let (whole, role) = label(application.pattern);
    let right = [pen.piece("→ ", Role::Dim), pen.piece(whole, role), pen.piece(" ", Role::Text)];
    let end = pen.line_right(line, &right);
    let mut x = line.x;
    // The shown context stays in sight, however many there are.
    let widths: Vec<u16> = application
        .wiring
        .iter()
        .map(|(name, pattern)| {
            let cells = text::width(&text::clip(name, 16)) + text::width(&label(*pattern).0) + 4;
            u16::try_from(cells).unwrap_or(u16::MAX)
        })
        .collect();
    let room = end.saturating_sub(line.x + 4);
    let mut first = 0;
    while first < decide.current && widths[first..=decide.current].iter().sum::<u16>() > room {
        first += 1;
    }
    for (index, (name, pattern)) in application.wiring.iter().enumerate().skip(first) {
        let (word, role) = label(*pattern);
        let shown = index == decide.current;
        let name = text::clip(name, 16);
        let pieces = [
            pen.piece(if shown { " ▸" } else { "  " }, Role::Key),
            pen.piece(name, if shown { Role::Strong } else { Role::Text }),
            pen.piece(format!(" {word} "), role),
        ];
        let place = Rect { x, width: end.saturating_sub(x + 1), ..line };
        if place.width < widths.get(index).copied().unwrap_or_default() {
            break;
        }
        let width = pen.line(place, &pieces);
        hits.add(Rect { width, ..place }, Hit::Decide(Spot::Context(index)));
        x += width;
    }
    let add = Rect { x, width: end.saturating_sub(x + 1), ..line };
    let width = pen.write(add, " + ", Role::Key);
    hits.add(Rect { width, ..add }, Hit::Decide(Spot::Add));
}

fn chart_panel(decide: &Decide, pen: &mut Pen<'_>, hits: &mut HitMap, area: Rect) {
    let focused = decide.focus == Focus::Chart;
    hits.add(area, Hit::Decide(Spot::Chart));
    let mark = if focused { "▸" } else { "" };
    let title = [
        pen.piece(format!("{mark}The guide, Step 1  "), Role::Strong),
        pen.piece(decide.framework.chart.opens.clone(), Role::Dim),
    ];
    let right = [pen.piece(verdict(decide), decide.pattern().map_or(Role::Dim, chart_draw::accent))];
    let style = pen.theme.style(if focused { Role::Focus } else { Role::Dim });
    let inside = pen.frame(area, style, &title, &right);
    let inside = Rect { x: inside.x + inside.width.min(1), width: inside.width.saturating_sub(2), ..inside };
    // What is asked has three lines at least; the chart has what it needs, and what is left goes to what is asked.
    let chart = Rect { height: inside.height.saturating_sub(3), ..inside };
    let used = chart_draw::draw(decide, pen, hits, chart);
    let free = inside.height.saturating_sub(used);
    let above = u16::from(free > 4);
    asked(decide, pen, hits, Rect { y: inside.y + used + above, height: free.saturating_sub(above), ..inside });
}

/// What the chart has come to, in a few words.
fn verdict(decide: &Decide) -> String {
    let ways = &decide.found.outcome.ways;
    match decide.pattern().and_then(|pattern| decide.framework.guide.patterns.get(pattern)) {
        Some(pattern) => pattern.label.clone(),
        None if decide.found.outcome.open().is_some() => "not answered yet".to_owned(),
        None => format!("{} ways, not one end", ways.len()),
    }
}

/// The selected question with its answers to choose from, and what it means.
fn asked(decide: &Decide, pen: &mut Pen<'_>, hits: &mut HitMap, area: Rect) {
    let Some(question) = decide.framework.questions.get(decide.question) else { return };
    let ask = [pen.piece(question.ask.clone(), Role::Strong)];
    let used = pen.line(row(area, 0), &ask) + 2;
    let mut place = Rect { x: area.x + used, width: area.width.saturating_sub(used), ..row(area, 0) };
    let reply = decide.case().answers.reply(decide.question);
    let words = question.answers.iter().map(String::as_str).chain(["don't know"]);
    for (index, word) in words.enumerate() {
        let given = match reply {
            Reply::Is(answer) => answer == index,
            Reply::Unknown => index == question.answers.len(),
            Reply::Open => false,
        };
        let piece =
            if given { pen.piece(format!("[{word}]"), Role::Key) } else { pen.piece(format!(" {word} "), Role::Text) };
        let width = pen.line(place, &[piece]);
        hits.add(Rect { width, ..place }, Hit::Decide(Spot::Answer(decide.question, index)));
        place = Rect { x: place.x + width + 1, width: place.width.saturating_sub(width + 1), ..place };
    }
    let mut lines: Vec<(String, Role)> =
        text::wrap(&question.about, usize::from(area.width)).into_iter().map(|line| (line, Role::Dim)).collect();
    if let Some(end) = decide.pattern() {
        let means = decide.framework.chart.ends.iter().find(|one| one.pattern == end).map(|one| one.means.join(", "));
        lines.push((String::new(), Role::Text));
        lines.push((format!("→ {}", means.unwrap_or_default()), chart_draw::accent(end)));
    }
    if let Some(now) = decide.now().and_then(|pattern| decide.framework.guide.patterns.get(pattern)) {
        let name = &decide.case().name;
        lines.push((format!("● now: this playground's hybrid world has {name} as {}", now.id), Role::Dim));
    }
    for (index, (line, role)) in (1..area.height).zip(&lines) {
        pen.write(row(area, index), line, *role);
    }
}

fn page_panel(decide: &Decide, pen: &mut Pen<'_>, hits: &mut HitMap, area: Rect) {
    let focused = decide.focus == Focus::Page;
    hits.add(area, Hit::Decide(Spot::Ground));
    let style = pen.theme.style(if focused { Role::Focus } else { Role::Dim });
    let inside = pen.frame(area, style, &[], &[]);
    let mut x = area.x + 2;
    for page in Page::ALL {
        let shown = page == decide.page;
        let mark = if shown { "▸" } else { " " };
        let title = pen.piece(format!("{mark}{}", page.title()), if shown { Role::Strong } else { Role::Text });
        let place = Rect { x, width: (area.right() - 1).saturating_sub(x), height: 1, ..area };
        let width = pen.line(place, &[title]);
        hits.add(Rect { width, ..place }, Hit::Decide(Spot::Page(page)));
        x += width;
    }
    let inside = Rect { x: inside.x + inside.width.min(1), width: inside.width.saturating_sub(2), ..inside };
    let lines = pages::lines(decide, usize::from(inside.width));
    let room = usize::from(inside.height);
    decide.page_drawn.set((lines.len(), room));
    // A line that is selected is always in sight.
    let most = lines.len().saturating_sub(room);
    let selected = lines.iter().position(|line| line.selected);
    let first = match selected {
        Some(at) => decide.scrolled.min(at).max((at + 1).saturating_sub(room)).min(most),
        None => decide.scrolled.min(most),
    };
    for (index, line) in (0..inside.height).zip(lines.iter().skip(first)) {
        let place = row(inside, index);
        let pieces: Vec<Piece> = line.pieces.iter().map(|(text, role)| pen.piece(text.clone(), *role)).collect();
        pen.line(place, &pieces);
        if let Some(spot) = line.spot {
            hits.add(place, Hit::Decide(spot));
        }
        if line.selected && focused {
            pen.tint(place, pen.theme.style(Role::Selected));
        }
    }
    if lines.len() > room {
        let more =
            [pen.piece(format!(" {}–{} of {} ", first + 1, (first + room).min(lines.len()), lines.len()), Role::Dim)];
        let bottom = Rect { y: area.bottom() - 1, height: 1, width: area.width.saturating_sub(2), ..area };
        pen.line_right(bottom, &more);
    }
}
