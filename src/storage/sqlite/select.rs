//! Answering a question to one table.
//!
//! The database filters and orders. Amounts it compares by the generated column, which is the nearest number only, so that filter lets
//! a little too much through and what comes is compared exactly here, before the window is counted off.

use rusqlite::ToSql;

use super::SqliteStore;
use super::rows::{self, Bound};
use super::texts::{columns, value_column};
use crate::kernel::Failure;
use crate::kernel::store::{Comparison, Order, Select, Window};
use crate::kernel::table::{Kind, Row, Table, Value};
use crate::storage::filter::{self, Filter};

/// The SQL of a question, with the values to bind.
struct Question<'a> {
    sql: String,
    values: Vec<Box<dyn ToSql + 'a>>,
}

pub(super) fn select(store: &SqliteStore, select: &Select) -> Result<Vec<Row>, Failure> {
    let table = select.table;
    let texts = store.texts(table);
    let filters = filter::filters(select).map_err(|failure| failure.on(&store.path))?;
    let exact: Vec<_> = filters.iter().filter(|filter| filter.amount.is_some()).collect();
    let question = question(select, &filters, exact.is_empty()).map_err(|failure| failure.on(&store.path))?;
    let read = || -> rusqlite::Result<Result<Vec<Row>, Failure>> {
        let mut found = match matching(store, select, &exact, &question)? {
            Ok(found) => found,
            Err(failure) => return Ok(Err(failure)),
        };
        if let Some(texts) = &texts.lines {
            for row in &mut found {
                row.lines = rows::lines(store, texts, row.key())?;
            }
        }
        Ok(Ok(found))
    };
    rows::in_one_snapshot(store, table, read)
        .map_err(|error| store.failed(&error))?
        .map_err(|failure| failure.on(&store.path))
}

fn matching(
    store: &SqliteStore,
    select: &Select,
    exact: &[&Filter<'_>],
    question: &Question<'_>,
) -> rusqlite::Result<Result<Vec<Row>, Failure>> {
    let Select { table, window, .. } = select;
    let mut statement = store.prepare(&question.sql)?;
    for (index, value) in question.values.iter().enumerate() {
        statement.raw_bind_parameter(index + 1, value)?;
    }
    // Without an exact comparison the window is in the statement, and every row that comes is one of the answer.
    let (mut pass_over, limit) = if exact.is_empty() { (0, u64::MAX) } else { (window.offset, window.limit) };
    let mut found: Vec<Row> = Vec::new();
    let mut read = 0;
    let mut rows = statement.raw_query();
    while (found.len() as u64) < limit
        && let Some(row) = rows.next()?
    {
        read += 1;
        let cells = rows::cells(row, table.columns.len())?;
        match passes_all(table, exact, &cells) {
            Ok(false) => {}
            Ok(true) if pass_over > 0 => pass_over -= 1,
            Ok(true) => found.push(Row::of(cells)),
            Err(failure) => return Ok(Err(failure)),
        }
    }
    drop(rows);
    store.watch.saw(&statement, read);
    Ok(Ok(found))
}

fn passes_all(table: &Table, filters: &[&Filter<'_>], cells: &[Value]) -> Result<bool, Failure> {
    for filter in filters {
        if !filter.passes(table, cells)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn question<'a>(select: &Select, filters: &[Filter<'a>], window_in_sql: bool) -> Result<Question<'a>, Failure> {
    let table = select.table;
    let mut values: Vec<Box<dyn ToSql + 'a>> = Vec::new();
    let mut conditions = Vec::new();
    for filter in filters {
        match filter.amount.map(|amount| amount.to_string()) {
            Some(amount) => near(table, filter, &amount, &mut values, &mut conditions),
            None => {
                values.push(Box::new(Bound(filter.value)));
                let name = table.columns[filter.column].name;
                conditions.push(format!("{name} {} ?{}", operator(filter.comparison), values.len()));
            }
        }
    }
    let mut sql = format!("SELECT {} FROM {}", columns(table), table.name);
    if !conditions.is_empty() {
        sql = format!("{sql} WHERE {}", conditions.join(" AND "));
    }
    sql = format!("{sql} ORDER BY {}", order(table, select.order)?);
    if window_in_sql && select.window != Window::ALL {
        for number in [select.window.limit, select.window.offset] {
            values.push(Box::new(i64::try_from(number).unwrap_or(i64::MAX)));
        }
        sql = format!("{sql} LIMIT ?{} OFFSET ?{}", values.len() - 1, values.len());
    }
    Ok(Question { sql, values })
}

/// A condition that lets every amount through which passes, and perhaps a few beside it.
fn near<'a>(
    table: &Table,
    filter: &Filter<'a>,
    amount: &str,
    values: &mut Vec<Box<dyn ToSql + 'a>>,
    conditions: &mut Vec<String>,
) {
    let Some(column) = value_column(table, filter.column) else { return };
    let near: f64 = amount.parse().unwrap_or_default();
    // Up to here six digits after the point are among the fifteen that a float always holds.
    let margin = if near.abs() < 1e9 { 0.0 } else { near.abs() * 1e-15 };
    let mut condition = |operator: &str, bound: f64| {
        values.push(Box::new(bound));
        conditions.push(format!("{column} {operator} ?{}", values.len()));
    };
    match filter.comparison {
        Comparison::Less => condition("<=", near + margin),
        Comparison::Greater => condition(">=", near - margin),
        Comparison::Equal => {
            condition(">=", near - margin);
            condition("<=", near + margin);
        }
        Comparison::NotEqual => {}
    }
}

fn operator(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "IS",
        Comparison::NotEqual => "IS NOT",
        Comparison::Less => "<",
        Comparison::Greater => ">",
    }
}

/// Amounts are ordered by the nearest number, then by the digits that this number does not hold.
fn order(table: &Table, order: Option<Order>) -> Result<String, Failure> {
    let Some(Order { column, descending }) = order else { return Ok("rowid".to_owned()) };
    let index = filter::column(table, column)?;
    let direction = if descending { " DESC" } else { "" };
    Ok(match (table.columns[index].kind, value_column(table, index)) {
        (Kind::Money, Some(value)) => {
            let fraction = format!(
                "CAST(substr({column}, 1, 1 - ({column} >= '0')) || \
                 substr(substr({column} || '000000', instr({column} || '.', '.') + 1), 1, 6) AS INTEGER)"
            );
            format!("{value}{direction}, CAST({column} AS INTEGER){direction}, {fraction}{direction}, rowid")
        }
        _ => format!("{column}{direction}, rowid"),
    })
}
