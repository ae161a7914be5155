//! What a person set and finds again: which worlds, views and tables the panes show, the shares of the room, the theme.

use serde::{Deserialize, Serialize};

use super::decide::KeptCase;
use super::explore::{Explore, Shares};
use super::model::Model;
use super::tab::Tab;
use crate::domain::Context;
use crate::engine::{Sift, Sort, sortable};
use crate::world::WorldKind;

/// What is kept of a window.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// A shipped theme; one from a file is asked for each time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// The screen that was shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tab: Option<String>,
    /// How the room is shared out.
    pub shares: Shares,
    /// Whether one pane fills the width.
    pub alone: bool,
    /// Left and right.
    pub panes: Vec<KeptPane>,
    /// What was answered about each context.
    pub contexts: Vec<KeptCase>,
}

/// What is kept of a pane.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPane {
    world: String,
    happened: bool,
    table: String,
    /// What is typed as its filter.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    filter: String,
    /// The column by which it is sorted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sort: Option<String>,
    /// Whether the greatest stands first.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    descending: bool,
}

impl Kept {
    /// What there is to keep.
    pub fn of(model: &Model) -> Self {
        let pane = |pane: &super::explore::Pane| KeptPane {
            world: pane.world.name().to_owned(),
            happened: pane.happened,
            table: pane.context.name().to_owned(),
            filter: pane.sift.text.clone(),
            sort: pane.sift.sort.map(|sort| sort.field.to_owned()),
            descending: pane.sift.sort.is_some_and(|sort| sort.descending),
        };
        Self {
            theme: model.appearance.theme.name().map(str::to_owned),
            tab: Some(model.tab.name().to_owned()),
            shares: model.shares,
            alone: model.explore.alone,
            panes: model.explore.panes.iter().map(pane).collect(),
            contexts: model.decide.kept(),
        }
    }

    /// The screen to begin with; one that is not known any more is none.
    pub(super) fn tab(&self) -> Tab {
        let named = |tab: &Tab| self.tab.as_deref() == Some(tab.name());
        Tab::ALL.into_iter().find(named).unwrap_or_default()
    }

    /// Shows what was shown; a world or table that is not known any more leaves its pane alone.
    pub(super) fn restore(&self, explore: &mut Explore) {
        explore.alone = self.alone;
        for (pane, kept) in explore.panes.iter_mut().zip(&self.panes) {
            let world = WorldKind::ALL.into_iter().find(|world| world.name() == kept.world);
            if let (Some(world), Some(context)) = (world, Context::named(&kept.table)) {
                (pane.world, pane.happened, pane.context) = (world, kept.happened, context);
                let field = kept.sort.as_ref().and_then(|field| sortable(context).find(|known| known == field));
                let sort = field.map(|field| Sort { field, descending: kept.descending });
                pane.sift_by(Sift { text: kept.filter.clone(), sort: sort.filter(|_| !kept.happened) });
            }
        }
    }

    /// Reads a file's text.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.message().to_owned())
    }

    /// A file's text.
    pub fn to_text(&self) -> String {
        // Texts, numbers and booleans under fixed names: there is nothing that TOML could not hold.
        toml::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_again_and_what_is_unknown_changes_nothing() {
        let text = "theme = \"mono\"\ntab = \"atlantis\"\n[shares]\nleft = 300\n[[panes]]\nworld = \"hybrid\"\nhappened = true\n\
                    table = \"ordering\"\nfilter = \"laptop\"\n\
                    [[panes]]\nworld = \"atlantis\"\nhappened = false\ntable = \"catalog\"\n";
        let kept = Kept::read(text).expect("it is well");
        let mut explore = Explore::default();
        kept.restore(&mut explore);
        assert_eq!((explore.panes[0].world, explore.panes[0].happened), (WorldKind::Hybrid, true));
        assert_eq!(explore.panes[0].sift, Sift::of("laptop"));
        assert_eq!((explore.panes[1].world, explore.panes[1].happened), (WorldKind::Events, true));
        assert_eq!(kept.tab(), Tab::Explore);
        assert_eq!(Kept::read(&kept.to_text()), Ok(kept));
        assert!(Kept::read("shares = 7").is_err());
    }
}
