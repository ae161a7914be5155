//! What the window costs: a draw, a refresh, a first look, over small and large playgrounds.
//!
//! A draw and a refresh must not depend on how many events there are: windows, never lists. Beside them stands a frame with the
//! same three tables, written by hand with the library's own widgets.
//!
//! `cargo bench --bench window`

use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};

use diptych::application::commands::Command;
use diptych::tui::Appearance;
use diptych::tui::picture::{Press, Sitting};
use diptych::world::{Directory, Opening, Playground};
use divan::Bencher;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::{Constraint, Layout};
use ratatui::widgets::{Block, Row, Table};
use rusqlite::Connection;
use serde_json::json;

/// A hundred events a stream, ten rows a stream in the world of state.
const SIZES: [u64; 2] = [10_000, 1_000_000];

fn main() {
    divan::main();
}

/// The playgrounds, built once.
static BUILT: LazyLock<Mutex<Vec<(u64, tempfile::TempDir)>>> = LazyLock::new(Mutex::default);

fn playground(events: u64) -> PathBuf {
    let mut built = BUILT.lock().expect("nobody panics while building");
    if let Some((_, directory)) = built.iter().find(|(known, _)| *known == events) {
        return directory.path().join("playground");
    }
    let directory = tempfile::tempdir().expect("a temporary directory can be made");
    let path = directory.path().join("playground");
    build(&path, events);
    built.push((events, directory));
    path
}

/// One command of the program's own, then rows and events as it would have written them.
fn build(path: &Path, events: u64) {
    let given = json!({ "name": "Laptop", "price": "999.99" });
    let command = Command::read("CreateProduct", given.as_object().expect("an object")).expect("a command");
    let mut playground = Playground::open(opening(path)).expect("it can be begun");
    playground.perform(command, None, None).expect("it can be performed");
    drop(playground);
    fill(&path.join("state.db"), events / 10, ROWS);
    fill(&path.join("events.db"), events, EVENTS);
    fill(&path.join("hybrid.db"), events / 10, ROWS);
}

fn fill(file: &Path, many: u64, sql: &str) {
    let connection = Connection::open(file).expect("it is a database");
    connection.execute(sql, [i64::try_from(many).expect("few")]).expect("they can be inserted");
}

const ROWS: &str = "
    WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
    INSERT INTO products (id, name, price, is_active, version, created_at, updated_at)
    SELECT printf('%08x-0000-4000-8000-%012x', i, i), 'Product ' || i, (i % 1000) || '.99', 1, 1,
           '2024-01-01T10:00:00.000Z', '2024-01-01T10:00:00.000Z' FROM n";

const EVENTS: &str = "
    WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?1),
    e(i, id, v) AS (SELECT i, printf('%08x-0000-4000-8000-000000000000', i / 100 + 1), i % 100 + 1 FROM n WHERE i >= 100)
    INSERT INTO events (event_id, stream_id, version, event_type, schema_version, recorded_at, data, metadata)
    SELECT printf('018cc251-f400-7000-8000-%012x', i), 'product-' || id, v,
           CASE v WHEN 1 THEN 'ProductCreatedEvent' ELSE 'ProductPriceUpdatedEvent' END, 1, '2024-01-01T10:00:00.000Z',
           CASE v WHEN 1 THEN json_object('product_id', id, 'name', 'Product ' || i, 'price', '1.99',
                                          'created_at', '2024-01-01T10:00:00Z')
                  ELSE json_object('product_id', id, 'old_price', (v - 1) || '.99', 'new_price', v || '.99',
                                   'updated_at', '2024-01-01T10:00:00Z') END,
           '{}' FROM e";

fn opening(path: &Path) -> Opening {
    Opening::of(Directory::at(path).expect("the directory can be made"))
}

fn sitting(events: u64) -> Sitting {
    let mut sitting = Sitting::begin(opening(&playground(events)), Appearance::default()).expect("it opens");
    sitting.resize(200, 60).expect("it can be seen");
    sitting
}

fn terminal() -> Terminal<TestBackend> {
    let Ok(terminal) = Terminal::new(TestBackend::new(200, 60));
    terminal
}

fn press(sitting: &mut Sitting, keys: &str) {
    sitting.press(&Press::read(keys).expect("keys")).expect("it can be done");
}

/// One full draw at 200×60.
#[divan::bench(args = SIZES)]
fn draw(bencher: Bencher<'_, '_>, events: u64) {
    let (sitting, mut terminal) = (sitting(events), terminal());
    bencher.bench_local(|| terminal.draw(|frame| sitting.draw(frame)).map(|_| ()));
}

/// The same three tables with the library's widgets.
#[divan::bench]
fn draw_by_hand(bencher: Bencher<'_, '_>) {
    let mut terminal = terminal();
    bencher.bench_local(|| {
        terminal
            .draw(|frame| {
                let [panes, trace] =
                    Layout::vertical([Constraint::Fill(1), Constraint::Length(14)]).areas(frame.area());
                let [left, right] = Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]).areas(panes);
                for (area, rows, title) in [(left, 40, "STATE"), (right, 40, "EVENTS"), (trace, 12, "trace")] {
                    let rows = (0..rows).map(|row| {
                        Row::new([
                            format!("{row:04x}"),
                            format!("Product {row}"),
                            format!("{}.99", row * 7),
                            "yes".to_owned(),
                            row.to_string(),
                            "10:42".to_owned(),
                        ])
                    });
                    let widths = [8, 24, 12, 8, 6, 20].map(Constraint::Length);
                    let header = Row::new(["id", "name", "price", "active", "v", "updated"]);
                    frame.render_widget(
                        Table::new(rows, widths).header(header).block(Block::bordered().title(title)),
                        area,
                    );
                }
            })
            .map(|_| ())
    });
}

/// What the engine does for a screen after each request: sees both panes.
#[divan::bench(args = SIZES)]
fn refresh(bencher: Bencher<'_, '_>, events: u64) {
    let mut sitting = sitting(events);
    bencher.bench_local(|| sitting.see());
}

/// The same at the far end of the log.
#[divan::bench(args = SIZES)]
fn refresh_at_the_end(bencher: Bencher<'_, '_>, events: u64) {
    let mut sitting = sitting(events);
    press(&mut sitting, "tab end");
    bencher.bench_local(|| sitting.see());
}

/// From a closed playground to its first rows: counts included.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn open_and_first_look(bencher: Bencher<'_, '_>, events: u64) {
    let path = playground(events);
    bencher.bench_local(|| {
        let mut sitting = Sitting::begin(opening(&path), Appearance::default()).expect("it opens");
        sitting.resize(200, 60).expect("it can be seen");
        sitting
    });
}

/// A command in three worlds, and the look after it.
#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn command_and_look(bencher: Bencher<'_, '_>, events: u64) {
    let mut sitting = sitting(events);
    bencher.bench_local(|| press(&mut sitting, "n \"CreateP\" enter \"Lamp\" enter \"12.50\" enter"));
}

/// A filter typed over the whole log, newest first, up to its bound.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn filter_what_happened(bencher: Bencher<'_, '_>, events: u64) {
    let mut sitting = sitting(events);
    press(&mut sitting, "tab");
    bencher.bench_local(|| press(&mut sitting, "/ \"nowhere\" esc"));
}
