//! What the probe costs where nobody watches: commands through the pipeline over a store in memory, so that no disk hides it.
//!
//! Two builds of the same program, run by turns:
//!
//! ```text
//! cargo bench --bench probe --no-run                              # note the file that it names
//! cargo bench --bench probe --no-run --features without-probe     # and this one
//! for i in 1 2 3 4 5; do FIRST; SECOND; done
//! ```
//!
//! Each prints the commands a second of its fastest round, which is the one that the machine disturbed least; compare the two
//! greatest.

use std::rc::Rc;
use std::time::Instant;

use diptych::application::commands::Command;
use diptych::kernel::Timestamp;
use diptych::kernel::call::Circumstances;
use diptych::storage::MemoryStore;
use diptych::world::{Bus, Policy, Wiring, World, WorldKind};
use futures_util::FutureExt;
use serde_json::json;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 60;
const COMMANDS: u64 = 4_000;

fn main() {
    let mut fastest = f64::MAX;
    for _ in 0..ROUNDS {
        fastest = fastest.min(round());
    }
    let probe = if cfg!(feature = "without-probe") { "compiled out" } else { "with nobody watching" };
    println!("probe {probe}: {:.0} commands/s", COMMANDS as f64 / fastest);
}

/// Seconds for as many commands: a product whose price changes again and again, under the guide's policy.
fn round() -> f64 {
    let policy = Rc::new(Policy::guide());
    let store = Rc::new(MemoryStore::new());
    let world = World::new(WorldKind::State, Wiring::STATE, policy, store, Bus::of_the_shop()).expect("it is empty");
    let created = perform(&world, 1, "CreateProduct", &json!({ "name": "Laptop", "price": "1" }));
    let id = created["product_id"].clone();
    let begun = Instant::now();
    for number in 2..COMMANDS + 2 {
        perform(&world, number, "UpdateProductPrice", &json!({ "product_id": id, "new_price": number.to_string() }));
    }
    begun.elapsed().as_secs_f64()
}

fn perform(world: &World, number: u64, name: &str, with: &serde_json::Value) -> serde_json::Value {
    let command = Command::read(name, with.as_object().expect("an object")).expect("a command");
    let now = Timestamp::start();
    let of = Circumstances { command: name, number, seed: 1, now, not_before: now, actor: "bench" };
    let reply = world.dispatch(command, of).now_or_never().expect("nobody holds it up");
    reply.result.result.expect("it is done")
}
