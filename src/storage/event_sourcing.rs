//! Event sourcing: an aggregate is remembered as the facts that made it.
//!
//! A save appends to the stream and writes no row; recalling folds the stream from its first fact. Nothing is ever overwritten.

use crate::kernel::changes::{Append, Changes};
use crate::kernel::event::Payload;
use crate::kernel::root::Recalled;
use crate::kernel::{
    Aggregate, DomainEvent, Expected, Fact, Failure, Id, Persistence, Root, Store, Timestamp, Version,
};

/// Remembers aggregates as streams of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventSourcing;

impl<A: Aggregate> Persistence<A> for EventSourcing {
    fn recall(&self, store: &dyn Store, id: &Id<A>) -> Result<Option<Recalled<A>>, Failure> {
        let mut state = A::new(id.clone());
        let mut version = Version::NONE;
        let stream = id.stream();
        store.payloads(&stream, Version::NONE, &mut |payload| {
            let next = version.after(1);
            let event = read::<A>(&payload, next).map_err(|why| why.of(store, &stream, payload.version))?;
            state.apply(&event);
            version = payload.version;
            Ok(())
        })?;
        Ok((version != Version::NONE).then_some(Recalled { version, state, row: None }))
    }

    fn changes(&self, root: &Root<A>, facts: &[Fact], _: Timestamp) -> Changes {
        if facts.is_empty() {
            return Changes::default();
        }
        let expected = if root.is_new() { Expected::NoStream } else { Expected::Exactly(root.version()) };
        let append = Append { stream: root.id().stream(), expected, facts: facts.to_vec() };
        Changes { rows: Vec::new(), appends: vec![append] }
    }

    fn recalling(&self, recalled: Option<&Recalled<A>>) -> String {
        match recalled {
            None => "no events".to_owned(),
            Some(Recalled { version: Version(1), .. }) => "1 event folded".to_owned(),
            Some(recalled) => format!("{} events folded", recalled.version),
        }
    }
}

/// The event of a payload, which must be the stream's next.
fn read<A: Aggregate>(kept: &Payload<'_>, next: Version) -> Result<A::Event, Unreadable> {
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
