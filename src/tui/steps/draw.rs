//! Drawing what is held: the commands and how far they have come, two worlds, the handler's source, the scenario's caption.

use ratatui::layout::Rect;

use super::lines::{self, HEAD};
use super::{Steps, said};
use crate::tui::explore::{Side, heading};
use crate::tui::hit::{HitMap, Target};
use crate::tui::layers::draw_source;
use crate::tui::model::Model;
use crate::tui::pen::{Pen, Piece, row};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::world::{CourseStanding, FaultKind, Phase, Stopped, TraceStep, WorldKind, letter};

/// Below this width, one pane at a time.
const TWO_PANES: u16 = 76;

/// Nothing is scrolled further than this.
pub(super) const MOST_LINES: usize = 400;

/// The phases of a command, in their order.
const PHASES: [Phase; 5] = [Phase::Entering, Phase::Deciding, Phase::Saving, Phase::Publishing, Phase::Answering];

/// Draws the screen.
pub fn draw(model: &Model, pen: &mut Pen<'_>, hits: &mut HitMap) {
    let Some(body) = model.body() else { return };
    let steps = &model.steps;
    let wanted = model.scenario.as_ref().map_or(0, |playing| playing.height(model.size));
    let caption = wanted.min(if body.height >= 18 { 5 } else { 1 });
    let above = Rect { height: body.height - caption, ..body };
    if let Some(playing) = &model.scenario {
        playing.draw(pen, Rect { y: above.bottom(), height: caption, ..body });
    }
    if steps.standing.is_none() {
        return steps.draw_idle(&model.policy(), pen, above);
    }
    let head = steps.head(pen, above);
    let rest = Rect { y: above.y + head, height: above.height.saturating_sub(head), ..above };
    let source = match rest.height {
        0..=25 => 0,
        height => (height / 4).min(steps.source_height()),
    };
    let panes = Rect { height: rest.height - source, ..rest };
    if panes.width >= TWO_PANES {
        let half = panes.width / 2;
        steps.pane(pen, hits, Side::Left, Rect { width: half, ..panes });
        steps.pane(pen, hits, Side::Right, Rect { x: panes.x + half, width: panes.width - half, ..panes });
    } else {
        steps.pane(pen, hits, steps.side, panes);
    }
    if source > 0 {
        steps.source(pen, Rect { y: panes.bottom(), height: source, ..rest });
    }
}

impl Steps {
    /// The commands, how far the one at hand has come, and the breakpoints; answers how many lines that takes.
    fn head(&self, pen: &mut Pen<'_>, area: Rect) -> u16 {
        let Some(standing) = &self.standing else { return 0 };
        let mut line = 0;
        let two = standing.inputs.len() > 1;
        for (who, input) in standing.inputs.iter().enumerate() {
            let here = who == self.who;
            let mut pieces = vec![pen.piece(if here { " ▸" } else { "  " }, Role::Key)];
            if two {
                pieces.push(pen.piece(format!("{} ", letter(who)), Role::Key));
            }
            pieces.push(pen.piece(input.command.clone(), if here { Role::Strong } else { Role::Text }));
            pieces.push(pen.piece(format!("  {}", heading(input)), Role::Dim));
            let state = if !self.held || standing.is_over(who) { "over " } else { "held " };
            let right = [pen.piece(state, if state == "held " { Role::Refused } else { Role::Good })];
            let room = pen.line_right(row(area, line), &right).saturating_sub(area.x);
            pen.line(Rect { width: room, ..row(area, line) }, &pieces);
            line += 1;
        }
        let mut pieces = vec![pen.piece("  ", Role::Dim)];
        pieces.extend(self.ribbon(pen));
        let right = self.breakpoint_pieces(pen);
        let room = pen.line_right(row(area, line), &right).saturating_sub(area.x);
        pen.line(Rect { width: room, ..row(area, line) }, &pieces);
        line + 1
    }

    /// The phases, with the one in which the command at hand stands.
    fn ribbon(&self, pen: &Pen<'_>) -> Vec<Piece> {
        let trace = self.course(self.side).map(|course| &*course.trace).unwrap_or_default();
        let now = trace.last().map(TraceStep::phase);
        let been = |phase: Phase| trace.iter().any(|step| step.phase() == phase);
        let later = [Phase::Delivering, Phase::Recovering];
        let shown = PHASES.into_iter().chain(later.into_iter().filter(|phase| been(*phase)));
        let mut pieces = Vec::new();
        for (index, phase) in shown.enumerate() {
            if index > 0 {
                pieces.push(pen.piece(" › ", Role::Dim));
            }
            let here = now == Some(phase);
            let role = if here {
                Role::Selected
            } else if been(phase) {
                Role::Text
            } else {
                Role::Dim
            };
            let name = if here { format!(" {} ", phase.name()) } else { phase.name().to_owned() };
            pieces.push(pen.piece(name, role));
        }
        pieces
    }

    fn breakpoint_pieces(&self, pen: &Pen<'_>) -> Vec<Piece> {
        if let Stopped::Breakpoint(world, when) = &self.stopped {
            return vec![pen.piece(format!("stopped in {} at {when} ", world.name()), Role::Key)];
        }
        let said = self.breakpoints.iter().map(|one| format!("{} {}", if one.on { "●" } else { "○" }, one.when));
        let said = said.collect::<Vec<_>>().join("  ");
        if said.is_empty() { Vec::new() } else { vec![pen.piece(format!("{said} "), Role::Dim)] }
    }

