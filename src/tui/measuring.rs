//! A measurement that runs beside the window: on a thread of its own, with real files, until it is done or ended.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use tokio::sync::mpsc::UnboundedSender;

use crate::kernel::Failure;
use crate::lab::evidence::{self, Evidence, Load, Progress};

/// What it says.
#[derive(Debug)]
pub enum Told {
    /// How far it has come, in hundredths.
    Percent(u64),
    /// What was measured.
    Done(Box<Evidence>),
    /// It was ended; nothing was measured.
    Ended,
    /// It failed.
    Failed(Failure),
}

/// A measurement on its way. Dropping it ends it, and waits until its files are gone.
pub struct Measuring {
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Measuring {
    /// Begins one.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub fn begin(load: Load, tell: UnboundedSender<Told>) -> Result<Self, Failure> {
        let ends = Arc::new(AtomicBool::new(false));
        let ended = Arc::clone(&ends);
        let work = move || {
            let mut last = 0;
            let mut progress = |Progress { done, of }: Progress| {
                let percent = done * 100 / of.max(1);
                if percent > last {
                    last = percent;
                    // A window that is gone needs no news.
                    let _ = tell.send(Told::Percent(percent));
                }
                if ended.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            let told = match evidence::run(&load, None, &mut progress) {
                Ok(Some(evidence)) => Told::Done(Box::new(evidence)),
                Ok(None) => Told::Ended,
                Err(failure) => Told::Failed(failure),
            };
            let _ = tell.send(told);
        };
        let thread = std::thread::Builder::new().name("measuring".to_owned()).spawn(work);
        let thread = thread.map_err(|error| Failure::new(format!("the measurement cannot be started: {error}")))?;
        Ok(Self { ends, thread: Some(thread) })
    }

    /// Asks it to end; it says so when it has.
    pub fn end(&self) {
        self.ends.store(true, Ordering::Relaxed);
    }
}

impl Drop for Measuring {
    fn drop(&mut self) {
        self.end();
        if let Some(thread) = self.thread.take() {
            // A panic there has been reported by the panic hook already.
            let _ = thread.join();
        }
    }
}
