//! An archive out of a few files written down in a test.

use std::collections::BTreeMap;

use briefbook::archive::entry::{Selection, Unpublished};
use briefbook::archive::ids::{ArticleId, Node, TermId};
use briefbook::archive::linked::Archive;
use briefbook::content::config::Config;
use briefbook::content::disk::ContentFolder;
use briefbook::content::kept::Kept;
use briefbook::content::library::Library;
use briefbook::content::parse::ContentFile;
use briefbook::diagnostic::{Findings, SourceText};
use briefbook::site::lists::Lists;
use briefbook::site::plan::Site;
use briefbook::site::render::{Output, Renderer};
use briefbook::site::theme::Theme;
use rayon::prelude::*;

/// An archive and what was found wrong with it.
pub(crate) struct Given {
    pub(crate) archive: Archive,
    pub(crate) findings: Findings,
}

/// Links files, each a path below `content/` with its front matter and its body; a title is
/// added where front matter has none. The day is 1 January 2030.
pub(crate) fn given(files: &[(&str, &str, &str)]) -> Given {
    given_with("", files)
}

/// The same with more settings in `site.toml`.
pub(crate) fn given_with(settings: &str, files: &[(&str, &str, &str)]) -> Given {
    let files = files
        .iter()
        .map(|(path, front, body)| ContentFile {
            path: format!("content/{path}"),
            bytes: content(path, front, body).into_bytes(),
        })
        .collect();
    linked(settings, files)
}

fn content(path: &str, front: &str, body: &str) -> String {
    let name = path
        .rsplit('/')
        .next()
        .unwrap_or(path)
        .trim_end_matches(".md");
    let title = if front.lines().any(|line| line.starts_with("title")) {
        String::new()
    } else {
        format!("title = \"{name}\"\n")
    };
    format!("+++\n{title}{front}\n+++\n\n{body}\n")
}

pub(crate) fn linked(settings: &str, files: Vec<ContentFile>) -> Given {
    let text = format!(
        "title = \"Test\"\nbase_url = \"https://test.example/\"\ntime_zone = \"Asia/Seoul\"\n{settings}"
    );
    let config = Config::parse(&SourceText::new("site.toml", text)).expect("sound settings");
    let mut findings = Findings::default();
    let folder = ContentFolder {
        files,
        assets: Vec::new(),
    };
    let library = Library::parse(config, folder, &Kept::new(), &mut findings);
    let selection = Selection {
        today: jiff::civil::date(2030, 1, 1),
        unpublished: Unpublished::HoldBack,
    };
    let archive = Archive::link(library, selection, &Kept::new(), &mut findings);
    Given { archive, findings }
}

impl Given {
    /// Every finding as it would be shown, without colour.
    pub(crate) fn messages(&self) -> Vec<String> {
        let handler = miette::GraphicalReportHandler::new_themed(miette::GraphicalTheme::none());
        self.findings
            .iter()
            .map(|report| {
                let mut text = String::new();
                handler
                    .render_report(&mut text, report.as_ref())
                    .expect("a report can be shown");
                text
            })
            .collect()
    }

    /// Fails unless nothing was found wrong.
    pub(crate) fn sound(self) -> Archive {
        let messages = self.messages();
        assert!(messages.is_empty(), "{}", messages.join("\n"));
        self.archive
    }
}

pub(crate) fn article(archive: &Archive, slug: &str) -> ArticleId {
    let mut ids = archive.ids();
    ids.find(|id| archive.article(*id).slug == slug)
        .unwrap_or_else(|| panic!("there is no article {slug}"))
}

/// A term by `taxonomy/slug`.
pub(crate) fn term(archive: &Archive, name: &str) -> TermId {
    let at = archive.terms.iter().position(|term| {
        let taxonomy = archive.config.taxonomies.name(term.taxonomy);
        name == format!("{taxonomy}/{}", term.slug)
    });
    TermId::new(at.unwrap_or_else(|| panic!("there is no term {name}")))
}

/// `2021/04/quad` … as a test reads it: an article's slug, `taxonomy/slug` of a term, `/slug` of
/// a page.
pub(crate) fn name(archive: &Archive, node: Node) -> String {
    match node {
        Node::Article(id) => archive.article(id).slug.clone(),
        Node::Term(id) => {
            let term = archive.term(id);
            let taxonomy = archive.config.taxonomies.name(term.taxonomy);
            format!("{taxonomy}/{}", term.slug)
        }
        Node::Page(id) => format!("/{}", archive.page(id).slug),
    }
}

/// Calls `then` with the site of an archive, in the default theme.
pub(crate) fn with_site<T>(archive: &Archive, then: impl FnOnce(&Site<'_>) -> T) -> T {
    let mut findings = Findings::default();
    let theme = Theme::load(std::path::Path::new("."), &archive.config, &mut findings);
    let base_url = archive.config.base_url.clone();
    then(&Site::plan(
        archive,
        &theme,
        base_url,
        Lists::of(archive),
        &mut findings,
    ))
}

pub(crate) fn addresses(archive: &Archive) -> Vec<String> {
    with_site(archive, |site| {
        site.contents.keys().map(ToString::to_string).collect()
    })
}

/// Every page and file of the site that is text, by its address.
pub(crate) fn pages(archive: &Archive) -> BTreeMap<String, String> {
    with_site(archive, |site| {
        let renderer =
            Renderer::new(site, &mut Findings::default()).expect("the default theme is sound");
        let pages = site.contents.par_iter().filter_map(|(address, content)| {
            let output = renderer.render(address, content, None);
            match output.unwrap_or_else(|error| panic!("{address}: {error}")) {
                Output::Page(bytes, _) | Output::Made(bytes, _) | Output::Bytes(bytes) => {
                    Some((address.to_string(), String::from_utf8(bytes).ok()?))
                }
                Output::Records(records) => {
                    let whole = String::from_utf8(records.bytes(site)).ok()?;
                    Some((address.to_string(), whole))
                }
                Output::Drawing(..) | Output::CopyOf(_) | Output::Picture { .. } | Output::Same => {
                    None
                }
            }
        });
        pages.collect()
    })
}

/// One page of the site.
pub(crate) fn page(archive: &Archive, address: &str) -> String {
    pages(archive)
        .remove(address)
        .unwrap_or_else(|| panic!("nothing stands at {address}"))
}
