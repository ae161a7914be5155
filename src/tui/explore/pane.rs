//! A pane: a world, a view of it, and a window of a list that may be long.

use crate::domain::{Context, Customer, Order, Product, StockItem};
use crate::engine::{PaneLook, PaneView, Sift, Sight, Sort, columns, sortable};
use crate::kernel::store::Window;
use crate::kernel::{Aggregate, Fact};
use crate::world::{Listed, WorldKind};

/// What a pane shows, where it stands in its list, and what the engine has last seen for it.
#[derive(Debug)]
pub struct Pane {
    /// Which world.
    pub world: WorldKind,
    /// What happened, instead of what is.
    pub happened: bool,
    /// Which table of what is.
    pub context: Context,
    /// Which stream of what happened; all of them otherwise.
    pub stream: Option<String>,
    /// What the list is sifted by.
    pub sift: Sift,
    /// So many columns after the first are scrolled out of sight.
    pub first_column: usize,
    /// The selected row, counted from the list's start.
    pub selected: u64,
    /// The first row shown.
    pub offset: u64,
    /// A stream that is to be shown and selected as soon as the engine has said where it stands.
    reveal: Option<String>,
    /// What the engine saw.
    seen: Option<PaneView>,
}

impl Pane {
    /// A pane at the start of its list.
    pub fn new(world: WorldKind, happened: bool) -> Self {
        Self {
            world,
            happened,
            context: Context::Catalog,
            stream: None,
            sift: Sift::default(),
            first_column: 0,
            selected: 0,
            offset: 0,
            reveal: None,
            seen: None,
        }
    }

    /// What it asks the engine for when it has room for so many rows.
    pub fn look(&self, room: u16) -> PaneLook {
        PaneLook {
            world: self.world,
            sight: self.sight(),
            sift: self.sift.clone(),
            window: Window { offset: self.offset, limit: u64::from(room.max(1)) },
            reveal: self.reveal.clone(),
        }
    }

    fn sight(&self) -> Sight {
        if self.happened { Sight::Happened(self.stream.clone()) } else { Sight::Is(self.context) }
    }

    /// Takes what the engine saw; what is selected stays inside the list.
    pub fn take(&mut self, view: PaneView) {
        let found = self.reveal.is_some() && view.look.reveal == self.reveal;
        self.seen = Some(view);
        if found && let Some(view) = self.view() {
            if let Some(place) = view.revealed {
                (self.selected, self.offset) = (place, view.look.window.offset);
            }
            self.reveal = None;
        }
        self.clamp();
    }

    /// Shows a stream that was selected elsewhere, by its newest fact or by its row; the table follows, and so does a pane that
    /// shows one stream only.
    pub fn reveal(&mut self, stream: String) {
        let context = Context::ALL
            .into_iter()
            .find(|context| stream.strip_prefix(aggregate(*context)).is_some_and(|rest| rest.starts_with('-')));
        if !self.happened
            && let Some(context) = context
            && aggregate(context) != aggregate(self.context)
        {
            self.context = context;
            self.renew();
        } else if self.happened && self.stream.as_ref().is_some_and(|shown| *shown != stream) {
            self.stream = Some(stream.clone());
            self.renew();
        }
        self.reveal = Some(stream);
    }

    /// What the engine saw, if it is what the pane shows.
    pub fn view(&self) -> Option<&PaneView> {
        self.seen.as_ref().filter(|view| {
            let look = &view.look;
            look.world == self.world && look.sight == self.sight() && look.sift == self.sift
        })
    }

    /// How long the list is, as far as is known.
    pub fn total(&self) -> u64 {
        self.view().map_or(0, |view| view.total)
    }

    fn clamp(&mut self) {
        if self.view().is_some() {
            self.selected = self.selected.min(self.total().saturating_sub(1));
        }
    }

    /// Keeps the selected row among the rows shown, and no room empty that the list could fill.
    pub fn scroll(&mut self, room: u16) {
        let room = u64::from(room.max(1));
        self.offset = self.offset.min(self.selected);
        if self.selected >= self.offset + room {
            self.offset = self.selected + 1 - room;
        }
        if self.view().is_some() {
            self.offset = self.offset.min(self.total().saturating_sub(room));
        }
    }

