//! The works of `diptych bench`, a twentieth of the size: the real handlers and repositories beside the program written by hand.
//!
//! `cargo bench --bench works`

use diptych::lab::bench::{Contender, Options, Ready, Size, Work};
use divan::Bencher;

const BOTH: [Contender; 2] = [Contender::Diptych, Contender::Limit];

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

fn measure(bencher: Bencher<'_, '_>, work: Work, contender: Contender) {
    let options = Options { size: Size::SMALL, ..Options::default() };
    bencher
        .counter(divan::counter::ItemsCount::new(options.size.count(work)))
        .with_inputs(|| Ready::new(contender, work, &options).expect("a temporary directory can be written"))
        .bench_local_refs(|ready| ready.run().expect("the work can be done"));
}

#[divan::bench(args = BOTH, sample_count = 10, sample_size = 1)]
fn w1_commands_on_streams(bencher: Bencher<'_, '_>, contender: Contender) {
    measure(bencher, Work::W1, contender);
}

#[divan::bench(args = BOTH, sample_count = 10, sample_size = 1)]
fn w2_new_streams(bencher: Bencher<'_, '_>, contender: Contender) {
    measure(bencher, Work::W2, contender);
}

#[divan::bench(args = BOTH, sample_count = 10, sample_size = 1)]
fn w3_loads(bencher: Bencher<'_, '_>, contender: Contender) {
    measure(bencher, Work::W3, contender);
}

#[divan::bench(args = BOTH, sample_count = 10, sample_size = 1)]
fn w5_rebuild(bencher: Bencher<'_, '_>, contender: Contender) {
    measure(bencher, Work::W5, contender);
}

#[divan::bench(args = BOTH, sample_count = 10, sample_size = 1)]
fn w6_commands_on_rows(bencher: Bencher<'_, '_>, contender: Contender) {
    measure(bencher, Work::W6, contender);
}
