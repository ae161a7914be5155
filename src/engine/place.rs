//! Where a stream stands in the list that a pane shows, so that a selection beside it can be followed there.

use super::published::Published;
use super::sift::Sieve;
use super::view::{PaneLook, Sight};
use crate::domain::Context;
use crate::kernel::store::LogRange;
use crate::kernel::{Failure, Version};
use crate::world::World;

/// In a list that is sorted or sifted here, of at most so many: nobody waits for a larger one because a selection moved.
const MOST: u64 = 5_000;

/// The place from the list's start of a stream's row, or of its newest fact; `None` where the list does not show it.
pub(super) fn place(
    look: &PaneLook,
    stream: &str,
    world: &World,
    published: &Published,
    sieve: &mut Sieve,
) -> Result<Option<u64>, Failure> {
    match &look.sight {
        Sight::Is(context) => of_row(look, *context, stream, world, sieve),
        Sight::Happened(Some(shown)) if shown != stream => Ok(None),
        Sight::Happened(shown) if !look.sift.text.trim().is_empty() => {
            let found = sieve.facts(world, shown.as_deref(), &look.sift.text, published)?;
            Ok(found.all.iter().position(|fact| fact.stream == stream).map(|place| place as u64))
        }
        Sight::Happened(Some(_)) => Ok(Some(0)),
        Sight::Happened(None) => of_newest_fact(stream, world, published),
    }
}

fn of_row(
    look: &PaneLook,
    context: Context,
    stream: &str,
    world: &World,
    sieve: &mut Sieve,
) -> Result<Option<u64>, Failure> {
    let collection = world.collection(context);
    let Some(id) = stream.strip_prefix(collection.name()).and_then(|rest| rest.strip_prefix('-')) else {
        return Ok(None);
    };
    if look.sift.is_idle() {
        return collection.place(id);
    }
    if collection.count()? > MOST {
        return Ok(None);
    }
    let found = sieve.ids(world, context, &look.sift)?;
    Ok(found.all.iter().position(|one| one == id).map(|place| place as u64))
}

/// Event ids begin with the recorded time and the command's number, so their order is the order of the facts, kept or not.
fn of_newest_fact(stream: &str, world: &World, published: &Published) -> Result<Option<u64>, Failure> {
    let not_kept = published.not_kept(world.kind(), None);
    let newest_not_kept = not_kept.iter().filter(|fact| fact.stream == stream).map(|fact| fact.event_id.clone()).max();
    let mut newest = newest_not_kept;
    let mut newer = None;
    if let Some(last) = world.store().last_of(stream)? {
        world.store().stream(stream, Version(last.version.0.saturating_sub(1)), &mut |kept| {
            if newest.as_ref().is_none_or(|newest| kept.event_id > newest.as_str()) {
                newest = Some(kept.event_id.to_owned());
                newer = Some(last.position);
            }
            Ok(())
        })?;
    }
    let Some(newest) = newest else { return Ok(None) };
    let kept = match newer {
        // Positions are without gaps.
        Some(position) => world.store().head()?.0.saturating_sub(position.0),
        None => kept_after(&newest, world)?,
    };
    Ok(Some(kept + not_kept.iter().filter(|fact| fact.event_id > newest).count() as u64))
}

/// How many facts of the log came after one that no log keeps. There are few: only the last of those are remembered.
fn kept_after(event_id: &str, world: &World) -> Result<u64, Failure> {
    const CHUNK: usize = 64;
    let (mut after, mut range) = (0, LogRange::tail(CHUNK));
    loop {
        let (mut read, mut reached) = (0, false);
        world.store().log(range, &mut |kept| {
            (read, range.from) = (read + 1, kept.position);
            reached |= kept.event_id <= event_id;
            after += u64::from(!reached);
            Ok(())
        })?;
        if reached || read < CHUNK {
            return Ok(after);
        }
    }
}
