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
            let event = read::<A>(&stream, &payload, version.after(1)).map_err(|failure| match store.file() {
                Some(file) => failure.on(file),
                None => failure,
            })?;
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
fn read<A: Aggregate>(stream: &str, kept: &Payload<'_>, next: Version) -> Result<A::Event, Failure> {
    if kept.version != next {
        return Err(unreadable(stream, kept, &format!("version {next} is missing before it"), RESTORE));
    }
    if kept.schema_version > A::Event::SCHEMA_VERSION {
        return Err(unreadable(stream, kept, "a newer diptych wrote it", "open the file with that version of diptych"));
    }
    match A::Event::from_json(kept.event_type, kept.data) {
        Ok(Some(event)) => Ok(event),
        Ok(None) => {
            let what = format!("{} is no event of this aggregate", kept.event_type);
            Err(unreadable(stream, kept, &what, "open the file with the version of diptych that wrote it"))
        }
        Err(error) => Err(unreadable(stream, kept, &format!("its data cannot be read: {error}"), RESTORE)),
    }
}

const RESTORE: &str = "restore a copy of the file: the log was changed by something else than diptych";

#[cold]
fn unreadable(stream: &str, kept: &Payload<'_>, what: &str, remedy: &str) -> Failure {
    let Payload { version, position, .. } = kept;
    Failure::new(format!("event {version} of {stream}, position {position}: {what}")).remedy(remedy)
}
