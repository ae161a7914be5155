//! Running the matrix: first each world without a crash, then every cell, on as many threads as there are.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tempfile::TempDir;

use super::cell::{Cell, Hole, Uninterrupted, Verdict, dropped, told_twice};
use super::picture::Picture;
use super::{Matrix, Plan, Progress};
use crate::application::commands::Command;
use crate::kernel::call::Circumstances;
use crate::kernel::{Failure, Timestamp};
use crate::storage::Sync;
use crate::world::{CommandInput, Fault, FaultKind, Place, Policy, World, WorldKind};

/// Runs every cell. `progress` is told after each command; when `cancelled` becomes true, the rest is left out and `None` is answered.
///
/// # Errors
///
/// The first failure of the machine: no room for the files, a file that cannot be opened again.
pub fn run(
    plan: &Plan,
    progress: &(dyn Fn(Progress) + std::marker::Sync),
    cancelled: &AtomicBool,
) -> Result<Option<Matrix>, Failure> {
    let room = tempfile::Builder::new().prefix("diptych-crashes-").tempdir().map_err(|error| {
        Failure::new(format!("no temporary directory can be made: {error}"))
            .on(std::env::temp_dir())
            .remedy("set TMPDIR to a directory that may be written to")
    })?;
    let ways: Vec<Way> = plan.ways(&room);
    let of = ways.len() * plan.commands.len();
    let done = AtomicUsize::new(0);
    // Playing without a crash makes the copies that the cells begin with.
    let each_way = |way: &Way| way.play(plan, cancelled);
    let copied = spread(&ways, plan.jobs, cancelled, &each_way)?;
    let jobs: Vec<(usize, usize)> =
        copied.iter().enumerate().flat_map(|(way, copies)| (0..*copies).map(move |index| (way, index))).collect();
    let cells = spread(&jobs, plan.jobs, cancelled, &|(way, index)| {
        let cells = ways[*way].crash_each(plan, *index, cancelled);
        progress(Progress { done: done.fetch_add(1, Ordering::Relaxed) + 1, of });
        cells
    })?;
    if cancelled.load(Ordering::Relaxed) {
        return Ok(None);
    }
    Ok(Some(Matrix { cells: cells.into_iter().flatten().collect() }))
}

/// Works through a list on some threads; the results are in the list's order, whoever was first.
fn spread<T: std::marker::Sync, R: Send>(
    list: &[T],
    jobs: usize,
    cancelled: &AtomicBool,
    work: &(dyn Fn(&T) -> Result<R, Failure> + std::marker::Sync),
) -> Result<Vec<R>, Failure> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(usize, Result<R, Failure>)>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, list.len().max(1)) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = list.get(index).filter(|_| !cancelled.load(Ordering::Relaxed)) else { return };
                    let result = work(item);
                    // A thread that panicked has been reported already; its list is as good as it was.
                    let mut results = results.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    results.push((index, result));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// One world under one policy, in a directory of its own.
struct Way {
    policy: Policy,
    world: WorldKind,
    room: PathBuf,
}

impl Plan {
    fn ways(&self, room: &TempDir) -> Vec<Way> {
        let worlds = |policy: &Policy| self.worlds.iter().map(|world| (policy.clone(), *world)).collect::<Vec<_>>();
        let all = self.policies.iter().flat_map(worlds).enumerate();
        all.map(|(index, (policy, world))| Way { policy, world, room: room.path().join(index.to_string()) }).collect()
    }

    /// The time before which nothing of a command is recorded.
    fn not_before(&self, index: usize) -> Timestamp {
        let earlier = self.commands[..index].iter().map(|(_, input)| input.over()).max();
        earlier.unwrap_or(self.commands[index].1.at)
    }
}

impl Way {
    /// Plays every command, keeping a copy of the file before each; answers how many there are.
    fn play(&self, plan: &Plan, cancelled: &AtomicBool) -> Result<usize, Failure> {
        fs::create_dir(&self.room).map_err(|error| unwritable(&self.room, &error))?;
        let file = self.room.join("playing.db");
        // A file is whole once nobody has it open.
        drop(self.open(plan, &file)?);
        for (index, (_, input)) in plan.commands.iter().enumerate() {
            if cancelled.load(Ordering::Relaxed) {
                return Ok(0);
            }
            let copy = self.copy(index);
            fs::copy(&file, &copy).map_err(|error| unwritable(&copy, &error))?;
            let (command, of) = self.command(plan, index, input)?;
            self.open(plan, &file)?.rehearse(command, of, &[], &mut |_| Ok(()))?;
        }
        Ok(plan.commands.len())
    }

    fn open(&self, plan: &Plan, file: &Path) -> Result<World, Failure> {
        World::open(self.world, file, plan.wiring, &Rc::new(self.policy.clone()), Sync::Normal)
    }

