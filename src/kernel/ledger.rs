//! The books that a world keeps beside its state: what is still to be delivered, what was, how far each reader has come.

use super::table::Table;
use crate::columns;

/// Facts that were committed and wait to be delivered; in order of creation. A row goes when its fact has been delivered.
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

/// What each subscriber has received from the outbox, so that a fact delivered again is dropped, and how many times one was. The key
/// is `<subscriber>/<event_id>`.
pub static DELIVERIES: Table = Table {
    name: "deliveries",
    row_name: "delivery",
    columns: columns![delivery: Text, subscriber: Text, event_id: Text, delivered_at: Time, dropped: Integer],
    version: None,
    lines: None,
};

/// How far each subscriber has come: its last position in the log, where there is a log, and the last event it dealt with.
pub static CHECKPOINTS: Table = Table {
    name: "checkpoints",
    row_name: "checkpoint",
    columns: columns![subscriber: Text, position: Integer, event_id: Text, updated_at: Time],
    version: None,
    lines: None,
};

/// States of event-sourced aggregates at some of their versions, so that a fold need not begin at the beginning. The key is
/// `<stream>/<fold_version>/<version>`. They can be deleted at any time: the facts are the truth.
pub static SNAPSHOTS: Table = Table {
    name: "snapshots",
    row_name: "snapshot",
    columns: columns![
        snapshot: Text,
        stream: Text,
        fold_version: Integer,
        version: Integer,
        recorded_at: Time,
        state: Text,
    ],
    version: None,
    lines: None,
};

/// One row, `world`: the number of the last input that wrote something; how many rows were overwritten since the world began, and
/// how many facts were raised.
pub static PROGRESS: Table = Table {
    name: "progress",
    row_name: "progress",
    columns: columns![name: Text, input: Integer, overwritten: Integer, facts: Integer],
    version: None,
    lines: None,
};
