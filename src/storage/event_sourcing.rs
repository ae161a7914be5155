//! Event sourcing: an aggregate is remembered as the facts that made it.
//!
//! A save appends to the stream and writes no row; recalling folds the stream from its first fact, or from a snapshot of the state
//! that an earlier save has left. Nothing is ever overwritten.

use std::num::NonZeroU64;

use super::snapshots::{self, Snapshot};
use crate::kernel::changes::{Append, Changes};
use crate::kernel::event::Payload;
use crate::kernel::root::Recalled;
use crate::kernel::{
    Aggregate, DomainEvent, Expected, Fact, Failure, Id, Persistence, Root, Store, Timestamp, Version,
};

/// Remembers aggregates as streams of events.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EventSourcing {
    /// A snapshot of the state is kept each time a stream has grown by so many events.
    pub snapshots: Option<NonZeroU64>,
}

impl EventSourcing {
    /// Every recall folds the whole stream.
    pub const WITHOUT_SNAPSHOTS: Self = Self { snapshots: None };
}

impl<A: Aggregate> Persistence<A> for EventSourcing {
    fn recall(&self, store: &dyn Store, id: &Id<A>) -> Result<Option<Recalled<A>>, Failure> {
        let snapshot = if self.snapshots.is_some() { snapshots::latest::<A>(store, id)? } else { None };
        let remark = match snapshot {
            None => None,
            Some(Ok(snapshot)) => {
                let remark = format!("from the snapshot at version {}", snapshot.version);
                if let Some(recalled) = fold_on(store, id, snapshot)? {
                    return Ok(Some(Recalled { remark: Some(remark), ..recalled }));
                }
                Some("the snapshot is of another history, and was passed over".to_owned())
            }
            Some(Err(bad)) => Some(bad),
        };
        let recalled = fold(store, id)?;
        Ok(recalled.map(|recalled| Recalled { remark, ..recalled }))
    }

    fn changes(&self, root: &Root<A>, facts: &[Fact], at: Timestamp) -> Changes {
        if facts.is_empty() {
            return Changes::default();
        }
        let expected = if root.is_new() { Expected::NoStream } else { Expected::Exactly(root.version()) };
        let append = Append { stream: root.id().stream(), expected, facts: facts.to_vec() };
        let mut changes = Changes { rows: Vec::new(), appends: vec![append] };
        if let Some(every) = self.snapshots {
            let after = root.version().after(facts.len());
            if after.0 / every > root.version().0 / every {
                snapshots::put(&mut changes, root, after, at);
            }
        }
        changes
    }

    fn recalling(&self, recalled: Option<&Recalled<A>>) -> String {
        match recalled {
            None => "no events".to_owned(),
            Some(Recalled { version, remark: Some(remark), .. }) => format!("version {version}, {remark}"),
            Some(Recalled { version: Version(1), .. }) => "1 event folded".to_owned(),
            Some(recalled) => format!("{} events folded", recalled.version),
        }
    }
}

/// The whole stream, folded.
fn fold<A: Aggregate>(store: &dyn Store, id: &Id<A>) -> Result<Option<Recalled<A>>, Failure> {
    let mut state = A::new(id.clone());
    let mut version = Version::NONE;
    let stream = id.stream();
    store.payloads(&stream, Version::NONE, &mut |kept| {
        state.apply(&read::<A>(store, &stream, &kept, version.after(1))?);
        version = kept.version;
        Ok(())
    })?;
    Ok((version != Version::NONE).then_some(Recalled { version, state, row: None, remark: None }))
}

/// What came after a snapshot, folded on. Reading begins with the very event that the snapshot was taken at: where the stream does
/// not have it, the snapshot is of another history and there is no answer.
fn fold_on<A: Aggregate>(store: &dyn Store, id: &Id<A>, from: Snapshot<A>) -> Result<Option<Recalled<A>>, Failure> {
    let Snapshot { version: taken_at, mut state } = from;
    let mut version = Version(taken_at.0 - 1);
    let stream = id.stream();
    store.payloads(&stream, version, &mut |kept| {
        let event = read::<A>(store, &stream, &kept, version.after(1))?;
        version = kept.version;
        if version > taken_at {
            state.apply(&event);
        }
        Ok(())
    })?;
    Ok((version >= taken_at).then_some(Recalled { version, state, row: None, remark: None }))
}

/// The event of a payload, which must be the stream's next.
fn read<A: Aggregate>(store: &dyn Store, stream: &str, kept: &Payload<'_>, next: Version) -> Result<A::Event, Failure> {
    check_and_read::<A>(kept, next).map_err(|why| why.of(store, stream, kept.version))
}

fn check_and_read<A: Aggregate>(kept: &Payload<'_>, next: Version) -> Result<A::Event, Unreadable> {
    if kept.version != next {
        return Err(Unreadable { what: format!("version {next} is missing before it"), remedy: RESTORE });
    }
    if kept.schema_version > A::Event::SCHEMA_VERSION {
        let remedy = "open the file with that version of diptych";
        return Err(Unreadable { what: "a newer diptych wrote it".to_owned(), remedy });
    }
    match A::Event::from_json(kept.event_type, kept.data) {
        Ok(Some(event)) => Ok(event),
        Ok(None) => Err(Unreadable {
            what: format!("{} is no event of this aggregate", kept.event_type),
            remedy: "open the file with the version of diptych that wrote it",
        }),
        Err(error) => Err(Unreadable { what: format!("its data cannot be read: {error}"), remedy: RESTORE }),
    }
}

const RESTORE: &str = "restore a copy of the file: the log was changed by something else than diptych";

/// Why a kept event cannot be folded.
struct Unreadable {
    what: String,
    remedy: &'static str,
}

impl Unreadable {
    /// For the person who reads it: which event, by its places in stream and log, and on which file.
    #[cold]
    fn of(self, store: &dyn Store, stream: &str, version: Version) -> Failure {
        // Folding does without the position, so it is looked up here; a store that fails now leaves it out.
        let mut position = String::new();
        let _ = store.stream(stream, Version(version.0.saturating_sub(1)), &mut |kept| {
            if kept.version == version {
                position = format!(", position {}", kept.position);
            }
            Ok(())
        });
        let failure = Failure::new(format!("event {version} of {stream}{position}: {}", self.what)).remedy(self.remedy);
        match store.file() {
            Some(file) => failure.on(file),
            None => failure,
        }
    }
}
