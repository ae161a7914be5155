//! The rows of one table, in order of creation.

use std::collections::{BTreeMap, HashMap};

use crate::kernel::Failure;
use crate::kernel::store::Order;
use crate::kernel::table::{Kind, Row, Table};
use crate::storage::filter;

/// The rows of one table; the number of a row is its place in the order of creation.
#[derive(Debug, Default, Clone)]
pub(super) struct Rows {
    rows: BTreeMap<u64, Row>,
    numbers: HashMap<String, u64>,
}

/// How one write to a table is taken back.
#[derive(Debug)]
pub(super) struct Before {
    key: String,
    was: Option<(u64, Row)>,
}

impl Rows {
    pub(super) fn get(&self, key: &str) -> Option<&Row> {
        self.rows.get(self.numbers.get(key)?)
    }

    pub(super) fn in_order(&self) -> impl Iterator<Item = &Row> {
        self.rows.values()
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Writes a row, in its old place when there is one with its key.
    pub(super) fn put(&mut self, row: Row) -> Before {
        let key = row.key().to_owned();
        let next = || self.rows.last_key_value().map_or(1, |(last, _)| last + 1);
        let number = self.numbers.get(&key).copied().unwrap_or_else(next);
        let was = self.rows.insert(number, row).map(|row| (number, row));
        self.numbers.insert(key.clone(), number);
        Before { key, was }
    }

    /// Deletes a row, if it is there.
    pub(super) fn delete(&mut self, key: &str) -> Before {
        let number = self.numbers.remove(key);
        let was = number.and_then(|number| self.rows.remove(&number).map(|row| (number, row)));
        Before { key: key.to_owned(), was }
    }

    /// Takes the last write back.
    pub(super) fn undo(&mut self, Before { key, was }: Before) {
        if let Some(number) = self.numbers.remove(&key) {
            self.rows.remove(&number);
        }
        if let Some((number, row)) = was {
            self.rows.insert(number, row);
            self.numbers.insert(key, number);
        }
    }
}

/// Puts rows that are in order of creation into another; ties stay as they are.
///
/// # Errors
///
/// When there is no such column, or a cell of it that should hold an amount does not.
pub(super) fn sort(table: &Table, rows: &mut Vec<&Row>, order: Order) -> Result<(), Failure> {
    let column = filter::column(table, order.column)?;
    if table.columns[column].kind != Kind::Money {
        return {
            rows.sort_by(|a, b| directed(a.cells[column].cmp(&b.cells[column]), order));
            Ok(())
        };
    }
    let amount = |row: &&Row| match &row.cells[column] {
        crate::kernel::table::Value::Null => Ok(None),
        cell => filter::amount(table, column, cell).map(Some),
    };
    let mut keyed = rows.iter().map(|row| Ok((amount(row)?, *row))).collect::<Result<Vec<_>, Failure>>()?;
    keyed.sort_by(|a, b| directed(a.0.cmp(&b.0), order));
    *rows = keyed.into_iter().map(|(_, row)| row).collect();
    Ok(())
}

fn directed(ordering: std::cmp::Ordering, order: Order) -> std::cmp::Ordering {
    if order.descending { ordering.reverse() } else { ordering }
}
