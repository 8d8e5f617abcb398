//! Requests and answers; who may ask.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, TcpListener};
use std::sync::{Arc, PoisonError};

use axum::Router;
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

use super::board::Board;
use super::edition::{Answer, Want};
use super::newsroom::Current;
use super::page::{self, Behind, RESERVED, Told, with_script};
use crate::site::theme::is_fingerprinted;

/// What every request needs.
pub struct Server {
    pub board: Board,
    pub current: Arc<Current>,
    /// Path of the site's root: `/`, `/archive/`.
    pub base: String,
    /// The host that the server was started with: a name or an address.
    pub host: String,
}

/// Answers requests until the program ends.
///
/// # Errors
/// When the listener can't be used.
pub fn run(listener: TcpListener, server: Arc<Server>) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let router = Router::new().fallback(answer).with_state(server);
        axum::serve(listener, router).await
    })
}

async fn answer(Shared(server): Shared<Arc<Server>>, request: Request) -> Response {
    if !server.may_ask(request.headers()) {
        let text = "This server answers only to the host it was started with (--host).\n";
        return (StatusCode::FORBIDDEN, text).into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let Ok(path) = percent_decode_str(request.uri().path()).decode_utf8() else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let mut response = if let Some(name) = path.strip_prefix(RESERVED) {
        server.reserved(name).await
    } else if let Some(path) = path.strip_prefix(server.base.as_str()) {
        server.site(path).await
    } else {
        moved(&server.base)
    };
    let status = response.status();
    let headers = response.headers_mut();
    // The next request may get something else, but for what has its hash in its name.
    let keep = response_is_of_hashed_name(&path, status);
    let caching = if keep {
        "max-age=3600, immutable"
    } else {
        "no-store"
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

/// Whether this is a file that never changes under its name.
fn response_is_of_hashed_name(path: &str, status: StatusCode) -> bool {
    status == StatusCode::OK && !path.starts_with(RESERVED) && is_fingerprinted(path)
}

impl Server {
    /// A page elsewhere on the web must not read a draft by giving this machine a name of its own
    /// (DNS rebinding): only names that nobody else can have are answered.
    fn may_ask(&self, headers: &HeaderMap) -> bool {
        let host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok());
        host.is_some_and(|host| is_known(host, &self.host))
    }

    async fn reserved(&self, name: &str) -> Response {
        match name {
            "live.js" => typed("text/javascript; charset=utf-8", page::SCRIPT),
            "live.css" => typed("text/css; charset=utf-8", page::STYLE),
            "events" => {
                let states = WatchStream::new(self.board.follow());
                let events = states.map(|state| {
                    let json = serde_json::to_string(&state).unwrap_or_default();
                    Ok::<_, Infallible>(Event::default().data(json))
                });
                Sse::new(events).into_response()
            }
            _ => match name.strip_prefix("view/") {
                Some(path) => self.edition_answer(path, Want::View).await,
                None => StatusCode::NOT_FOUND.into_response(),
            },
        }
    }

    async fn site(&self, path: &str) -> Response {
        self.edition_answer(path, Want::Output).await
    }

    async fn edition_answer(&self, path: &str, want: Want) -> Response {
        // Before the page: if a new edition comes out meanwhile, the page is loaded again.
        let state = self.board.now();
        let edition = {
            let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
            current.clone()
        };
        let Some(edition) = edition else {
            let html = page::bare(
                "briefbook",
                "The archive is being read; the page comes by itself.",
            );
            return self.page(StatusCode::OK, &html, path, &state.edition, None);
        };
        match edition.answer(path.to_owned(), want).await {
            Answer::Page {
                html,
                found,
                fault,
                behind,
            } => {
                let status = match (found, fault.is_empty()) {
                    (_, false) => StatusCode::INTERNAL_SERVER_ERROR,
                    (true, true) => StatusCode::OK,
                    (false, true) => StatusCode::NOT_FOUND,
                };
                let html = if html.is_empty() {
                    page::bare(
                        "This page can't be rendered",
                        "It comes back once the fault is mended.",
                    )
                } else {
                    html
                };
                self.page(status, &html, path, &state.edition, Some((&behind, &fault)))
            }
            Answer::File { bytes, media_type } => typed(media_type, bytes),
            Answer::Moved(to) => moved(&format!("{}{to}", self.base)),
            Answer::Failed(reason) => {
                let html = page::bare("This page can't be shown", &reason);
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                self.page(status, &html, path, &state.edition, None)
            }
        }
    }

    fn page(
        &self,
        status: StatusCode,
        html: &[u8],
        path: &str,
        edition: &str,
        about: Option<(&Behind, &str)>,
    ) -> Response {
        let unknown = Behind::default();
        let (behind, fault) = about.unwrap_or((&unknown, ""));
        let told = Told {
            edition,
            base: &self.base,
            path,
            behind,
            fault,
        };
        let html = with_script(html, &told);
        (status, typed("text/html; charset=utf-8", html)).into_response()
    }
}

fn typed(media_type: &'static str, bytes: impl IntoResponse) -> Response {
    let mut response = bytes.into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}

fn moved(to: &str) -> Response {
    let to = percent_encoding::utf8_percent_encode(to, PATH).to_string();
    match HeaderValue::from_str(&to) {
        Ok(to) => (StatusCode::FOUND, [(header::LOCATION, to)]).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What can't stand in the path of an address as it is (RFC 3986, 3.3).
const PATH: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// Whether a Host header names this server, which was started as `own`. Asked for by number, it
/// can only have been meant; that is how phones on the desk find a server for all of them.
fn is_known(host: &str, own: &str) -> bool {
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let number = name.parse::<IpAddr>().ok();
    name.eq_ignore_ascii_case("localhost")
        || name.eq_ignore_ascii_case(own)
        || number.is_some_and(|number| {
            number.is_loopback() || own.parse::<IpAddr>().is_ok_and(|own| own.is_unspecified())
        })
}

#[cfg(test)]
mod tests {
    use super::is_known;

    #[test]
    fn only_names_that_nobody_else_can_have_are_answered() {
        for (host, own, known) in [
            ("localhost:8000", "127.0.0.1", true),
            ("127.0.0.1:8000", "127.0.0.1", true),
            ("[::1]:8000", "127.0.0.1", true),
            ("evil.example:8000", "127.0.0.1", false),
            ("evil.example", "0.0.0.0", false),
            ("192.168.1.7:8000", "127.0.0.1", false),
            ("192.168.1.7:8000", "192.168.1.7", true),
            ("192.168.1.7:8000", "0.0.0.0", true),
            ("desk.local:8000", "desk.local", true),
        ] {
            assert_eq!(is_known(host, own), known, "{host} at {own}");
        }
    }
}
