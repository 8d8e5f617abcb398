//! The `briefbook` program.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A site is made of millions of short strings and lists, on all processors at once.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    briefbook::cli::main()
}
