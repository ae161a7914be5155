//! All that the window knows. Drawing reads it, updates change it, nothing else does.

use ratatui::layout::{Rect, Size};

use super::action::{Action, Place};
use super::bars::Bars;
use super::crashes::Crashes;
use super::decide::Decide;
use super::effect::{Effect, Effects};
use super::explore::{Areas, Border, Explore, Shares};
use super::keys::Keys;
use super::layers::{FailureBox, Filter, Layer, Remembered};
pub use super::news::{News, NewsLine};
use super::playing::Playing;
use super::setup::Setup;
use super::steps::Steps;
use super::tab::Tab;
use super::theme::Theme;
use crate::engine::{Look, Request};
use crate::kernel::Timestamp;
use crate::world::Policy;

/// How things are shown, whatever they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appearance {
    /// Roles and their styles.
    pub theme: Theme,
    /// Plain letters instead of the program's glyphs.
    pub ascii: bool,
    /// Whether the trace says how long steps took; no two runs take the same.
    pub durations: bool,
    /// Whether the terminal has sixteen colours and no more.
    pub sixteen: bool,
}

impl Default for Appearance {
    fn default() -> Self {
        Self { theme: Theme::default(), ascii: false, durations: true, sixteen: false }
    }
}

/// What the playground is at.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The policy's badge.
    pub policy: String,
    /// The last command's number and time.
    pub last: Option<(u64, Timestamp)>,
}

/// The window.
#[derive(Debug)]
pub struct Model {
    /// How large it is.
    pub size: Size,
    /// How things are shown.
    pub appearance: Appearance,
    /// Which screen is shown.
    pub tab: Tab,
    /// The first screen.
    pub explore: Explore,
    /// The crash matrix.
    pub crashes: Crashes,
    /// What is held at its steps.
    pub steps: Steps,
    /// The second one.
    pub decide: Decide,
    /// What lies over the screen, the top last.
    pub layers: Vec<Layer>,
    /// What the playground is at; unknown until the engine has seen it.
    pub standing: Option<Standing>,
    /// Whether the playground is open.
    pub opened: bool,
    /// The message bar.
    pub news: NewsLine,
    /// The keys in force.
    pub keys: Keys,
    /// Whether the mouse is the window's, and not the terminal's.
    pub mouse: bool,
    /// How the room is shared out.
    pub shares: Shares,
    /// The border that is being dragged.
    pub dragged: Option<Border>,
    /// What the help says about this run: a name and a place.
    pub about: Vec<(&'static str, String)>,
    /// The scenario that Space plays.
    pub scenario: Option<Playing>,
    /// How many commands can be redone.
    pub redoable: usize,
    /// Whether a newcomer is told how to begin.
    pub welcome: bool,
    /// What was last typed into the form of each command and query.
    pub remembered: Vec<(&'static str, Remembered)>,
    /// What the engine was last asked to look at.
    asked: Option<Look>,
}

impl Model {
    /// A window of this size, before anything has been heard.
    pub fn new(size: Size, setup: Setup) -> Self {
        let mut explore = Explore::default();
        setup.kept.restore(&mut explore);
        let mut decide = Decide::new(setup.framework);
        decide.restore(&setup.kept.contexts);
        Self {
            size,
            appearance: setup.appearance,
            tab: setup.kept.tab(),
            explore,
            crashes: Crashes::default(),
            steps: Steps::default(),
            decide,
            layers: setup.wrong.into_iter().map(|failure| Layer::Failure(FailureBox::new(failure))).collect(),
            standing: None,
            opened: false,
            news: NewsLine::default(),
            keys: setup.keys,
            mouse: setup.mouse,
            shares: setup.kept.shares,
            dragged: None,
            about: setup.about,
            scenario: None,
            redoable: 0,
            welcome: false,
            remembered: Vec::new(),
            asked: None,
        }
    }

    /// Whether commands can be given.
    pub fn is_open(&self) -> bool {
        self.opened
    }

    /// Where one is: in the top layer, or on the screen.
    pub fn place(&self) -> Place {
        self.layers.last().map_or(self.tab.place(), Layer::place)
    }

    /// Where everything of Explore stands; nothing where another screen is shown, or the window is too small.
    pub fn areas(&self) -> Option<Areas> {
        let bars = Bars::of(self.size).filter(|_| self.tab == Tab::Explore)?;
        let caption = self.scenario.as_ref().map_or(0, |playing| playing.height(self.size));
        let Explore { focus, last, alone, .. } = self.explore;
        Some(Areas::of(bars.body, focus, last, caption, alone, self.shares))
    }

    /// The filter that is being typed.
    pub fn filter(&self) -> Option<&Filter> {
        match self.layers.last() {
            Some(Layer::Filter(filter)) => Some(filter),
            _ => None,
        }
    }

    /// Whether the screen has the keys, or a filter that belongs to it.
    pub fn screen_has_keys(&self) -> bool {
        self.layers.is_empty() || self.filter().is_some()
    }

    /// Tells the person something.
    pub fn say(&mut self, kind: News, text: impl Into<String>) {
        self.news.say(kind, text.into());
    }

    /// Whether the policy is the guide's.
    pub fn as_written(&self) -> bool {
        self.standing.as_ref().is_none_or(|standing| standing.policy == "as written")
    }

    /// The policy in force.
    pub fn policy(&self) -> Policy {
        match &self.standing {
            Some(standing) => standing.policy.parse().unwrap_or_default(),
            None => Policy::default(),
        }
    }

    /// The room between the bars; nothing where the window is too small.
    pub fn body(&self) -> Option<Rect> {
        Bars::of(self.size).map(|bars| bars.body)
    }

    /// What an action is called now, where that depends on what it would do.
    pub fn name_now(&self, action: Action) -> Option<&str> {
        match (action, self.layers.last()) {
            (Action::Mend, _) => Some(if self.as_written() { "mend" } else { "unmend" }),
            (Action::Submit, Some(Layer::Form(form))) => Some(form.verb()),
            (Action::FirstAnswer, None) => self.decide.word(0),
            (Action::SecondAnswer, None) => self.decide.word(1),
            _ => None,
        }
    }

    /// Fits the lists to the window and asks for the rows that are now shown, if they are others than before.
    pub fn settle(&mut self, effects: &mut Effects) {
        // One look at least, whatever is shown: from it the window knows where the playground stands.
        if self.tab != Tab::Explore && self.asked.is_some() {
            return;
        }
        let areas = self.areas();
        let look = self.explore.settle(areas.as_ref());
        if self.asked.as_ref() != Some(&look) {
            self.asked = Some(look.clone());
            effects.push(Effect::Ask(Request::Look(look)));
        }
    }
}
