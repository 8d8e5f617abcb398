//! How many processors a command works on.

use std::num::NonZeroUsize;

use super::Outcome;
use super::terminal::Terminal;

/// Sets how many processors everything after this works on; `None` is all of them. What makes no
/// sense has been said.
pub fn limit(jobs: Option<&str>, terminal: &Terminal) -> Result<(), Outcome> {
    // An empty variable in the environment is as good as none.
    let Some(typed) = jobs.filter(|text| !text.is_empty()) else {
        return Ok(());
    };
    let Ok(jobs) = typed.parse::<NonZeroUsize>() else {
        terminal.error(
            &format!("`{typed}` is not a number of processors"),
            "write a whole number from 1 on, or leave `--jobs` and BRIEFBOOK_JOBS out to use all",
        );
        return Err(Outcome::Mistyped);
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.get());
    pool.build_global().map_err(|error| {
        terminal.error(
            &format!("{jobs} threads cannot be started: {error}"),
            "a larger number than that of the machine's processors makes nothing faster",
        );
        Outcome::Faulty
    })
}
