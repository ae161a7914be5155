//! The Step 1 chart: a graph of questions whose ends are patterns, and the ways that answers take through it.

use super::answers::{Answers, Reply};

/// Where an arrow leads: to a question or to an end, by its place in the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// To a question.
    Ask(usize),
    /// To an end.
    End(usize),
}

/// A question in the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its name in the chart: `Q1`.
    pub id: String,
    /// Which of the framework's questions it asks.
    pub question: usize,
    /// Where each of the question's answers leads.
    pub next: Vec<Target>,
}

/// An end of the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// Its name in the chart.
    pub id: String,
    /// Which of the guide's patterns it is.
    pub pattern: usize,
    /// What the chart says that it means.
    pub means: Vec<String>,
}

/// The chart. It has an end for every way through it: no cycle, no arrow without a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What stands before its first question.
    pub opens: String,
    /// Where it begins, always a question.
    pub start: usize,
    /// Its questions.
    pub nodes: Vec<Node>,
    /// Its ends.
    pub ends: Vec<End>,
}

/// An answered question on a way through the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Which question of the chart.
    pub node: usize,
    /// Which of its answers.
    pub answer: usize,
    /// Whether it was assumed because the person does not know.
    pub assumed: bool,
}

/// A way through the chart, as far as answers lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The steps from the start.
    pub steps: Vec<Step>,
    /// Where it comes to: an end, or a question that is not answered yet.
    pub at: Target,
}

/// Where answers lead: one way, and more where a person does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Every way that is possible.
    pub ways: Vec<Way>,
}

impl Chart {
    /// Where answers lead. *Don't know* is followed along every answer.
    pub fn follow(&self, answers: &Answers) -> Outcome {
        let mut ways = Vec::new();
        let mut open = vec![Way { steps: Vec::new(), at: Target::Ask(self.start) }];
        // The last one first, with the branches put on in reverse: the ways come out in the order of the answers.
        while let Some(way) = open.pop() {
            let Target::Ask(at) = way.at else {
                ways.push(way);
                continue;
            };
            let Some(node) = self.nodes.get(at) else { continue };
            let (taken, assumed): (Vec<usize>, bool) = match answers.reply(node.question) {
                Reply::Open => (Vec::new(), false),
                Reply::Is(answer) => (vec![answer], false),
                Reply::Unknown => ((0..node.next.len()).collect(), true),
            };
            if taken.is_empty() {
                ways.push(way);
                continue;
            }
            for answer in taken.into_iter().rev() {
                let Some(next) = node.next.get(answer) else { continue };
                let mut steps = way.steps.clone();
                steps.push(Step { node: at, answer, assumed });
                open.push(Way { steps, at: *next });
            }
        }
        Outcome { ways }
    }

    /// How many questions come before each one at most: the line it stands in when the chart is drawn.
    pub fn depths(&self) -> Vec<usize> {
        let mut depths = vec![0; self.nodes.len()];
        // No way is longer than there are questions.
        for _ in 0..self.nodes.len() {
            for (index, node) in self.nodes.iter().enumerate() {
                for next in &node.next {
                    if let Target::Ask(next) = *next {
                        depths[next] = depths[next].max(depths[index] + 1);
                    }
                }
            }
        }
        depths
    }
}

impl Outcome {
    /// The pattern that every way leads to, if all have come to one and the same.
    pub fn pattern(&self, chart: &Chart) -> Option<usize> {
        let mut patterns = self.ways.iter().map(|way| match way.at {
            Target::End(end) => chart.ends.get(end).map(|end| end.pattern),
            Target::Ask(_) => None,
        });
        let first = patterns.next()??;
        patterns.all(|pattern| pattern == Some(first)).then_some(first)
    }

    /// The first question that has to be answered for a way to go on.
    pub fn open(&self) -> Option<usize> {
        self.ways.iter().find_map(|way| match way.at {
            Target::Ask(node) => Some(node),
            Target::End(_) => None,
        })
    }

    /// Whether an arrow lies on one of the ways.
    pub fn takes(&self, node: usize, answer: usize) -> bool {
        self.ways.iter().flat_map(|way| &way.steps).any(|step| (step.node, step.answer) == (node, answer))
    }

    /// Whether a way comes by, or ends, here.
    pub fn reaches(&self, target: Target) -> bool {
        let by = |way: &Way| {
            way.at == target || matches!(target, Target::Ask(node) if way.steps.iter().any(|step| step.node == node))
        };
        self.ways.iter().any(by)
    }
}
