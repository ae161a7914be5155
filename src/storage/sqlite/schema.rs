//! The schema's versions: one SQL file each, and a number in the database that says which it has.

use rusqlite_migration::{M, Migrations};

static STEPS: [M<'static>; 2] = [
    M::up(include_str!("migrations/001_state_and_log.sql")),
    M::up(include_str!("migrations/002_dropped_duplicates.sql")),
];

/// The version that this program writes, as in `PRAGMA user_version`.
pub(super) const LATEST: i64 = STEPS.len() as i64;

/// Marks a file as diptych's in `PRAGMA application_id`: `dipt` in ASCII.
pub(super) const APPLICATION: i64 = 0x6469_7074;

/// The way from any older version to the latest.
pub(super) fn migrations() -> Migrations<'static> {
    Migrations::from_slice(&STEPS)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_migrations_run_one_after_the_other() {
        super::migrations().validate().expect("every step is valid SQL for the schema before it");
    }
}