    fn pane(&self, pen: &mut Pen<'_>, hits: &mut HitMap, side: Side, area: Rect) {
        hits.add(area, Target::Pane(side));
        let (world, focused) = (self.worlds[side.index()], self.side == side);
        let style = if focused { pen.theme.world(world) } else { pen.theme.style(Role::Dim) };
        let mut title = Vec::new();
        if focused {
            title.push(pen.styled("▸", pen.theme.world(world)));
        }
        match world {
            WorldKind::Hybrid => {
                title.push(pen.piece("HYB", Role::State));
                title.push(pen.piece("RID", Role::Events));
            }
            world => title.push(pen.styled(world.name().to_uppercase(), pen.theme.world(world))),
        }
        if area.width >= 52 {
            title.push(pen.piece(format!("  {}", world.title()), Role::Text));
        }
        let Some(course) = self.course(side) else {
            pen.frame(area, style, &title, &[]);
            return;
        };
        let stands = stands(pen, course);
        let inside = pen.frame(area, style, &title, &stands);
        let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
        let of_steps = u16::try_from(course.trace.len()).unwrap_or(u16::MAX).min((inside.height / 3).max(3));
        draw_steps(pen, Rect { height: of_steps.min(inside.height), ..inside }, course);
        let below = of_steps + 1;
        let rest = Rect { y: inside.y + below, height: inside.height.saturating_sub(below), ..inside };
        self.whereabouts(pen, side, rest);
    }

    fn whereabouts(&self, pen: &mut Pen<'_>, side: Side, area: Rect) {
        let Some(world) = self.world(side) else { return };
        let lines = lines::lines(world, self.world_before(side), self.who, usize::from(area.width));
        let room = usize::from(area.height);
        let skip = self.scrolled[side.index()].min(lines.len().saturating_sub(room));
        for (index, line) in (0..area.height).zip(lines.iter().skip(skip)) {
            let mark = line.mark.to_string();
            let gap = if line.name.is_empty() || line.text.is_empty() { "" } else { "  " };
            let indent = if line.head.is_empty() && line.name.is_empty() { "  " } else { "" };
            let pieces = [
                pen.piece(text::fit(line.head, HEAD, false), Role::Dim),
                pen.piece(format!("{mark} "), line.role),
                pen.piece(
                    format!("{indent}{}", line.name),
                    if line.role == Role::Text { Role::Strong } else { line.role },
                ),
                pen.piece(format!("{gap}{}", line.text), line.role),
            ];
            pen.line(row(area, index), &pieces);
        }
        let hidden = lines.len().saturating_sub(skip + room);
        if hidden > 0 {
            let more = [pen.piece(format!(" {hidden} more ↓ "), Role::Key)];
            pen.line_right(row(area, area.height.saturating_sub(1)), &more);
        }
    }

    fn source_height(&self) -> u16 {
        let lines = self.handler.as_ref().map_or(0, |(_, handler)| handler.lines.len());
        u16::try_from(lines + 2).unwrap_or(u16::MAX)
    }

    /// The handler's source, with the line of the step at which the command stands in the focused pane's world.
    fn source(&self, pen: &mut Pen<'_>, area: Rect) {
        let Some((command, handler)) = &self.handler else { return };
        let trace = self.course(self.side).map(|course| &*course.trace).unwrap_or_default();
        let marks = handler.marks(trace);
        let mark = marks.last().copied().flatten();
        let title =
            [pen.piece(command.clone(), Role::Strong), pen.piece(" · its handler, the same in every world", Role::Dim)];
        let right = match mark {
            Some(line) => pen.piece(format!("line {}", line + 1), Role::Dim),
            None => pen.piece("this step is the pipeline's", Role::Dim),
        };
        let inside = pen.frame(area, pen.theme.style(Role::Dim), &title, &[right]);
        draw_source(pen, inside, handler, &marks, marks.len().saturating_sub(1));
    }
}

/// Where a command stands, for the frame's upper right.
fn stands(pen: &Pen<'_>, course: &CourseStanding) -> Vec<Piece> {
    if let Some(at) = course.lost {
        return vec![pen.piece(format!("crashed at {at}"), Role::Bad)];
    }
    match (&course.answer, course.at()) {
        (Some(answer), _) if course.over => {
            let role = if answer.is_success() { Role::Good } else { Role::Refused };
            vec![pen.piece(format!("answered {}", answer.status), role)]
        }
        (_, Some(at)) => vec![pen.piece(format!("at {at}"), Role::Text)],
        _ => Vec::new(),
    }
}

/// The last steps that have room, the one at which the command stands marked.
fn draw_steps(pen: &mut Pen<'_>, area: Rect, course: &CourseStanding) {
    let last = course.trace.len().saturating_sub(1);
    let first = course.trace.len().saturating_sub(usize::from(area.height));
    for (line, (index, step)) in (0..area.height).zip(course.trace.iter().enumerate().skip(first)) {
        let here = index == last && !course.over;
        let mut pieces = vec![
            pen.piece(if here { "▸" } else { " " }, Role::Key),
            pen.piece(text::fit(step.step.kind.name(), HEAD, false), if here { Role::Strong } else { Role::Dim }),
            pen.piece(said::step(step), if here { Role::Strong } else { Role::Text }),
        ];
        if let Some(fault) = step.fault {
            pieces.insert(2, pen.piece(format!("✗ {} ", struck(fault)), Role::Bad));
        }
        pen.line(row(area, line), &pieces);
    }
}

/// What a fault did.
fn struck(fault: FaultKind) -> String {
    match fault {
        FaultKind::Fail => "failed here".to_owned(),
        FaultKind::Crash => "crashed here".to_owned(),
        FaultKind::Slow(millis) => format!("held up {millis} ms"),
    }
}
