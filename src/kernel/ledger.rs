//! The books a world keeps beside its state: what is still to be delivered, what was delivered, and who has read how far.
//!
//! They are tables like any other, so that they are written in the same commit as what they speak of.

use super::table::Table;
use crate::columns;

/// Facts that are committed and still to be delivered, in order of creation.
pub static OUTBOX: Table = Table {
    name: "outbox",
    row_name: "outbox entry",
    columns: columns![
        event_id: Text,
        stream: Text,
        version: Integer,
        event_type: Text,
        schema_version: Integer,
        recorded_at: Time,
        data: Text,
        metadata: Text,
        attempts: Integer,
        last_error: Text,
    ],
    version: None,
    lines: None,
};

/// What each subscriber has dealt with, so that a second delivery is dropped. The key is `<subscriber>/<event_id>`.
pub static DELIVERIES: Table = Table {
    name: "deliveries",
    row_name: "delivery",
    columns: columns![delivery: Text, subscriber: Text, event_id: Text, delivered_at: Time],
    version: None,
    lines: None,
};

/// How far each subscriber has read the log.
pub static CHECKPOINTS: Table = Table {
    name: "checkpoints",
    row_name: "checkpoint",
    columns: columns![subscriber: Text, position: Integer, event_id: Text, updated_at: Time],
    version: None,
    lines: None,
};

/// Numbers a world must not forget, such as that of the last command it has finished.
pub static PROGRESS: Table = Table {
    name: "progress",
    row_name: "progress",
    columns: columns![name: Text, number: Integer],
    version: None,
    lines: None,
};
