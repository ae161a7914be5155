//! Decide: the guide's chart with the path lit as one answers, for each bounded context, and this project's recommender beside it.
//!
//! Everything here follows from answers; nothing is asked of the playground. The chart is on the left, pages of what follows from
//! the answers at the right; in a small window one of them is shown.

mod allows;
mod chart_draw;
mod draw;
mod kept;
mod measured;
mod pages;
mod plan;
mod route;
mod telling;

pub use draw::draw;
pub use kept::KeptCase;

use std::cell::RefCell;
use std::collections::BTreeSet;

use ratatui::layout::Size;

use self::plan::Drawing;
use crate::decision::{Advice, Case, Framework, Outcome, Reply, Sensitivity, Target, advise, sensitivity};
use crate::lab::evidence::{Evidence, Load};
use crate::tui::action::Action;
use crate::tui::layers::{Layer, LineFor, Prompt};

/// So many contexts at most.
const MOST_CONTEXTS: usize = 40;

/// What has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The chart.
    Chart,
    /// The page beside it.
    Page,
}

/// What is shown beside the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// What the recommender says.
    Advice,
    /// Every question with its answer and its weight.
    Questions,
    /// The guide's matrix, first chart and constraints.
    Guide,
    /// The guide's plan, to tick.
    Plan,
    /// What was measured.
    Evidence,
}

impl Page {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Advice, Self::Questions, Self::Guide, Self::Plan, Self::Evidence];

    /// What its tab says.
    pub fn title(self) -> &'static str {
        match self {
            Self::Advice => "Advice",
            Self::Questions => "Answers",
            Self::Guide => "Guide",
            Self::Plan => "Plan",
            Self::Evidence => "Evidence",
        }
    }
}

/// Something of the screen that can be clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// The chart's ground.
    Chart,
    /// The page's ground.
    Ground,
    /// A page's tab.
    Page(Page),
    /// A question.
    Question(usize),
    /// An answer to a question; the place behind the last one is *don't know*.
    Answer(usize, usize),
    /// A context.
    Context(usize),
    /// What adds a context.
    Add,
    /// A step of the plan.
    Step(usize),
}

/// What follows from the present answers.
#[derive(Debug)]
pub struct Found {
    /// Where the chart leads.
    pub outcome: Outcome,
    /// What the recommender says.
    pub advice: Advice,
    /// What depends on what.
    pub sensitivity: Sensitivity,
}

/// The screen.
#[derive(Debug)]
pub struct Decide {
    /// What is asked, and what follows from it.
    pub framework: Framework,
    /// The contexts: one at least.
    pub cases: Vec<Case>,
    /// The one that is shown.
    pub current: usize,
    /// What has the keys.
    pub focus: Focus,
    /// What is shown beside the chart.
    pub page: Page,
    /// The selected question.
    pub question: usize,
    /// The selected step of the plan.
    pub step: usize,
    /// The steps that are done: context, pattern, step.
    pub ticked: BTreeSet<(String, usize, usize)>,
    /// How far the page is scrolled.
    pub scrolled: usize,
    /// What follows from the present answers.
    pub found: Found,
    /// How the playground's hybrid world is wired: `ordering=events,…`; empty until it is open.
    pub wired: String,
    /// What was measured last.
    pub evidence: Option<Evidence>,
    /// What is being measured: for which context, how far it has come, the numbers.
    pub measuring: Option<(String, u64, Load)>,
    /// The chart as it was drawn last, for its size.
    drawing: RefCell<Option<(Size, Option<Drawing>)>>,
    /// How many lines the page had when it was drawn last, and how many there was room for.
    page_drawn: std::cell::Cell<(usize, usize)>,
}

