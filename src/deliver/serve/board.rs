//! What browsers are told: which edition is out, and what is wrong.

use std::collections::BTreeMap;

use serde::Serialize;
use tokio::sync::watch;

/// The state of the site, as the script in the page gets it. Complete in itself: a browser that
/// missed some states needs only the last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct State {
    /// A page of another edition must be loaded again. Style sheets don't count.
    pub edition: String,
    /// Name of each style sheet (`style.css`) to its address, which changes with its content.
    pub styles: BTreeMap<String, String>,
    /// What is wrong, as on the terminal; empty when nothing is.
    pub errors: String,
}

/// Where the state stands for all to see.
#[derive(Debug, Clone)]
pub struct Board {
    state: watch::Sender<State>,
}

impl Board {
    pub fn new() -> Self {
        Self {
            state: watch::Sender::new(State::default()),
        }
    }

    /// Puts up a new state; browsers hear of it if it differs.
    pub fn put(&self, state: State) {
        self.state.send_if_modified(|old| {
            let differs = *old != state;
            *old = state;
            differs
        });
    }

    pub fn now(&self) -> State {
        self.state.borrow().clone()
    }

    /// The state now, and each one after it.
    pub fn follow(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }
}

impl Default for Board {
    fn default() -> Self {
        Self::new()
    }
}
