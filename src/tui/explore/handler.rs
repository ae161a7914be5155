//! Which line of a handler each micro-step happened in.
//!
//! A handler is load, decide, save, in order and perhaps in a loop; a step names the aggregate it is about. So the line of a step is
//! the next one of its kind for its aggregate, or the first one again where a loop has come round.

use crate::application::commands::Command;
use crate::kernel::probe::StepKind;
use crate::world::TraceStep;

/// What a line of a handler does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Does {
    Load,
    Decide,
    Save,
    Answer,
}

/// The lines of a command's handler, and what those do that do something.
#[derive(Debug)]
pub struct Handler {
    /// The file's lines.
    pub lines: Vec<&'static str>,
    /// Line, what it does, and for which aggregate.
    doing: Vec<(usize, Does, &'static str)>,
}

impl Handler {
    /// Of a command.
    pub fn of(command: &str) -> Option<Self> {
        let lines: Vec<_> = Command::source(command)?.lines().collect();
        let doing = lines.iter().enumerate().filter_map(|(index, line)| {
            let (does, of) = does(line)?;
            Some((index, does, of))
        });
        let doing = doing.collect();
        Some(Self { lines, doing })
    }

    /// The line of each step; nothing for those that are the pipeline's.
    pub fn marks(&self, trace: &[TraceStep]) -> Vec<Option<usize>> {
        let mut at: Option<usize> = None;
        let mut saving = false;
        let mut marks = Vec::with_capacity(trace.len());
        for step in trace {
            let of = step.step.subject.split('-').next().unwrap_or_default();
            let refused = step.step.detail.starts_with("refused: ");
            let mark = match step.step.kind {
                StepKind::Loaded => self.next(at, Does::Load, of),
                StepKind::Decided => self.next(at, Does::Decide, of),
                StepKind::Saving => self.next(at, Does::Save, of),
                // What happens while a root is being saved happens in that line; later, in the pipeline.
                StepKind::Committed | StepKind::Publishing | StepKind::Delivered if saving => at,
                StepKind::Cleared => at,
                StepKind::Returned if step.step.detail.starts_with('2') => self.next(at, Does::Answer, ""),
                StepKind::Returned if !refused => at,
                _ => None,
            };
            match step.step.kind {
                StepKind::Saving => saving = true,
                StepKind::Cleared => saving = false,
                _ => {}
            }
            at = mark.or(at);
            marks.push(mark);
        }
        marks
    }

    fn next(&self, at: Option<usize>, does: Does, of: &str) -> Option<usize> {
        let same = |(_, one, whose): &&(usize, Does, &str)| *one == does && *whose == of;
        let after = self.doing.iter().filter(same).find(|(line, ..)| at.is_none_or(|at| *line > at));
        after.or_else(|| self.doing.iter().find(same)).map(|(line, ..)| *line)
    }
}

fn does(line: &'static str) -> Option<(Does, &'static str)> {
    let line = line.trim();
    if line.starts_with("Ok(") {
        return Some((Does::Answer, ""));
    }
    if let Some((name, _)) = line.split_once(".decide(") {
        return Some((Does::Decide, name.rsplit(' ').next().unwrap_or(name)));
    }
    let (_, call) = line.split_once("shop.")?;
    let (repository, call) = call.split_once('.')?;
    let does = match call.split('(').next()? {
        "save" => Does::Save,
        "load" | "load_or_start" | "find" | "start" | "start_as" => Does::Load,
        _ => return None,
    };
    Some((does, repository.strip_suffix('s').unwrap_or(repository)))
}

/// The rule that a line asks, and the file that it is in: `Order::place`, `src/domain/order.rs`.
pub fn rule(line: &str) -> Option<(String, String)> {
    let (name, rest) = line.trim().split_once(".decide(|")?;
    let (_, call) = rest.split_once('.')?;
    let rule: String = call.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    let name = name.rsplit(' ').next().unwrap_or(name);
    let aggregate = match name {
        "order" => "Order",
        "product" => "Product",
        "customer" => "Customer",
        "stock" => "StockItem",
        _ => return None,
    };
    Some((format!("{aggregate}::{rule}"), format!("src/domain/{name}.rs")))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::kernel::probe::Step;

    fn step(kind: StepKind, subject: &str, detail: &str) -> TraceStep {
        TraceStep { step: Step::new(kind, subject, detail), ..TraceStep::default() }
    }

    #[test]
    fn a_loop_comes_round_and_goes_on() {
        use StepKind as K;
        let handler = Handler::of("ProcessOrder").expect("it is a command");
        let mut trace = vec![step(K::Received, "ProcessOrder", "")];
        for stream in ["order-1", "stock-1", "stock-2", "customer-1"] {
            for kind in [K::Loaded, K::Decided, K::Saving, K::Committed, K::Cleared] {
                trace.push(step(kind, if kind == K::Committed { "table" } else { stream }, ""));
            }
        }
        trace.push(step(K::Returned, "ProcessOrder", "200 ok"));
        let marks = handler.marks(&trace);
        let line = |index: usize| marks[index].map(|line| handler.lines[line].trim());
        assert_eq!(marks[0], None);
        assert!(line(1).is_some_and(|line| line.starts_with("let mut order = shop.orders.load")), "{:?}", line(1));
        assert_eq!(marks[4], marks[3], "a commit happens in the save");
        assert_eq!(marks[6], marks[11], "both lines of the order are taken from stock by the same line");
        assert!(line(17).is_some_and(|line| line.starts_with("customer.decide")), "{:?}", line(17));
        assert!(line(21).is_some_and(|line| line.starts_with("Ok(")), "{:?}", line(21));
        assert_eq!(trace[1].took, Duration::ZERO);
    }

    #[test]
    fn every_rule_is_found_where_it_is_asked() {
        for command in Command::ALL {
            let handler = Handler::of(command.name).expect("each has a source");
            let rules: Vec<_> = handler.lines.iter().filter_map(|line| rule(line)).collect();
            assert!(!rules.is_empty(), "{}: {:?}", command.name, handler.doing);
            for does in [Does::Load, Does::Save, Does::Answer] {
                assert!(handler.doing.iter().any(|(_, one, _)| *one == does), "{}: no {does:?}", command.name);
            }
        }
        let line = "        order.decide(|order| order.place(self.customer_id, self.items, shop.now())).await?;";
        assert_eq!(rule(line), Some(("Order::place".to_owned(), "src/domain/order.rs".to_owned())));
    }
}
