//! The outbox: facts as rows, written in the same commit as the state they tell of.

use crate::kernel::ledger::OUTBOX;
use crate::kernel::table::{Row, Value};
use crate::kernel::{Changes, Fact, Failure, Timestamp, Version};

const ATTEMPTS: usize = 8;
const LAST_ERROR: usize = 9;

/// Puts a fact into the outbox.
pub fn put(changes: &mut Changes, fact: &Fact) {
    changes.put(
        &OUTBOX,
        Row::of(vec![
            fact.event_id.as_str().into(),
            fact.stream.as_str().into(),
            i64::try_from(fact.version.0).unwrap_or(i64::MAX).into(),
            fact.event_type.as_ref().into(),
            i64::from(fact.schema_version).into(),
            fact.recorded_at.column().into(),
            fact.data.as_str().into(),
            fact.metadata.as_ref().into(),
            0.into(),
            Value::Null,
        ]),
    );
}

/// The fact of a row.
pub fn fact(row: &Row) -> Result<Fact, Failure> {
    let recorded_at = Timestamp::parse(row.text(5))
        .map_err(|error| Failure::new(format!("outbox: {} has no time that can be read: {error}", row.key())))?;
    Ok(Fact {
        event_id: row.key().to_owned(),
        stream: row.text(1).to_owned(),
        version: Version(u64::try_from(row.integer(2)).unwrap_or_default()),
        position: None,
        event_type: row.text(3).to_owned().into(),
        schema_version: u32::try_from(row.integer(4)).unwrap_or(1),
        recorded_at,
        data: row.text(6).to_owned(),
        metadata: row.text(7).into(),
    })
}

/// The same row after an attempt that failed.
pub fn failed(mut row: Row, failure: &Failure) -> Changes {
    row.cells[ATTEMPTS] = (row.integer(ATTEMPTS) + 1).into();
    row.cells[LAST_ERROR] = failure.to_string().into();
    let mut changes = Changes::default();
    changes.put(&OUTBOX, row);
    changes
}
