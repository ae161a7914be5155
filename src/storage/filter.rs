//! The filters of a question, compared exactly: amounts as numbers, everything else as it stands.

use std::cmp::Ordering;

use crate::domain::Money;
use crate::kernel::Failure;
use crate::kernel::store::{Comparison, Select};
use crate::kernel::table::{Kind, Table, Value};

/// One filter, its column found and its value understood.
#[derive(Debug)]
pub(super) struct Filter<'a> {
    pub(super) column: usize,
    pub(super) comparison: Comparison,
    pub(super) value: &'a Value,
    /// The value as an amount, where the column holds amounts and the value is one.
    pub(super) amount: Option<Money>,
}

/// The filters of a question.
///
/// # Errors
///
/// When the table has no such column, or a value for a column of amounts is none.
pub(super) fn filters(select: &Select) -> Result<Vec<Filter<'_>>, Failure> {
    let filters = select.filters.iter().map(|(name, comparison, value)| {
        let column = column(select.table, name)?;
        let amount = match (select.table.columns[column].kind, value) {
            (Kind::Money, Value::Text(_) | Value::Integer(_)) => Some(amount(select.table, column, value)?),
            _ => None,
        };
        Ok(Filter { column, comparison: *comparison, value, amount })
    });
    filters.collect()
}

/// The index of a column.
///
/// # Errors
///
/// When the table has none of that name.
pub(super) fn column(table: &Table, name: &str) -> Result<usize, Failure> {
    table.column(name).ok_or_else(|| Failure::new(format!("{} has no column {name}", table.name)))
}

/// A cell as an amount.
///
/// # Errors
///
/// When it is none; names table and column.
pub(super) fn amount(table: &Table, column: usize, cell: &Value) -> Result<Money, Failure> {
    let not_money = |error| Failure::new(format!("{}.{}: {error}", table.name, table.columns[column].name));
    match cell {
        Value::Text(text) => text.parse().map_err(not_money),
        other => other.to_string().parse().map_err(not_money),
    }
}

impl Filter<'_> {
    /// Whether a row's cells pass.
    ///
    /// # Errors
    ///
    /// When a cell that should hold an amount does not.
    pub(super) fn passes(&self, table: &Table, cells: &[Value]) -> Result<bool, Failure> {
        let cell = &cells[self.column];
        if matches!(cell, Value::Null) || matches!(self.value, Value::Null) {
            return Ok(match self.comparison {
                Comparison::Equal => cell == self.value,
                Comparison::NotEqual => cell != self.value,
                Comparison::Less | Comparison::Greater => false,
            });
        }
        let ordering = match self.amount {
            Some(wanted) => amount(table, self.column, cell)?.cmp(&wanted),
            None => cell.cmp(self.value),
        };
        Ok(match self.comparison {
            Comparison::Equal => ordering == Ordering::Equal,
            Comparison::NotEqual => ordering != Ordering::Equal,
            Comparison::Less => ordering == Ordering::Less,
            Comparison::Greater => ordering == Ordering::Greater,
        })
    }
}
