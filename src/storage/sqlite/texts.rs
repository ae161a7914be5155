//! The SQL of each table, made once a store.

use crate::kernel::table::{Column, Kind, Table};

/// What is said to one table.
#[derive(Debug)]
pub(super) struct Texts {
    pub(super) table: &'static Table,
    /// All columns, one row; `?1` is the key.
    pub(super) row: String,
    /// How many rows.
    pub(super) count: String,
    /// Whether there is such a row, 0 or 1; `?1` is the key.
    pub(super) there: String,
    /// How many rows were created before that one.
    pub(super) place: String,
    /// Insert or update; `?1…` are the cells in order.
    pub(super) put: String,
    /// Insert where there is none; the same values.
    pub(super) insert: String,
    /// Update where there is one; the same values.
    pub(super) update: String,
    /// Update where the version, the value after the cells, is the row's.
    pub(super) update_version: String,
    /// The version there is; `?1` is the key.
    pub(super) version: String,
    /// Delete; `?1` is the key.
    pub(super) delete: String,
    /// Those of its lines.
    pub(super) lines: Option<LineTexts>,
}

/// What is said to a table of lines.
#[derive(Debug)]
pub(super) struct LineTexts {
    pub(super) columns: usize,
    /// All columns but the owner's key, `?1`; in order of the line number.
    pub(super) rows: String,
    /// Insert or update; `?1…` are the cells in order.
    pub(super) put: String,
    /// Update where there is one; the same values.
    pub(super) update: String,
    /// Delete those after a line number, `?2`, of an owner, `?1`.
    pub(super) cut: String,
}

impl Texts {
    pub(super) fn of(table: &'static Table) -> Self {
        let (name, key, columns) = (table.name, table.key(), columns(table));
        let insert = insert(table);
        let update = format!("UPDATE {name} SET {} WHERE {key} = ?1", assignments(table, 1));
        let version = table.version.map(|column| table.columns[column].name);
        Self {
            table,
            row: format!("SELECT {columns} FROM {name} WHERE {key} = ?1"),
            count: format!("SELECT count(*) FROM {name}"),
            there: format!("SELECT count(*) FROM {name} WHERE {key} = ?1"),
            place: format!("SELECT count(*) FROM {name} WHERE rowid < (SELECT rowid FROM {name} WHERE {key} = ?1)"),
            put: format!("{insert} ON CONFLICT ({key}) DO UPDATE SET {}", from_excluded(table, 1)),
            insert: format!("{insert} ON CONFLICT ({key}) DO NOTHING"),
            update_version: version
                .map(|version| format!("{update} AND {version} = ?{}", table.columns.len() + 1))
                .unwrap_or_default(),
            update,
            version: format!("SELECT {} FROM {name} WHERE {key} = ?1", version.unwrap_or("1")),
            delete: format!("DELETE FROM {name} WHERE {key} = ?1"),
            lines: table.lines.map(LineTexts::of),
        }
    }
}

impl LineTexts {
    fn of(table: &'static Table) -> Self {
        let (name, owner, line) = (table.name, table.key(), table.columns[1].name);
        Self {
            columns: table.columns.len(),
            rows: format!("SELECT {} FROM {name} WHERE {owner} = ?1 ORDER BY {line}", names(&table.columns[1..])),
            put: format!("{} ON CONFLICT ({owner}, {line}) DO UPDATE SET {}", insert(table), from_excluded(table, 2)),
            update: format!("UPDATE {name} SET {} WHERE {owner} = ?1 AND {line} = ?2", assignments(table, 2)),
            cut: format!("DELETE FROM {name} WHERE {owner} = ?1 AND {line} > ?2"),
        }
    }
}

/// The generated column beside an amount, by which it is compared and ordered.
pub(super) fn value_column(table: &Table, column: usize) -> Option<String> {
    let column = table.columns[column];
    (column.kind == Kind::Money).then(|| format!("{}_value", column.name))
}

/// All columns of a table, as in a `SELECT`.
pub(super) fn columns(table: &Table) -> String {
    names(table.columns)
}

fn names(columns: &[Column]) -> String {
    columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
}

fn insert(table: &Table) -> String {
    let values: Vec<_> = (1..=table.columns.len()).map(|number| format!("?{number}")).collect();
    format!("INSERT INTO {} ({}) VALUES ({})", table.name, columns(table), values.join(", "))
}

fn assignments(table: &Table, keys: usize) -> String {
    let columns = table.columns.iter().enumerate().skip(keys);
    columns.map(|(index, column)| format!("{} = ?{}", column.name, index + 1)).collect::<Vec<_>>().join(", ")
}

fn from_excluded(table: &Table, keys: usize) -> String {
    let columns = table.columns.iter().skip(keys);
    columns.map(|column| format!("{0} = excluded.{0}", column.name)).collect::<Vec<_>>().join(", ")
}
