//! One state of the site, answering for its addresses.
//!
//! A planned site borrows from its archive, so each edition lives on a thread of its own, with a
//! few workers that render what is asked for. It ends when nobody can ask it any more.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

use tokio::sync::oneshot;

use super::super::drawing;
use super::super::picture::published;
use super::media_type::media_type;
use super::page::Behind;
use crate::archive::ids::Node;
use crate::archive::linked::Archive;
use crate::content::cache::Cache;
use crate::content::stamps::Stamps;
use crate::diagnostic::{Findings, plain_text};
use crate::site::address::Address;
use crate::site::cards::Cards;
use crate::site::lists::Lists;
use crate::site::plan::{Content, Site};
use crate::site::render::{Output, Prepared, Renderer, View};
use crate::site::search::file::{Files, index};
use crate::site::search::posting::Parts;
use crate::site::shard::Shard;
use crate::site::theme::Theme;

/// Pages rendered at once. The machine has work of its own to do, and a browser asks for little;
/// one worker may be busy with the search index for a while.
const WORKERS: usize = 4;

/// What an edition is made from.
#[derive(Debug, Clone)]
pub struct Copy {
    pub root: PathBuf,
    pub archive: Arc<Archive>,
    /// Those of its articles, terms and pages: they stay when only the theme has changed.
    pub cards: Cards,
    pub theme: Arc<Theme>,
    pub base_url: String,
}

/// Pages as they were when they last could be rendered: shown while a template is broken.
pub type Kept = Mutex<HashMap<Address, Vec<u8>>>;

/// A running edition: ask it for pages. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Edition {
    ask: Sender<Ask>,
    pub styles: BTreeMap<String, String>,
}

struct Ask {
    path: String,
    want: Want,
    reply: oneshot::Sender<Answer>,
}

/// What is wanted of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// What readers get.
    Output,
    /// What its template gets, as JSON.
    View,
}

/// What stands at an address.
#[derive(Debug)]
pub enum Answer {
    /// A page of the site. `found` is false for the one that says that there is none.
    Page {
        html: Vec<u8>,
        found: bool,
        behind: Behind,
        /// Why this is an old page, or none at all; empty when all is well.
        fault: String,
    },
    File {
        bytes: Vec<u8>,
        media_type: &'static str,
    },
    /// The address is another one, below the site's root.
    Moved(String),
    Failed(String),
}

impl Edition {
    /// Plans a site and compiles its templates; `None` when that can't be done. What is wrong is
    /// in `findings`.
    pub fn start(copy: Copy, kept: Arc<Kept>, findings: &mut Findings) -> Option<Self> {
        let (ask, asked) = channel();
        let (ready, started) = channel();
        thread::spawn(move || live(&copy, &kept, &ready, asked));
        let (found, styles) = started.recv().ok()?;
        findings.absorb(found);
        Some(Self {
            ask,
            styles: styles?,
        })
    }

    /// What stands at a path below the site's root, without a `/` at its beginning.
    pub async fn answer(&self, path: String, want: Want) -> Answer {
        let (reply, answer) = oneshot::channel();
        if self.ask.send(Ask { path, want, reply }).is_err() {
            return Answer::Failed("the site has just been made again".to_owned());
        }
        answer
            .await
            .unwrap_or_else(|_| Answer::Failed("this page could not be rendered".to_owned()))
    }
}

type Started = (Findings, Option<BTreeMap<String, String>>);

fn live(copy: &Copy, kept: &Kept, ready: &Sender<Started>, asked: Receiver<Ask>) {
    let mut findings = Findings::default();
    let Copy {
        root,
        archive,
        cards,
        theme,
        base_url,
    } = copy;
    // The first page doesn't wait for the search index.
    let lists = Lists {
        cards: cards.clone(),
        search: Files::new(),
    };
    let site = Site::plan(archive, theme, base_url.clone(), lists, &mut findings);
    let Some(renderer) = Renderer::new(&site, &mut findings) else {
        // The newsroom waits for this answer; if it has gone, so has the reason to answer.
        let _ = ready.send((findings, None));
        return;
    };
    let _ = ready.send((findings, Some(theme.styles())));
    let desk = Desk {
        root,
        site: &site,
        renderer: &renderer,
        kept,
        search: OnceLock::new(),
    };
    let asked = Mutex::new(asked);
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                loop {
                    let next = asked.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok(Ask { path, want, reply }) = next else {
                        return;
                    };
                    // A fault in the program costs one page, not the server.
                    let answer = catch_unwind(AssertUnwindSafe(|| desk.answer(&path, want)));
                    let answer = answer.unwrap_or_else(|_| {
                        Answer::Failed(format!("a fault in briefbook itself: /{path}"))
                    });
                    // The browser may have gone on to another page.
                    let _ = reply.send(answer);
                }
            });
        }
    });
}

