//! The engine's thread.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::desk::Desk;
use super::messages::{Request, Update};
use crate::kernel::Failure;
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
            .spawn(move || run(opening, &inbox, &tell))
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

fn run(opening: Opening, inbox: &Receiver<Request>, tell: &dyn Fn(Update)) {
    let mut desk = match Desk::open(opening, tell) {
        Ok(desk) => desk,
        Err(failure) => return tell(Update::Failed(failure)),
    };
    while let Ok(first) = inbox.recv() {
        for request in std::iter::once(first).chain(inbox.try_iter()) {
            if let Err(failure) = desk.work_on(request, tell) {
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
