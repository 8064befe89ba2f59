//! How many components are judged at the same time, and where that is seen.

use std::sync::Mutex;

use tokio::sync::{Semaphore, SemaphorePermit};

use super::super::Test;
use super::super::judging::Shows;
use crate::ui::{SharedProgress, Ui};

/// Places for components that are judged. Each takes the memory of its sandboxes.
pub(super) struct Slots {
    free: Semaphore,
    /// Absent where one is judged after the other: then what happens is shown as it happens.
    shared: Option<SharedProgress>,
}

impl Slots {
    pub(super) fn new(count: usize, ui: &Ui) -> Self {
        Self { free: Semaphore::new(count), shared: (count > 1).then(|| ui.shared_progress()) }
    }

    /// Waits for a place.
    pub(super) async fn take(&self) -> SemaphorePermit<'_> {
        self.free.acquire().await.expect("nobody closes it")
    }

    /// Whether one is judged after the other.
    pub(super) fn is_live(&self) -> bool {
        self.shared.is_none()
    }

    /// Returns where the progress of one is seen.
    pub(super) fn shows<'a>(&'a self, ui: &'a Ui) -> Shows<'a> {
        match &self.shared {
            Some(shared) => Shows::Among(shared, Mutex::default()),
            None => Shows::Live(ui),
        }
    }

    /// Takes the common line away.
    pub(super) fn end(&self) {
        if let Some(shared) = &self.shared {
            shared.end();
        }
    }
}

impl Test {
    /// Returns how many places so many components get.
    pub(super) fn slots(&self, components: usize) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        self.jobs.map_or_else(cores, usize::from).min(components).max(1)
    }
}