/// Where pages of an edition are made.
struct Desk<'a> {
    root: &'a Path,
    site: &'a Site<'a>,
    renderer: &'a Renderer<'a>,
    kept: &'a Kept,
    search: OnceLock<Files>,
}

impl Desk<'_> {
    /// An answer, unless a text has changed on disk that this edition knows as it was.
    fn answer(&self, path: &str, want: Want) -> Answer {
        let answer = self.planned(path, want);
        match self.site.archive.changed.files().first() {
            Some(file) => {
                Stamps::forget(&Cache::of(self.root));
                Answer::Failed(format!(
                    "{file} isn't what it was when it was last read: save it once more"
                ))
            }
            None => answer,
        }
    }

    /// Only what is planned is answered: a path can't lead out of the site.
    fn planned(&self, path: &str, want: Want) -> Answer {
        if want == Want::View {
            return match self.view(path) {
                Some(json) => Answer::File {
                    bytes: json.into_bytes(),
                    media_type: media_type("view.json"),
                },
                None => Answer::Failed(format!("no page with a template stands at /{path}")),
            };
        }
        let page = path.strip_suffix("index.html").unwrap_or(path);
        let address = Address::file(page);
        if let Some(content) = self.site.contents.get(&address) {
            return self.content(&address, content);
        }
        let folder = format!("{page}/");
        if !page.is_empty() && self.site.contents.contains_key(&Address::file(&folder)) {
            return Answer::Moved(folder);
        }
        if path.starts_with("search/") && self.site.archive.config.search {
            let files = self
                .search
                .get_or_init(|| index(self.site.archive, &self.site.cards, &Parts::new()).0);
            if let Some(bytes) = files.get(&address) {
                return Answer::File {
                    bytes: bytes.clone(),
                    media_type: media_type(path),
                };
            }
        }
        self.content(&Address::file("404.html"), &Content::NotFound(Shard::Front))
    }

    fn content(&self, address: &Address, content: &Content) -> Answer {
        let output = match self.renderer.prepare(address, content, None) {
            Prepared::Page(view) => return self.page(address, content, &view),
            Prepared::Done(output) => output,
        };
        let bytes = match output {
            Output::Page(bytes, _) | Output::Made(bytes, _) | Output::Bytes(bytes) => bytes,
            Output::Records(records) => records.bytes(self.site),
            // Nothing was said to be known.
            Output::Same => Vec::new(),
            Output::Picture { path, width } => match published(self.root, &path, width) {
                Ok((bytes, _)) => bytes,
                Err(error) => return Answer::Failed(error.to_string()),
            },
            Output::Drawing(drawing) => drawing::png(&drawing.draw()),
            Output::CopyOf(path) => match fs::read(self.root.join(&path)) {
                Ok(bytes) => bytes,
                Err(error) => return Answer::Failed(format!("{path} cannot be read: {error}")),
            },
        };
        Answer::File {
            bytes,
            media_type: media_type(&address.to_file()),
        }
    }

    fn page(&self, address: &Address, content: &Content, view: &View) -> Answer {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (html, fault) = match self.renderer.page_of(view) {
            Ok(Output::Page(html, _)) => {
                kept.insert(address.clone(), html.clone());
                (html, String::new())
            }
            Ok(_) => (Vec::new(), String::new()),
            Err(error) => {
                let mut findings = Findings::default();
                findings.push(error.on_page(address, 1));
                let html = kept.get(address).cloned().unwrap_or_default();
                (html, plain_text(&findings))
            }
        };
        drop(kept);
        let node = match content {
            Content::Article(id) => Some(Node::Article(*id)),
            Content::Page(id) => Some(Node::Page(*id)),
            Content::Term(id) => Some(Node::Term(*id)),
            _ => None,
        };
        let body = node.and_then(|node| self.site.archive.body(node));
        let template = self.site.theme.template(&view.template);
        Answer::Page {
            html,
            found: !matches!(content, Content::NotFound(_)),
            fault,
            behind: Behind {
                template: template
                    .map_or(&*view.template, |source| source.name())
                    .to_owned(),
                file: body.map(|body| body.source.name().to_owned()),
            },
        }
    }

    /// The view of a page as JSON, if a page is there.
    fn view(&self, path: &str) -> Option<String> {
        let address = Address::file(path);
        let content = self.site.contents.get(&address)?;
        match self.renderer.prepare(&address, content, None) {
            Prepared::Page(view) => Some(view.to_json()),
            Prepared::Done(_) => None,
        }
    }
}
