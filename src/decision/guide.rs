//! What the guide says apart from its Step 1 chart: the patterns with their matrix and plans, its first chart, the constraints.

/// A pattern, as the guide's matrix and charts have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Its word in answers and JSON: `simple`, `event-sourced`, `hybrid`.
    pub id: String,
    /// The matrix's name.
    pub name: String,
    /// The charts' shorter one.
    pub label: String,
    /// How complex the guide finds it, of five.
    pub stars: u8,
    /// What the matrix says it is best for.
    pub best_for: String,
    /// What it needs.
    pub infrastructure: String,
    /// The answer of the first chart that leads here.
    pub when: String,
    /// What the first chart promises.
    pub features: Vec<String>,
    /// What the first chart warns of.
    pub warnings: Vec<String>,
    /// What it is built of.
    pub means: Vec<String>,
    /// What the wiring of the shop calls it, if the shop can be wired so.
    pub wiring: Option<String>,
    /// Whether it stands for an application whose contexts differ; no chart of one context ends there.
    pub mixed: bool,
    /// Step 3: the plan.
    pub plan: Vec<PlanStep>,
}

/// A step of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanStep {
    /// What to do.
    pub title: String,
    /// In a line.
    pub text: String,
}

/// ✓, ✗ or ⚠ in the table of constraints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// ✓
    Fits,
    /// ✗
    Costs,
    /// ⚠
    Depends,
}

impl Mark {
    /// Its word in files and JSON.
    pub const ALL: [(&'static str, Self); 3] =
        [("fits", Self::Fits), ("costs", Self::Costs), ("depends", Self::Depends)];

    /// Its word in files and JSON.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, mark)| *mark == self).map_or("", |(word, _)| word)
    }

    /// As the guide prints it.
    pub fn glyph(self) -> &'static str {
        match self {
            Self::Fits => "✓",
            Self::Costs => "✗",
            Self::Depends => "!",
        }
    }
}

/// What a constraint says about a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// In a sign.
    pub mark: Mark,
    /// In words.
    pub text: String,
}

/// A row of the Step 2 table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// What is constrained.
    pub name: String,
    /// One for each pattern, in their order.
    pub cells: Vec<Cell>,
}

/// The guide, apart from its questions and their chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    /// What it calls itself.
    pub title: String,
    /// The patterns, in the order of its matrix.
    pub patterns: Vec<Pattern>,
    /// The question of its first chart.
    pub overview: String,
    /// The Step 2 table.
    pub constraints: Vec<Constraint>,
}

impl Guide {
    /// The pattern with this word, by its place.
    pub fn pattern(&self, id: &str) -> Option<usize> {
        self.patterns.iter().position(|pattern| pattern.id == id)
    }

    /// The pattern of an application whose contexts differ.
    pub fn mixed(&self) -> Option<&Pattern> {
        self.patterns.iter().find(|pattern| pattern.mixed)
    }
}
