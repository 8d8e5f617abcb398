//! The `briefbook` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    briefbook::cli::main()
}