impl Decide {
    /// Over a framework, with the shop's contexts where it asks what they answer.
    pub fn new(framework: Framework) -> Self {
        let mut cases = framework.shop();
        if cases.is_empty() {
            cases.push(Case::new(&framework, "context"));
        }
        let found = found(&framework, &cases[0]);
        let mut decide = Self {
            framework,
            cases,
            current: 0,
            focus: Focus::Chart,
            page: Page::Advice,
            question: 0,
            step: 0,
            ticked: BTreeSet::new(),
            scrolled: 0,
            found,
            wired: String::new(),
            evidence: None,
            measuring: None,
            drawing: RefCell::new(None),
            page_drawn: std::cell::Cell::new((0, 1)),
        };
        decide.question = decide.charted().first().copied().unwrap_or_default();
        decide
    }

    /// The context that is shown.
    pub fn case(&self) -> &Case {
        // There is one at least, and `current` is one of them.
        &self.cases[self.current.min(self.cases.len() - 1)]
    }

    fn case_mut(&mut self) -> &mut Case {
        let last = self.cases.len() - 1;
        &mut self.cases[self.current.min(last)]
    }

    /// One of the selected question's answers.
    pub fn word(&self, answer: usize) -> Option<&str> {
        let question = self.framework.questions.get(self.question)?;
        question.answers.get(answer).map(String::as_str)
    }

    /// The questions of the chart, line by line, as they are drawn.
    pub fn charted(&self) -> Vec<usize> {
        let nodes = plan::lines(&self.framework).into_iter().flatten();
        nodes.filter_map(|node| Some(self.framework.chart.nodes.get(node)?.question)).collect()
    }

    /// The pattern that the guide gives.
    pub fn pattern(&self) -> Option<usize> {
        self.found.outcome.pattern(&self.framework.chart)
    }

    /// The pattern whose plan is shown: the guide's, or that of an application whose contexts differ where there is none.
    pub fn planned(&self) -> Option<usize> {
        self.pattern()
    }

    /// The pattern that the shown context has in the playground's hybrid world now, if it is one of the shop's.
    pub fn now(&self) -> Option<usize> {
        let mut wired = self.wired.split(',').filter_map(|part| part.split_once('='));
        let (_, word) = wired.find(|(context, _)| *context == self.case().name)?;
        self.framework.guide.patterns.iter().position(|pattern| pattern.wiring.as_deref() == Some(word))
    }

    /// The chart's drawing for a room of this size; the last one is kept.
    pub fn drawing(&self, size: Size) -> Option<Drawing> {
        let mut kept = self.drawing.borrow_mut();
        match &*kept {
            Some((of, drawing)) if *of == size => drawing.clone(),
            _ => {
                let drawing = Drawing::of(&self.framework, size.width, size.height);
                *kept = Some((size, drawing.clone()));
                drawing
            }
        }
    }

    /// Does what a person asked for; answers the layer that opens.
    pub fn act(&mut self, action: Action) -> Option<Layer> {
        match action {
            Action::FocusNext | Action::FocusPrevious => {
                self.focus = if self.focus == Focus::Chart { Focus::Page } else { Focus::Chart };
            }
            Action::NextPage => self.turn_to(next(&Page::ALL, self.page, 1)),
            Action::PreviousPage => self.turn_to(next(&Page::ALL, self.page, Page::ALL.len() - 1)),
            Action::NextContext => self.show((self.current + 1) % self.cases.len()),
            Action::PreviousContext => self.show((self.current + self.cases.len() - 1) % self.cases.len()),
            Action::AddContext => return Some(Layer::Prompt(Prompt::new(LineFor::Context, ""))),
            Action::RemoveContext => {
                self.cases.remove(self.current);
                self.show(self.current.min(self.cases.len() - 1));
            }
            Action::Up => self.step(-1),
            Action::Down => self.step(1),
            Action::PageUp => self.scroll(-10),
            Action::PageDown => self.scroll(10),
            Action::First => self.step(i64::MIN),
            Action::Last => self.step(i64::MAX),
            Action::NextAnswer => self.turn_answer(1),
            Action::PreviousAnswer => self.turn_answer(-1),
            Action::FirstAnswer => self.reply(Reply::Is(0)),
            Action::SecondAnswer => self.reply(Reply::Is(1)),
            Action::DontKnow => self.reply(Reply::Unknown),
            Action::TakeBack => self.set(self.question, Reply::Open),
            Action::Clear => self.case_mut_cleared(),
            Action::Choose if self.ticks() => self.tick(self.step),
            Action::Choose => self.turn_answer(1),
            Action::Heavier => self.weigh(1),
            Action::Lighter => self.weigh(-1),
            Action::SaveDecision => {
                return Some(Layer::Prompt(Prompt::new(
                    LineFor::Record,
                    &format!("{}-persistence.md", self.file_stem()),
                )));
            }
            Action::Measure => {
                let load = self.evidence.as_ref().map_or_else(Load::default, |evidence| evidence.load);
                return Some(Layer::Prompt(Prompt::new(LineFor::Load, &load.to_string())));
            }
            Action::Open => return Some(Layer::Reading(self.about())),
            _ => {}
        }
        None
    }

