//! Writing to memory, all or nothing.

use super::Held;
use super::rows::Before;
use crate::kernel::changes::{Changes, RowChange};
use crate::kernel::store::{NotCommitted, Receipt, Statement};
use crate::kernel::table::{Row, Table};
use crate::kernel::{Expected, Failure, Version};

pub(super) fn commit(held: &mut Held, changes: &Changes) -> Result<Receipt, NotCommitted> {
    let head = held.log.head();
    let mut undo = Vec::new();
    let written = write(held, changes, &mut undo);
    if written.is_err() {
        held.log.cut(head);
        for (table, before) in undo.into_iter().rev() {
            held.rows_mut(table).undo(before);
        }
    }
    written
}

fn write(
    held: &mut Held,
    changes: &Changes,
    undo: &mut Vec<(&'static Table, Before)>,
) -> Result<Receipt, NotCommitted> {
    for change in &changes.rows {
        match change {
            RowChange::Delete { table, key } => {
                let before = held.rows_mut(table).delete(key.as_str().unwrap_or_default());
                undo.push((*table, before));
            }
            RowChange::Put { table, row, expected, .. } => {
                check(held, table, row, *expected)?;
                undo.push((*table, held.rows_mut(table).put(row.clone())));
            }
        }
    }
    let mut receipt = Receipt::default();
    for append in &changes.appends {
        append.expected.check(&append.stream, held.log.version(&append.stream))?;
        for fact in &append.facts {
            receipt.positions.push(held.log.append(&append.stream, fact)?);
        }
    }
    Ok(receipt)
}

fn check(held: &Held, table: &'static Table, row: &Row, expected: Expected) -> Result<(), NotCommitted> {
    let Table { name, row_name, columns, version, .. } = table;
    if row.cells.len() != columns.len() {
        return Err(
            Failure::new(format!("a row of {name} has {} cells, not {}", columns.len(), row.cells.len())).into()
        );
    }
    if matches!(expected, Expected::Exactly(wanted) if wanted != Version::NONE && version.is_none()) {
        return Err(Failure::new(format!("rows of {name} have no version to expect")).into());
    }
    let actual = held
        .rows(table)
        .and_then(|rows| rows.get(row.key()))
        .map_or(0, |row| version.map_or(1, |column| row.integer(column)));
    let actual = Version(u64::try_from(actual).unwrap_or_default());
    Ok(expected.check(&format!("{row_name}-{}", row.key()), actual)?)
}

/// What a commit did, one statement a part.
pub(super) fn in_words(changes: &Changes) -> Vec<Statement> {
    let rows = changes.rows.iter().map(|change| match change {
        RowChange::Put { table, row, .. } => {
            Statement { text: format!("put {} {}", table.name, row.key()), rows: 1 + row.lines.len() as u64 }
        }
        RowChange::Delete { table, key } => Statement { text: format!("delete {} {key}", table.name), rows: 1 },
    });
    let appends = changes.appends.iter().map(|append| {
        let types: Vec<_> = append.facts.iter().map(|fact| &*fact.event_type).collect();
        let text = format!("append {} to {}, expecting {}", types.join(", "), append.stream, append.expected);
        Statement { text, rows: append.facts.len() as u64 }
    });
    rows.chain(appends).collect()
}