    /// Moves the selection by so many rows, as far as the list goes.
    pub fn step(&mut self, by: i64) {
        if self.view().is_some() {
            self.selected = self.selected.saturating_add_signed(by);
            self.clamp();
        }
    }

    /// Another list: from its start, as it is.
    pub fn renew(&mut self) {
        self.sift = Sift::default();
        self.first_column = 0;
        self.rewind();
    }

    /// The same list, sifted otherwise: from its start.
    pub fn sift_by(&mut self, sift: Sift) {
        self.sift = sift;
        self.rewind();
    }

    /// Sorts by the next column; after the last one, in order of creation again.
    pub fn sort_on(&mut self) {
        let fields: Vec<_> = sortable(self.context).collect();
        let next = match self.sift.sort {
            None => 0,
            Some(sort) => fields.iter().position(|field| *field == sort.field).map_or(0, |index| index + 1),
        };
        let descending = self.sift.sort.is_some_and(|sort| sort.descending);
        let sort = fields.get(next).map(|field| Sort { field, descending });
        self.sift_by(Sift { sort, text: self.sift.text.clone() });
    }

    /// Sorts the other way round.
    pub fn turn_round(&mut self) {
        let sort = self.sift.sort.map(|sort| Sort { descending: !sort.descending, ..sort });
        self.sift_by(Sift { sort, text: self.sift.text.clone() });
    }

    /// Other columns: so many to the right. The first one stays.
    pub fn shift(&mut self, by: isize) {
        let most = if self.happened { 4 } else { columns(self.context).len() };
        self.first_column = self.first_column.saturating_add_signed(by).min(most);
    }

    /// Another list: from its start.
    pub fn rewind(&mut self) {
        (self.selected, self.offset) = (0, 0);
    }

    /// The row of *what is* at a place in the list.
    pub fn row(&self, index: u64) -> Option<&Listed> {
        let view = self.view()?;
        view.rows.get(usize::try_from(index.checked_sub(view.look.window.offset)?).ok()?)
    }

    /// The row of *what happened* at a place in the list.
    pub fn fact(&self, index: u64) -> Option<&Fact> {
        let view = self.view()?;
        view.facts.get(usize::try_from(index.checked_sub(view.look.window.offset)?).ok()?)
    }

    /// The stream of a row, whichever view it is of.
    pub fn stream_at(&self, index: u64) -> Option<String> {
        match (self.happened, self.row(index), self.fact(index)) {
            (false, Some(row), _) => Some(format!("{}-{}", aggregate(self.context), row.id)),
            (true, _, Some(fact)) => Some(fact.stream.clone()),
            _ => None,
        }
    }

    /// The selected row of *what is*.
    pub fn selected_row(&self) -> Option<&Listed> {
        if self.happened { None } else { self.row(self.selected) }
    }

    /// The selected row of *what happened*.
    pub fn selected_fact(&self) -> Option<&Fact> {
        if self.happened { self.fact(self.selected) } else { None }
    }

    /// The stream of what is selected.
    pub fn selected_stream(&self) -> Option<String> {
        match (self.selected_row(), self.selected_fact()) {
            (Some(row), _) => Some(format!("{}-{}", aggregate(self.context), row.id)),
            (None, Some(fact)) => Some(fact.stream.clone()),
            (None, None) => None,
        }
    }

    /// The id of what is selected, if it is of this kind of aggregate. Stock goes by its product's id.
    pub fn selected_id(&self, kind: &str) -> Option<String> {
        let stream = self.selected_stream()?;
        let (selected, id) = stream.split_once('-')?;
        let same = selected == kind || (selected == StockItem::NAME && kind == Product::NAME);
        same.then(|| id.to_owned())
    }
}

/// The name of a context's aggregate, which begins its streams.
pub fn aggregate(context: Context) -> &'static str {
    match context {
        Context::Catalog => Product::NAME,
        Context::Ordering | Context::Across => Order::NAME,
        Context::Customers => Customer::NAME,
        Context::Inventory => StockItem::NAME,
    }
}
