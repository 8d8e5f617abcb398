//! briefbook turns source articles into a briefing archive: clean Markdown in, a static,
//! cross-linked site out.
//!
//! Data walks through five rooms, in this order and never back; each opens with its own steps:
//! [`import`] (raw articles become content files), [`content`] (files become typed values),
//! [`archive`] (values become one linked archive), [`site`] (the archive becomes pages),
//! [`deliver`] (pages reach a folder). Beside them: [`text`] (words, slugs, names), and
//! [`diagnostic`], the ground: one way to say what is wrong, where, and what to try.
//!
//! [`build`] is the tour: it names every step from a folder of Markdown to a folder of HTML.

use std::path::Path;

pub mod archive;
pub mod cli;
pub mod content;
pub mod deliver;
pub mod diagnostic;
pub mod import;
pub mod site;
pub mod text;

use archive::entry::{HeldBack, Selection};
use archive::linked::Archive;
use content::config::Config;
use content::disk::{read_config, read_content};
use content::library::Library;
use deliver::folder::{Delivered, deliver};
use diagnostic::Findings;
use site::plan::Site;
use site::render::Renderer;
use site::theme::Theme;

/// What a build is told from outside; the archive's own settings are in its `site.toml`.
pub struct BuildOptions<'a> {
    pub root: &'a Path,
    pub out: &'a Path,
    /// Takes the place of `base_url` in `site.toml`; ends in `/`.
    pub base_url: Option<String>,
    /// Which articles are in, given the settings: the day of the build depends on their zone.
    pub selection: &'a dyn Fn(&Config) -> Selection,
    /// Called with the number of pages once it is known, then once a page.
    pub progress: &'a (dyn Fn(Progress) + Sync),
}

/// How far a build has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    Planned(usize),
    Rendered,
}

/// What a build has made.
#[derive(Debug)]
pub struct Built {
    pub articles: usize,
    pub held_back: Vec<HeldBack>,
    pub delivered: Delivered,
}

/// Builds the site of an archive: every step, from files to files.
///
/// `None` means that errors were found; the output folder is as it was then, and `findings` say
/// what is wrong. Warnings are in `findings` either way.
pub fn build(options: &BuildOptions<'_>, findings: &mut Findings) -> Option<Built> {
    let source = findings.keep(read_config(options.root))?;
    let config = findings.keep(Config::parse(&source))?;
    let selection = (options.selection)(&config);
    let base_url = options.base_url.clone().unwrap_or(config.base_url.clone());

    let files = read_content(options.root, findings);
    let theme = Theme::load(options.root, &config.theme, findings);
    let library = Library::parse(config, files, findings);
    let archive = Archive::link(library, selection, findings);
    let site = Site::plan(&archive, &theme, base_url, findings);
    let renderer = Renderer::new(&site, findings)?;
    if findings.errors() > 0 {
        return None;
    }
    (options.progress)(Progress::Planned(site.contents.len()));
    let tick = || (options.progress)(Progress::Rendered);
    let delivered = deliver(&site, &renderer, options.root, options.out, &tick, findings);
    let delivered = findings.keep(delivered)??;
    Some(Built {
        articles: archive.entries.len(),
        held_back: archive.held_back,
        delivered,
    })
}
