//! `briefbook serve`

use std::io;
use std::net::{TcpListener, ToSocketAddrs};
use std::path::Path;
use std::time::Duration;

use clap::Args;

use super::site_arguments::SiteArguments;
use super::terminal::{Terminal, duration};
use super::{Outcome, archive_root};
use crate::diagnostic::Findings;
use crate::serve;

/// How many ports are tried when the one that was asked for is taken.
const PORTS: u16 = 20;

/// Show the site in a browser while you work on it
///
/// Renders pages when they are asked for, and shows every change of content, theme or settings at
/// once. What is wrong stands over the page, and goes away when it is mended. Ctrl-C ends it.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Name or address to listen on; 0.0.0.0 lets phones on the same network in
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,

    /// Port to listen on; when it is taken, the next free one
    #[arg(long, short, value_name = "PORT", default_value_t = 8000)]
    port: u16,

    /// Open the site in the browser
    #[arg(long)]
    open: bool,

    #[command(flatten)]
    site: SiteArguments,
}

pub fn run(arguments: &Arguments, root: Option<&Path>, terminal: &Terminal) -> Outcome {
    let Arguments {
        host,
        port,
        open,
        site,
    } = arguments;
    let Some(root) = archive_root(root, terminal) else {
        return Outcome::Faulty;
    };
    let bound = listen(host, *port).and_then(|listener| {
        let port = listener.local_addr()?.port();
        Ok((listener, port))
    });
    let (listener, port) = match bound {
        Ok(bound) => bound,
        Err(error) => {
            terminal.error(
                &format!("cannot listen on {host}, port {port}: {error}"),
                "choose another `--port`, or another `--host`",
            );
            return Outcome::Faulty;
        }
    };
    let shown = if host.contains(':') {
        format!("[{host}]")
    } else {
        host.clone()
    };
    let url = format!("http://{shown}:{port}/");
    terminal.say(&format!("Serving the site at {url} (Ctrl-C ends it)"));
    if *open && let Err(error) = opener::open_browser(&url) {
        terminal.error(
            &format!("no browser could be opened: {error}"),
            &format!("open {url} yourself"),
        );
    }
    let tell = |findings: &Findings, took: Duration| {
        terminal.show(findings);
        if findings.errors() == 0 {
            terminal.say(&format!("The site is ready, after {}", duration(took)));
        }
    };
    let mut findings = Findings::default();
    let Some(()) = site.resolve(&root, terminal, |options| {
        serve(options, listener, host.clone(), &tell, &mut findings);
    }) else {
        return Outcome::Mistyped;
    };
    terminal.show(&findings);
    Outcome::Faulty
}

/// Listens on a port or the next free one; 0 is any free one.
fn listen(host: &str, port: u16) -> io::Result<TcpListener> {
    let last = if port == 0 {
        0
    } else {
        port.saturating_add(PORTS)
    };
    let mut failed = io::Error::from(io::ErrorKind::AddrInUse);
    for port in port..=last {
        let addresses: Vec<_> = (host, port).to_socket_addrs()?.collect();
        match TcpListener::bind(&addresses[..]) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => failed = error,
            Err(error) => return Err(error),
        }
    }
    Err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_leads_to_the_next_free_one() {
        let taken = listen("127.0.0.1", 0).expect("some port is free");
        let port = taken.local_addr().expect("it listens").port();
        if let Ok(next) = listen("127.0.0.1", port) {
            assert_ne!(next.local_addr().expect("it listens").port(), port);
        }
    }
}
