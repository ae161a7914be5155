//! Snapshots: the state of an event-sourced aggregate at one of its versions, kept beside its facts.
//!
//! A snapshot is keyed by the version of the fold that made it, and that is looked at before anything of it is read: one of another
//! fold does not count. A bad one means that the stream is folded from its start, never a gap.

use crate::kernel::ledger::SNAPSHOTS;
use crate::kernel::store::{Comparison, Select, Window};
use crate::kernel::table::Row;
use crate::kernel::{Aggregate, Changes, Failure, Id, Root, Store, Timestamp, Version};

const VERSION: usize = 3;
const STATE: usize = 5;

/// A state, and the version it was taken at.
pub(super) struct Snapshot<A> {
    pub(super) version: Version,
    pub(super) state: A,
}

/// The latest snapshot of this fold; the inner error says why it is of no use.
pub(super) fn latest<A: Aggregate>(
    store: &dyn Store,
    id: &Id<A>,
) -> Result<Option<Result<Snapshot<A>, String>>, Failure> {
    let select = Select::all(&SNAPSHOTS)
        .filter("stream", Comparison::Equal, id.stream())
        .filter("fold_version", Comparison::Equal, i64::from(A::FOLD_VERSION))
        .order_by("version", true)
        .window(Window { offset: 0, limit: 1 });
    let rows = store.select(&select)?;
    Ok(rows.first().map(|row| {
        let version = Version(u64::try_from(row.integer(VERSION)).unwrap_or_default());
        if version == Version::NONE {
            return Err("the snapshot has no version, and was passed over".to_owned());
        }
        serde_json::from_str(row.text(STATE))
            .map(|state| Snapshot { version, state })
            .map_err(|error| format!("the snapshot at version {version} cannot be read, and was passed over: {error}"))
    }))
}

/// Keeps the state of a root as it will be at `version`.
pub(super) fn put<A: Aggregate>(changes: &mut Changes, root: &Root<A>, version: Version, at: Timestamp) {
    // A state that cannot be written as JSON has no snapshot, and is folded.
    let Ok(state) = serde_json::to_string(root.state()) else { return };
    let stream = root.id().stream();
    changes.put(
        &SNAPSHOTS,
        Row::of(vec![
            format!("{stream}/{}/{version}", A::FOLD_VERSION).into(),
            stream.into(),
            i64::from(A::FOLD_VERSION).into(),
            version.into(),
            at.column().into(),
            state.into(),
        ]),
    );
}
