//! The columns of a table as they fit: what does not fit is left out from the right.

use crate::domain::Context;
use crate::engine::{Column, PaneView, Sort};
use crate::kernel::Timestamp;
use crate::tui::text;
use crate::world::Listed;

/// A column with room for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitted {
    /// What stands above it.
    pub title: String,
    /// How many cells.
    pub width: usize,
    /// With fewer than so many it says nothing any more.
    least: usize,
    /// Numbers stand at the right.
    pub right: bool,
    /// The cells, one a row of the view.
    pub cells: Vec<String>,
}

/// A text of so many cells can still be told from others.
const READABLE: usize = 12;

/// After so many fields come the version and the time of the last write: they tell the two patterns apart.
const BEFORE_VERSION: usize = 4;

/// The columns of *what is* that fit into a width, with `gap` cells between them.
pub fn of_rows(view: &PaneView, shift: usize, width: usize, gap: usize, today: Option<Timestamp>) -> Vec<Fitted> {
    let sort = view.look.sift.sort;
    let mut columns: Vec<Fitted> = view.columns.iter().map(|column| field(column, &view.rows, today, sort)).collect();
    let at = columns.len().min(BEFORE_VERSION);
    let versions = view.rows.iter().map(|row| row.version.to_string()).collect();
    let updated = view.rows.iter().map(|row| row.updated_at.map_or("–".to_owned(), |time| when(time, today))).collect();
    columns.insert(at, fitted(&titled("v", "version", sort), true, versions));
    columns.insert(at + 1, fitted("updated", false, updated));
    squeeze(shifted(columns, shift), width, gap)
}

/// The columns of *what happened*.
pub fn of_facts(view: &PaneView, shift: usize, width: usize, gap: usize, today: Option<Timestamp>) -> Vec<Fitted> {
    let cells = |cell: &dyn Fn(&crate::kernel::Fact) -> String| view.facts.iter().map(cell).collect::<Vec<_>>();
    const EVENT: usize = 15;
    const WHAT: usize = 24;
    let columns = vec![
        fitted("#", true, cells(&|fact| fact.position.map_or("–".to_owned(), |position| position.to_string()))),
        fitted("stream", false, cells(&|fact| text::short_stream(&fact.stream))),
        fitted("v", true, cells(&|fact| fact.version.to_string())),
        at_least(EVENT, fitted("event", false, cells(&|fact| text::short_event(&fact.event_type).to_owned()))),
        fitted("recorded", false, cells(&|fact| when(fact.recorded_at, today))),
        at_least(WHAT, fitted("what", false, cells(&|fact| super::key_fields(fact)))),
    ];
    squeeze(shifted(columns, shift), width, gap)
}

/// The first column, and the others from one of them on; at least one other stays.
fn shifted(mut columns: Vec<Fitted>, by: usize) -> Vec<Fitted> {
    let by = by.min(columns.len().saturating_sub(2));
    columns.drain(1.min(columns.len())..(1 + by).min(columns.len()));
    columns
}

/// A column's title, with an arrow where the rows are sorted by it.
fn titled(title: &str, field: &str, sort: Option<Sort>) -> String {
    match sort.filter(|sort| sort.field == field) {
        None => title.to_owned(),
        Some(sort) => format!("{title} {}", if sort.descending { "↓" } else { "↑" }),
    }
}

/// A moment: the time of day, with the day where it is not the last command's.
pub fn when(time: Timestamp, today: Option<Timestamp>) -> String {
    let full = time.column();
    let is_today = today.is_none_or(|today| today.column()[..10] == full[..10]);
    if is_today { time.clock_time() } else { format!("{} {}", &full[5..10], time.clock_time()) }
}

fn field(column: &Column, rows: &[Listed], today: Option<Timestamp>, sort: Option<Sort>) -> Fitted {
    let is_id = column.field == "id" || column.field.ends_with("_id");
    let is_time = column.field.ends_with("_at");
    let cells = rows
        .iter()
        .map(|row| {
            let value = column.value(&row.state);
            if is_id {
                return text::short_id(&value).into_owned();
            }
            match Timestamp::parse(&value) {
                Ok(time) if is_time => when(time, today),
                _ => text::visible(&value).into_owned(),
            }
        })
        .collect();
    fitted(&titled(title(column.field), column.field, sort), column.right, cells)
}

/// A field's name as a column's title.
pub fn title(field: &'static str) -> &'static str {
    match field {
        "total_amount" => "total",
        "total_spent" => "spent",
        "payment_reference" => "payment",
        "cancellation_reason" => "reason",
        _ => {
            let field = field.strip_prefix("is_").or_else(|| field.strip_prefix("loyalty_")).unwrap_or(field);
            field.strip_suffix("_at").or_else(|| field.strip_suffix("_id")).unwrap_or(field)
        }
    }
}

fn fitted(title: &str, right: bool, cells: Vec<String>) -> Fitted {
    let width = cells.iter().map(|cell| text::width(cell)).chain([text::width(title)]).max().unwrap_or_default();
    // A number that is cut is another number, a stream that is cut another stream.
    let whole = right || title == "stream";
    Fitted { title: title.to_owned(), width, least: if whole { width } else { width.min(READABLE) }, right, cells }
}

fn at_least(least: usize, column: Fitted) -> Fitted {
    Fitted { least: least.min(column.width), ..column }
}

/// Long texts give way first, down to what still says something; then columns go, from the right.
fn squeeze(mut columns: Vec<Fitted>, width: usize, gap: usize) -> Vec<Fitted> {
    let needed =
        |columns: &[Fitted]| columns.iter().map(|column| column.width + gap).sum::<usize>().saturating_sub(gap);
    let over = loop {
        let over = needed(&columns).saturating_sub(width);
        let slack: usize = columns.iter().map(Fitted::slack).sum();
        if over <= slack || columns.len() == 1 {
            break over;
        }
        columns.pop();
    };
    for _ in 0..over {
        if let Some(widest) = columns.iter_mut().max_by_key(|column| (column.slack(), column.width)) {
            widest.width = widest.width.saturating_sub(1);
        }
    }
    columns
}

impl Fitted {
    /// How much it can give way.
    fn slack(&self) -> usize {
        self.width - self.least.min(self.width)
    }
}

/// The aggregate's plural, as its table is called.
pub fn table(view: &PaneView, context: Context) -> &'static str {
    view.counts.iter().find(|one| one.context == context).map_or("", |one| one.table)
}