    /// Whether the keys are the plan's.
    pub fn ticks(&self) -> bool {
        self.focus == Focus::Page && self.page == Page::Plan
    }

    /// Whether the keys move the selected question.
    fn selects_questions(&self) -> bool {
        self.focus == Focus::Chart || self.page == Page::Questions
    }

    fn turn_to(&mut self, page: Page) {
        self.page = page;
        self.scrolled = 0;
        // In a small window the page would not be seen otherwise.
        self.focus = Focus::Page;
    }

    fn show(&mut self, context: usize) {
        self.current = context;
        self.step = 0;
        self.scrolled = 0;
        self.renew();
    }

    /// One more context, which is shown; one of that name that is there already is shown instead.
    pub fn add(&mut self, name: &str) -> Result<(), String> {
        let name = name.trim();
        if let Some(known) = self.cases.iter().position(|case| case.name == name) {
            self.show(known);
            return Err(format!("there is a context {name} already"));
        }
        if self.cases.len() >= MOST_CONTEXTS {
            return Err(format!("there are {MOST_CONTEXTS} contexts already"));
        }
        self.cases.push(Case::new(&self.framework, name));
        self.focus = Focus::Chart;
        self.question = self.charted().first().copied().unwrap_or_default();
        self.show(self.cases.len() - 1);
        Ok(())
    }

    fn case_mut_cleared(&mut self) {
        let cleared = Case::new(&self.framework, self.case().name.clone());
        *self.case_mut() = cleared;
        self.question = self.charted().first().copied().unwrap_or_default();
        self.renew();
    }

    fn step(&mut self, by: i64) {
        if self.ticks() {
            let steps =
                self.planned().and_then(|one| self.framework.guide.patterns.get(one)).map_or(0, |one| one.plan.len());
            self.step = moved(self.step, by, steps);
        } else if self.selects_questions() {
            let questions =
                if self.focus == Focus::Chart { self.charted() } else { (0..self.framework.questions.len()).collect() };
            let at = questions.iter().position(|one| *one == self.question).unwrap_or_default();
            self.question = questions.get(moved(at, by, questions.len())).copied().unwrap_or_default();
        } else {
            self.scroll(by);
        }
    }

    fn scroll(&mut self, by: i64) {
        let (lines, room) = self.page_drawn.get();
        self.scrolled = moved(self.scrolled, by, lines.saturating_sub(room) + 1);
    }

    fn turn_answer(&mut self, by: i64) {
        let count = self.framework.questions.get(self.question).map_or(0, |question| question.answers.len());
        // The answers, then *don't know*, then none.
        let now = match self.case().answers.reply(self.question) {
            Reply::Is(answer) => answer,
            Reply::Unknown => count,
            Reply::Open => count + 1,
        };
        let all = i64::try_from(count + 2).unwrap_or(i64::MAX);
        let turned = (i64::try_from(now).unwrap_or_default() + by).rem_euclid(all);
        let reply = match usize::try_from(turned).unwrap_or_default() {
            answer if answer < count => Reply::Is(answer),
            answer if answer == count => Reply::Unknown,
            _ => Reply::Open,
        };
        self.set(self.question, reply);
    }