    /// The copy of the file as it was before a command.
    fn copy(&self, index: usize) -> PathBuf {
        self.room.join(format!("{index}.db"))
    }

    fn command<'a>(
        &self,
        plan: &Plan,
        index: usize,
        input: &'a CommandInput,
    ) -> Result<(Command, Circumstances<'a>), Failure> {
        let command = Command::read(&input.command, &input.with)
            .map_err(|error| Failure::new(format!("command {}: {error}", input.n)))?;
        let of = Circumstances {
            command: &input.command,
            number: input.n,
            seed: plan.seed,
            now: input.at,
            not_before: plan.not_before(index),
            actor: "operator",
        };
        Ok((command, of))
    }

    /// Lets the world crash at each step of one command.
    fn crash_each(&self, plan: &Plan, index: usize, cancelled: &AtomicBool) -> Result<Vec<Cell>, Failure> {
        let (scene, input) = &plan.commands[index];
        let uninterrupted = self.uninterrupted(plan, index, input)?;
        let cell = |at, answered, verdict, dropped| Cell {
            policy: self.policy.to_string(),
            world: self.world,
            scene: *scene,
            command: input.command.clone(),
            at,
            answered,
            verdict,
            dropped,
        };
        let result = &uninterrupted.reply.reply.result;
        let mut cells = vec![cell(None, Some(result.status.0), uninterrupted.verdict(), 0)];
        for step in &uninterrupted.reply.reply.trace {
            if cancelled.load(Ordering::Relaxed) {
                break;
            }
            let at = step.place();
            let (answered, verdict, dropped) = self.crash_at(plan, index, at, &uninterrupted)?;
            cells.push(cell(Some(at), answered, verdict, dropped));
        }
        Ok(cells)
    }

    fn uninterrupted(&self, plan: &Plan, index: usize, input: &CommandInput) -> Result<Uninterrupted, Failure> {
        let file = self.begin(index, "whole")?;
        let mut world = self.open(plan, &file)?;
        let before = Picture::of(&world)?;
        let (command, of) = self.command(plan, index, input)?;
        let reply = world.rehearse(command, of, &[], &mut |_| Ok(()))?;
        let after = Picture::of(&world)?;
        let facts = reply.reply.facts.clone();
        drop(world);
        remove(&file);
        Ok(Uninterrupted { before, after, reply, facts })
    }

    /// Whether somebody was answered, what came of it, and what recovery has dropped.
    fn crash_at(
        &self,
        plan: &Plan,
        index: usize,
        at: Place,
        uninterrupted: &Uninterrupted,
    ) -> Result<(Option<u16>, Verdict, u32), Failure> {
        let (_, input) = &plan.commands[index];
        let file = self.begin(index, "crash")?;
        let mut world = self.open(plan, &file)?;
        let (command, of) = self.command(plan, index, input)?;
        let crash = Fault { at, world: None, kind: FaultKind::Crash };
        let mut reopened = None;
        let reply = world.rehearse(command.clone(), of, &[crash], &mut |world| {
            reopened = Some(Picture::of(world)?);
            Ok(())
        })?;
        let recovered = Picture::of(&world)?;
        // A step that was there without a crash is there with one.
        let reopened = reopened.ok_or_else(|| Failure::new(format!("{} never came to {at}", input.command)))?;
        let mut verdict = uninterrupted.judge(&reopened, &recovered, &reply, world.bus());
        let answered = Some(reply.reply.result.status.0).filter(|status| *status != 503);
        let untrue = |holes: &Vec<Hole>| holes.contains(&Hole::PublishedWithoutState);
        if let Verdict::Holes(holes) = &mut verdict
            && answered.is_none()
            && untrue(holes)
        {
            // Whoever was not answered asks again.
            let again = Circumstances { number: input.n + 1, ..of };
            world.rehearse(command, again, &[], &mut |_| Ok(()))?;
            if told_twice(&uninterrupted.after, &Picture::of(&world)?) {
                holes.push(Hole::DeliveredTwice);
            }
        }
        drop(world);
        remove(&file);
        Ok((answered, verdict, dropped(&reply.reply.trace)))
    }

    /// A file as it was before a command, for one run.
    fn begin(&self, index: usize, name: &str) -> Result<PathBuf, Failure> {
        let file = self.room.join(format!("{index}-{name}.db"));
        remove(&file);
        fs::copy(self.copy(index), &file).map_err(|error| unwritable(&file, &error))?;
        Ok(file)
    }
}

/// Removes a database that nobody has open. What stays is overwritten or goes with the directory.
fn remove(file: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let mut path = file.as_os_str().to_owned();
        path.push(ending);
        let _ = fs::remove_file(path);
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot be written: {error}"))
        .on(path)
        .remedy("check that there is room where the system keeps temporary files")
}
