//! `--jobs` decides how many processors a command works on. A process decides that once, so that this
//! is a program of its own.

use std::thread::available_parallelism;

use briefbook::cli::jobs::limit;
use briefbook::cli::terminal::{Terminal, Volume};

#[test]
fn so_many_threads_work_as_were_asked_for() {
    // One that nobody would get without asking.
    let jobs = available_parallelism().map_or(1, usize::from) + 1;
    let limited = limit(Some(&jobs.to_string()), &Terminal::new(Volume::Quiet));
    assert!(limited.is_ok());
    assert_eq!(rayon::current_num_threads(), jobs);
}