    /// Answers the selected question, and goes on to the next one that is open.
    fn reply(&mut self, reply: Reply) {
        self.set(self.question, reply);
        let open = if self.focus == Focus::Chart {
            self.framework.missing(&self.case().answers).and_then(|question| self.framework.question(&question.id))
        } else {
            (self.question + 1..self.framework.questions.len())
                .find(|one| self.case().answers.reply(*one) == Reply::Open)
        };
        self.question = open.unwrap_or(self.question);
    }

    fn set(&mut self, question: usize, reply: Reply) {
        let count = self.framework.questions.get(question).map_or(0, |question| question.answers.len());
        if !matches!(reply, Reply::Is(answer) if answer >= count) {
            self.case_mut().answers.set(question, reply);
            self.renew();
        }
    }

    fn weigh(&mut self, by: i64) {
        let question = self.question;
        let criterion = self.framework.method.criteria.iter().position(|one| one.question == question);
        if let Some(weight) = criterion.and_then(|index| self.case_mut().weights.get_mut(index)) {
            let moved = i64::from(*weight) + by;
            *weight = u32::try_from(moved.clamp(0, i64::from(Framework::HEAVIEST))).unwrap_or_default();
            self.renew();
        }
    }

    fn tick(&mut self, step: usize) {
        let Some(pattern) = self.planned() else { return };
        self.step = step;
        let key = (self.case().name.clone(), pattern, step);
        if !self.ticked.remove(&key) {
            self.ticked.insert(key);
        }
    }

    /// After every change of an answer, a weight, or the context.
    fn renew(&mut self) {
        self.found = found(&self.framework, self.case());
    }

    /// What a click does.
    pub fn click(&mut self, spot: Spot) -> Option<Layer> {
        match spot {
            Spot::Chart => self.focus = Focus::Chart,
            Spot::Ground => self.focus = Focus::Page,
            Spot::Page(page) => self.turn_to(page),
            Spot::Question(question) => {
                // A second click says more about it.
                let again = self.question == question;
                self.question = question;
                return again.then(|| Layer::Reading(self.about()));
            }
            Spot::Answer(question, answer) => {
                self.question = question;
                let count = self.framework.questions.get(question).map_or(0, |question| question.answers.len());
                self.reply(if answer < count { Reply::Is(answer) } else { Reply::Unknown });
            }
            Spot::Context(context) => self.show(context),
            Spot::Add => return self.act(Action::AddContext),
            Spot::Step(step) => {
                self.focus = Focus::Page;
                self.tick(step);
            }
        }
        None
    }

    /// The wheel: it scrolls the page, or moves what is selected in the chart.
    pub fn wheel(&mut self, spot: Spot, by: i64) {
        match spot {
            Spot::Chart => self.step(by),
            _ => self.scroll(by * 3),
        }
    }

    /// Whether an end is reached, and by whom: for drawing.
    pub fn reaches(&self, target: Target) -> bool {
        self.found.outcome.reaches(target)
    }
}

fn found(framework: &Framework, case: &Case) -> Found {
    Found {
        outcome: framework.chart.follow(&case.answers),
        advice: advise(framework, &case.answers, &case.weights),
        sensitivity: sensitivity(framework, &case.answers, &case.weights),
    }
}

fn moved(at: usize, by: i64, count: usize) -> usize {
    let last = i64::try_from(count.saturating_sub(1)).unwrap_or(i64::MAX);
    let at = i64::try_from(at).unwrap_or(i64::MAX);
    usize::try_from(at.saturating_add(by).clamp(0, last)).unwrap_or_default()
}

fn next<T: Copy + PartialEq>(all: &[T], now: T, by: usize) -> T {
    let index = all.iter().position(|one| *one == now).unwrap_or_default();
    all.get((index + by) % all.len().max(1)).copied().unwrap_or(now)
}
