//! The scenario that Space plays: its caption, its question, and what is revealed.

use ratatui::layout::{Rect, Size};

use super::pen::{Pen, row};
use super::text;
use super::theme::Role;
use crate::engine::scenario::{Played, Scene};

/// At most so many lines of caption.
const MOST: usize = 5;

/// A scenario and how far the room has come in it.
#[derive(Debug)]
pub struct Playing {
    title: String,
    scenes: usize,
    at: At,
    /// A scene has been asked for and has not been played yet.
    waiting: bool,
    /// All scenes that are left are being played.
    running: bool,
}

#[derive(Debug)]
enum At {
    Start,
    Scene { number: usize, say: Option<String>, ask: Option<String>, reveal: Option<String>, revealed: bool },
    End,
}

impl At {
    /// At a scene whose answer is yet to be revealed.
    fn of(number: usize, scene: &Scene) -> Self {
        let one_line = |text: &Option<String>| text.as_ref().map(|text| words(text));
        Self::Scene {
            number,
            say: one_line(&scene.say),
            ask: one_line(&scene.ask),
            reveal: one_line(&scene.reveal),
            revealed: false,
        }
    }
}

/// What Space does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// The next scene is to be played.
    Play,
    /// The caption has changed, and that is all.
    Shown,
}

impl Playing {
    /// At the start of a scenario.
    pub fn new(title: String, scenes: usize) -> Self {
        Self { title, scenes, at: At::Start, waiting: false, running: false }
    }

    /// Whether there is no scene left.
    pub fn has_ended(&self) -> bool {
        matches!(self.at, At::End)
    }

    /// Goes on: reveals what was asked, or has the next scene played.
    pub fn go_on(&mut self) -> Next {
        if self.waiting {
            return Next::Shown;
        }
        match &mut self.at {
            At::Scene { reveal: Some(_), revealed, .. } if !*revealed => {
                *revealed = true;
                Next::Shown
            }
            At::Scene { number, .. } if *number >= self.scenes => {
                self.at = At::End;
                Next::Shown
            }
            _ => {
                self.waiting = true;
                Next::Play
            }
        }
    }

    /// Plays all that is left: as [`Playing::go_on`], again and again until a question or the end.
    pub fn run_on(&mut self) -> Next {
        let next = self.go_on();
        self.running = next == Next::Play || self.waiting;
        next
    }

    /// After a scene: whether the next one is to be played at once. A question to the room holds the play, and so does the end.
    pub fn goes_on(&mut self) -> bool {
        let holds = match &self.at {
            At::Scene { number, ask, .. } => ask.is_some() || *number >= self.scenes,
            At::Start | At::End => true,
        };
        self.running &= !holds;
        self.waiting |= self.running;
        self.running
    }

    /// Takes a scene that has been played.
    pub fn take(&mut self, played: &Played) {
        self.waiting = false;
        self.at = At::of(played.number, &played.scene);
    }

    /// A scene has begun, whose command is held.
    pub fn begin(&mut self, scene: &Scene) {
        let number = match &self.at {
            At::Scene { number, .. } => number + 1,
            At::Start | At::End => 1,
        };
        self.waiting = false;
        self.at = At::of(number, scene);
    }

    /// So many scenes count as played: others were rewound, or put in again.
    pub fn go_to(&mut self, scene: Option<(usize, Box<Scene>)>) {
        self.waiting = false;
        self.at = scene.map_or(At::Start, |(number, scene)| At::of(number, &scene));
    }

    /// There is no further scene.
    pub fn end(&mut self) {
        self.waiting = false;
        self.at = At::End;
    }

    /// A scene could not be played.
    pub fn stumble(&mut self) {
        (self.waiting, self.running) = (false, false);
    }

    /// The caption's lines, and how each looks.
    fn lines(&self, room: usize) -> Vec<(String, Role)> {
        let mut lines = Vec::new();
        let mut add = |text: &str, role| lines.extend(text::wrap(text, room).into_iter().map(|line| (line, role)));
        match &self.at {
            At::Start => {
                add(&format!("space plays “{}” · n command · ? help", self.title), Role::Caption);
            }
            At::End => add("The end. Everything is still here: n gives a command of your own.", Role::Caption),
            At::Scene { reveal: Some(reveal), revealed: true, .. } => add(reveal, Role::Caption),
            At::Scene { say, ask, .. } => {
                if let Some(say) = say {
                    add(say, Role::Caption);
                }
                if let Some(ask) = ask {
                    add(ask, Role::Caption);
                }
            }
        }
        lines
    }

    /// What stands at the right: where one is, and what the room is waiting for.
    fn status(&self) -> String {
        match &self.at {
            At::Start => format!("{} scenes", self.scenes),
            At::End => format!("{} of {}", self.scenes, self.scenes),
            At::Scene { number, reveal, revealed, .. } => {
                let hint = if reveal.is_some() && !revealed { "what do you say? space reveals · " } else { "" };
                format!("{hint}scene {number} of {}", self.scenes)
            }
        }
    }

    /// How many lines the caption wants in a window of this size. Most captions take the same, so that the screen stands still.
    pub fn height(&self, size: Size) -> u16 {
        if size.height < 20 {
            return 1;
        }
        let needed = self.lines(usize::from(size.width.saturating_sub(4))).len();
        let lines = needed.clamp(if size.height < 44 { 2 } else { 3 }, MOST);
        u16::try_from(lines + 2).unwrap_or(u16::MAX)
    }

    /// Draws it.
    pub fn draw(&self, pen: &mut Pen<'_>, area: Rect) {
        let framed = area.height >= 3;
        let inside = if framed {
            let title = [pen.piece(self.title.clone(), Role::Strong)];
            let waits = matches!(&self.at, At::Scene { reveal: Some(_), revealed: false, .. });
            let right = [pen.piece(self.status(), if waits { Role::Key } else { Role::Dim })];
            let inside = pen.frame(area, pen.theme.style(Role::Caption), &title, &right);
            Rect { x: inside.x + inside.width.min(1), width: inside.width.saturating_sub(2), ..inside }
        } else {
            Rect { x: area.x + area.width.min(1), width: area.width.saturating_sub(2), ..area }
        };
        let lines = self.lines(usize::from(inside.width));
        let cut = lines.len() > usize::from(inside.height);
        for (index, (line, role)) in (0..inside.height).zip(&lines) {
            let last = index + 1 == inside.height;
            let line = if cut && last { format!("{line} …") } else { line.clone() };
            pen.write(row(inside, index), &line, *role);
        }
    }
}

/// A caption flows: where its file breaks lines means nothing.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
