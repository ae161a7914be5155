//! The engine's thread.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::crashes;
use super::desk::Desk;
use super::messages::{Request, Update};
use crate::kernel::Failure;
use crate::lab::crashes::Plan;
use crate::world::Opening;

/// The handle to the thread. When it is dropped, the thread ends what it is doing, closes the playground and ends.
#[derive(Debug)]
pub struct Engine {
    requests: Option<Sender<Request>>,
    thread: Option<JoinHandle<()>>,
}

impl Engine {
    /// Opens a playground on a new thread. `tell` is called there with each update.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub fn start(opening: Opening, tell: impl Fn(Update) + Send + 'static) -> Result<Self, Failure> {
        let (requests, inbox) = channel();
        let thread = std::thread::Builder::new()
            .name("engine".to_owned())
            .spawn(move || run(opening, &inbox, &shared(tell)))
            .map_err(|error| Failure::new(format!("the engine cannot be started: {error}")))?;
        Ok(Self { requests: Some(requests), thread: Some(thread) })
    }

    /// Asks for something. After the engine has failed to open its playground, nothing happens.
    pub fn ask(&self, request: Request) {
        if let Some(requests) = &self.requests {
            // An engine that is gone has already told why.
            let _ = requests.send(request);
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.requests.take();
        if let Some(thread) = self.thread.take() {
            // A panic there has been reported by the panic hook already.
            let _ = thread.join();
        }
    }
}

/// How it tells, from whichever thread.
type Shared = Arc<dyn Fn(Update) + Send + Sync>;

fn shared(tell: impl Fn(Update) + Send + 'static) -> Shared {
    let tell = Mutex::new(tell);
    Arc::new(move |update| (tell.lock().unwrap_or_else(PoisonError::into_inner))(update))
}

fn run(opening: Opening, inbox: &Receiver<Request>, tell: &Shared) {
    let mut desk = match Desk::open(opening, &**tell) {
        Ok(desk) => desk,
        Err(failure) => return tell(Update::Failed(failure)),
    };
    let mut aside = Aside::default();
    while let Ok(first) = inbox.recv() {
        for request in std::iter::once(first).chain(inbox.try_iter()) {
            let done = match request {
                Request::Crashes { of, policies } => {
                    desk.plan(of, &policies).and_then(|plan| aside.begin(plan, Arc::clone(tell)))
                }
                Request::CancelCrashes => {
                    aside.cancel();
                    Ok(())
                }
                request => desk.work_on(request, &**tell),
            };
            if let Err(failure) = done {
                tell(Update::Failed(failure));
            }
        }
        match desk.see() {
            Ok(Some(view)) => tell(Update::Seen(Box::new(view))),
            Ok(None) => {}
            Err(failure) => tell(Update::Failed(failure)),
        }
    }
}

/// The crash matrix on a thread of its own, so that the playground can be used meanwhile. When it is dropped, the rest is left out.
#[derive(Default)]
struct Aside {
    running: Option<(Arc<AtomicBool>, JoinHandle<()>)>,
}

impl Aside {
    fn begin(&mut self, plan: Plan, tell: Shared) -> Result<(), Failure> {
        self.cancel();
        let cancelled = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&cancelled);
        let work = move || {
            if let Err(failure) = crashes::run(plan, &seen, &*tell) {
                tell(Update::Failed(failure));
            }
        };
        let thread = std::thread::Builder::new()
            .name("crashes".to_owned())
            .spawn(work)
            .map_err(|error| Failure::new(format!("the crash matrix cannot be started: {error}")))?;
        self.running = Some((cancelled, thread));
        Ok(())
    }

    fn cancel(&mut self) {
        if let Some((cancelled, thread)) = self.running.take() {
            cancelled.store(true, Ordering::Relaxed);
            // A panic there has been reported by the panic hook already.
            let _ = thread.join();
        }
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        self.cancel();
    }
}
