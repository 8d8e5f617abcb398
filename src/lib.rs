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

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fs;
use std::mem;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

pub mod archive;
pub mod cli;
pub mod content;
pub mod deliver;
pub mod diagnostic;
pub mod import;
pub mod site;
pub mod text;

use archive::entry::{HeldBack, Selection, Waiting, waiting};
use archive::linked::Archive;
use archive::loose_ends::{LooseEnd, loose_ends};
use content::cache::Cache;
use content::config::Config;
use content::disk::read_config;
use content::kept::Kept;
use content::library::Library;
use content::recent::Recent;
use deliver::audit::folder::survey_folder;
use deliver::audit::judge::{Rules, judge};
use deliver::audit::reference::Places;
use deliver::audit::site::survey_site;
use deliver::audit::size::{Growth, SiteSize};
use deliver::audit::survey::Sighting;
use deliver::error::DeliverError;
use deliver::folder::{Delivered, Delivery, OldStyles, Trust, stage};
use deliver::last_build::{LastBuild, MadeFrom};
use deliver::publish::{Destination, Published, Publisher, Run, Vanished};
use deliver::rendering::{Rendering, Timed};
use deliver::serve::board::Board;
use deliver::serve::edition::Copy;
use deliver::serve::http::{self, Server};
use deliver::serve::newsroom::{Current, Newsroom, Sources};
use deliver::serve::watch::Watch;
use diagnostic::Findings;
use site::cards::cards;
use site::email::{Sender, message};
use site::files::files;
use site::lists::Lists;
use site::permalinks;
use site::plan::Site;
use site::render::{Renderer, base_path};
use site::search::file::index;
use site::search::posting::Parts;
use site::search::stored;
use site::shard::Shards;
use site::theme::Theme;

/// Where an archive is, and what is decided outside of it; its own settings are in `site.toml`.
pub struct SiteOptions<'a> {
    pub root: &'a Path,
    /// Takes the place of `base_url` in `site.toml`; ends in `/`.
    pub base_url: Option<String>,
    /// Names the program that renders: another one may make other pages of the same archive.
    pub program: &'a str,
    /// Which articles are in, given the settings: the day of the build depends on their zone.
    pub selection: &'a dyn Fn(&Config) -> Selection,
}

/// A linked archive and what it is shown with: all that a plan of the site is made from.
#[derive(Debug)]
pub struct Opened {
    pub archive: Archive,
    pub lists: Lists,
    pub theme: Theme,
    pub base_url: String,
}

/// How far a build has come.
#[derive(Debug, Clone, Copy)]
pub enum Progress<'a> {
    /// A stage is over, and the next one begins.
    Done(Stage),
    /// So many files will be rendered.
    Planned(usize),
    /// One of them has been.
    Rendered(Timed<'a>),
}

/// What a build does, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Files are read and linked.
    Link,
    /// Cards and the search index are made.
    List,
    /// Every address gets its content.
    Plan,
    /// Templates are compiled.
    Compile,
    /// Pages are rendered and written beside the site.
    Render,
    /// They take its place.
    Install,
}

/// What a build has made.
#[derive(Debug)]
pub struct Built {
    pub articles: usize,
    pub held_back: Vec<Waiting>,
    pub delivered: Delivered,
}

/// Reads and links an archive. `None` when its settings can't be read; what else is wrong is in
/// `findings`, and the archive is complete without it.
pub fn open(options: &SiteOptions<'_>, findings: &mut Findings) -> Option<Opened> {
    let kept = kept(options).without_stamps();
    let (archive, theme, base_url) = link_once(options, &kept, findings)?;
    let lists = lists(&archive, &Cache::of(options.root), findings);
    Some(Opened {
        archive,
        lists,
        theme,
        base_url,
    })
}

/// What earlier runs have kept of the archive's texts.
fn kept(options: &SiteOptions<'_>) -> Kept {
    Kept::read(&Cache::of(options.root), options.program)
}

/// Reads and links an archive, with the help of what is `kept`; what is new is kept for the next
/// run.
fn link_once(
    options: &SiteOptions<'_>,
    kept: &Kept,
    findings: &mut Findings,
) -> Option<(Archive, Theme, String)> {
    let cache = Cache::of(options.root);
    let mut recent = Recent::default();
    let read = |config, findings: &mut Findings| {
        let library = recent.library(options.root, config, kept, findings);
        kept.put_away_contents(&cache, options.program, findings);
        library
    };
    let linked = link(options, kept, read, findings)?;
    let (archive, ..) = &linked;
    // What was made of a text that is another one must not be kept as what it was made of.
    if archive.changed.files().is_empty() {
        recent.keep(kept);
        kept.save(&cache, options.program, findings);
    }
    Some(linked)
}

/// Reads an archive and links it, with the help of what is `kept` of its texts.
fn link(
    options: &SiteOptions<'_>,
    kept: &Kept,
    read: impl FnOnce(Config, &mut Findings) -> Library,
    findings: &mut Findings,
) -> Option<(Archive, Theme, String)> {
    let source = findings.keep(read_config(options.root))?;
    let config = findings.keep(Config::parse(&source))?;
    let selection = (options.selection)(&config);
    let base_url = options.base_url.clone().unwrap_or(config.base_url.clone());

    let theme = Theme::load(options.root, &config, findings);
    let library = read(config, findings);
    let archive = Archive::link(library, selection, kept, findings);
    Some((archive, theme, base_url))
}

/// The lists of an archive; the search index is that of the last run where no text has changed.
fn lists(archive: &Archive, cache: &Cache, findings: &mut Findings) -> Lists {
    if !archive.config.search {
        return Lists::of(archive);
    }
    let cards = cards(archive);
    let made_from = stored::fingerprint(archive, &cards);
    let kept = cache.read(stored::NAME, made_from);
    let search = kept.and_then(|bytes| stored::from_bytes(&bytes));
    let search = search.unwrap_or_else(|| {
        let parts = cache.read(stored::PARTS, stored::version());
        let parts = parts.map_or_else(Parts::new, |bytes| stored::parts_from_bytes(&bytes));
        let (made, parts) = index(archive, &cards, &parts);
        let bytes = stored::parts_to_bytes(&parts);
        findings.keep(cache.write(stored::PARTS, stored::version(), &bytes));
        findings.keep(cache.write(stored::NAME, made_from, &stored::to_bytes(&made)));
        made
    });
    Lists { cards, search }
}

/// Opens an archive, with the help of what is `kept`, plans its site as it is to be `cut`, compiles
/// its theme, and hands that on.
/// There is no rendering where the theme can't be compiled. `progress` is called with the number of pages
/// once it is known, then once a page.
fn planned<T>(
    options: &SiteOptions<'_>,
    kept: Kept,
    cut: impl FnOnce(&Archive, &Theme, String) -> Shards,
    progress: &(dyn Fn(Progress<'_>) + Sync),
    findings: &mut Findings,
    then: impl FnOnce(&Site<'_>, Option<Rendering<'_>>, &mut Findings) -> Option<T>,
) -> Option<T> {
    let (archive, theme, base_url) = link_once(options, &kept, findings)?;
    drop(kept);
    progress(Progress::Done(Stage::Link));
    let lists = lists(&archive, &Cache::of(options.root), findings);
    progress(Progress::Done(Stage::List));
    let shards = cut(&archive, &theme, base_url);
    let site = Site::plan(&archive, &theme, shards, lists, findings);
    progress(Progress::Done(Stage::Plan));
    let renderer = Renderer::new(&site, findings);
    progress(Progress::Done(Stage::Compile));
    progress(Progress::Planned(files(&site).len()));
    let tick = |timed: Timed<'_>| progress(Progress::Rendered(timed));
    let rendering = renderer.as_ref().map(|renderer| Rendering {
        site: &site,
        renderer,
        root: options.root,
        program: options.program,
        tick: &tick,
    });
    let made = then(&site, rendering, findings);
    // The command ends here, and its memory goes back as a whole: taking a large archive apart
    // piece by piece takes longer than rendering what an edit touches.
    mem::forget(renderer);
    mem::forget(site);
    mem::forget(archive);
    made
}

/// Builds the site of an archive into a folder: every step, from files to files. When nothing has
/// changed since the last build there, it ends at once and says the same again. None of the
/// addresses that were `published_before` may be gone.
///
/// `None` means that errors were found; the output folder is as it was then, and `findings` say
/// what is wrong. Warnings are in `findings` either way.
pub fn build(
    options: &SiteOptions<'_>,
    delivery: Delivery<'_>,
    published_before: Option<&BTreeSet<String>>,
    progress: &(dyn Fn(Progress<'_>) + Sync),
    findings: &mut Findings,
) -> Option<Built> {
    // Whether addresses have vanished is asked of the plan.
    let made_from = match published_before {
        None => look(options),
        Some(_) => None,
    };
    let last = made_from
        .as_ref()
        .and_then(|made_from| LastBuild::recall(options.root, made_from, &delivery, findings));
    if let Some((last, delivered)) = last {
        return Some(Built {
            articles: last.articles,
            held_back: last.held_back,
            delivered,
        });
    }
    let kept = match delivery.trust {
        Trust::SizeAndTime => kept(options),
        Trust::Nothing => Kept::key_of(&Cache::of(options.root)),
    };
    let whole = |_: &_, _: &_, base_url| Shards::whole(base_url);
    let built = planned(
        options,
        kept,
        whole,
        progress,
        findings,
        |site, rendering, findings| {
            if let Some(before) = published_before {
                permalinks::check(site, before, findings);
            }
            let rendering = rendering?;
            if rehearsed(&rendering, findings) {
                return None;
            }
            let staged = stage(&rendering, delivery, None, findings);
            let staged = findings.keep(staged)??;
            progress(Progress::Done(Stage::Render));
            let delivered = staged.install(OldStyles::Remove, findings);
            let delivered = findings.keep(delivered)?;
            progress(Progress::Done(Stage::Install));
            Some(Built {
                articles: site.archive.entries.len(),
                held_back: waiting(&site.archive.held_back),
                delivered,
            })
        },
    )?;
    if let Some(made_from) = &made_from {
        let Built {
            articles,
            held_back,
            ..
        } = &built;
        let (root, out) = (options.root, delivery.out);
        let kept = LastBuild::keep(root, made_from, out, *articles, held_back, findings);
        findings.keep(kept);
    }
    Some(built)
}

/// What a build will be made from, as far as its settings can be read.
fn look<'a>(options: &SiteOptions<'a>) -> Option<MadeFrom<'a>> {
    let config = Config::parse(&read_config(options.root).ok()?).ok()?;
    let selection = (options.selection)(&config);
    let base_url = options.base_url.as_deref();
    MadeFrom::look(options.root, options.program, base_url, selection)
}

/// Whether something is wrong already, so that the pages would be thrown away. They are rendered
/// then all the same: what is wrong with their templates is told in the same run.
fn rehearsed(rendering: &Rendering<'_>, findings: &mut Findings) -> bool {
    let wrong = findings.errors() > 0;
    if wrong {
        let rendered = rendering.each_file(findings, |_| Ok(()));
        findings.keep(rendered);
    }
    wrong
}

/// How an issue is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    Text,
    /// From the site itself where no sender is named.
    Email(Option<Sender>),
}

/// Why there is no such issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoIssue {
    /// No series of that name; these are there.
    Series(Vec<String>),
    /// No issue of that name; these are there, newest first.
    Issue(Vec<String>),
}

/// A newsletter issue as it is sent, by the slug of its series and its own name. `None` when the
/// archive or its theme is broken; `findings` say how.
pub fn issue(
    options: &SiteOptions<'_>,
    series: &str,
    name: &str,
    form: Form,
    findings: &mut Findings,
) -> Option<Result<Vec<u8>, NoIssue>> {
    let kept = kept(options).without_stamps();
    let (archive, theme, base_url) = link_once(options, &kept, findings)?;
    let mut of_series = (0..archive.issues.len())
        .filter(|index| archive.term(archive.issues[*index].series).slug == series)
        .peekable();
    if of_series.peek().is_none() {
        let known = archive.issues.iter();
        let mut known: Vec<String> = known.map(|i| archive.term(i.series).slug.clone()).collect();
        known.dedup();
        return Some(Err(NoIssue::Series(known)));
    }
    let wanted = |index: &usize| {
        let issue = &archive.issues[*index];
        issue.name.eq_ignore_ascii_case(name) || issue.slug == name
    };
    let Some(index) = of_series.clone().find(wanted) else {
        let known = of_series.rev().map(|i| archive.issues[i].name.clone());
        return Some(Err(NoIssue::Issue(known.collect())));
    };
    // What a search finds is on no mail.
    let lists = Lists {
        cards: cards(&archive),
        search: site::search::file::Files::new(),
    };
    let shards = Shards::of_archive(&archive, &theme, base_url);
    let site = Site::plan(&archive, &theme, shards, lists, findings);
    let renderer = Renderer::new(&site, findings)?;
    let mail = findings.keep(renderer.mail(index))?;
    let bytes = match form {
        Form::Text => mail.text.into_bytes(),
        Form::Email(sender) => {
            let sender = sender.unwrap_or_else(|| Sender::of(&site));
            findings.keep(message(&site, &archive.issues[index], &mail, &sender))?
        }
    };
    Some(Ok(bytes))
}

/// What a check has found beside its findings.
#[derive(Debug)]
pub struct Checked {
    pub articles: usize,
    pub held_back: Vec<HeldBack>,
    pub loose_ends: Vec<LooseEnd>,
    /// Of the site; `None` when it could not be rendered.
    pub size: Option<SiteSize>,
    pub growth: Option<Growth>,
    /// Addresses of other sites, with where they are linked from.
    pub outside: Vec<(String, Sighting)>,
}

/// Checks an archive: everything a build checks, then the pages themselves, as rendered now or
/// as they lie in `folder`. None of the addresses that were `published_before` may be gone. The
/// site is written nowhere.
pub fn check(
    options: &SiteOptions<'_>,
    folder: Option<&Path>,
    published_before: Option<&BTreeSet<String>>,
    progress: &(dyn Fn(Progress<'_>) + Sync),
    findings: &mut Findings,
) -> Option<Checked> {
    let cut = |archive: &_, theme: &_, base_url| match folder {
        // As a build has left it.
        Some(_) => Shards::whole(base_url),
        None => Shards::of_archive(archive, theme, base_url),
    };
    planned(
        options,
        kept(options),
        cut,
        progress,
        findings,
        |site, rendering, findings| {
            let archive = site.archive;
            let places = Places::of(&site.shards);
            let survey = match (folder, &rendering) {
                (Some(folder), _) => Some(survey_folder(&places, folder, findings)),
                (None, Some(rendering)) => survey_site(rendering, &places, findings),
                (None, None) => None,
            };
            let growth = Growth::of(archive);
            let before = published_before.map(|before| site.shards.in_folders(before));
            let rules = Rules {
                places: &places,
                host: archive.config.publish.host,
                published_before: before.as_ref(),
                growth,
            };
            let read = |path: &str| match (folder, &rendering) {
                (Some(folder), _) => fs::read(folder.join(path)).ok(),
                (None, rendering) => rendering.as_ref()?.again(path),
            };
            let size = survey
                .as_ref()
                .map(|survey| judge(survey, &rules, &read, findings));
            Some(Checked {
                articles: archive.entries.len(),
                held_back: archive.held_back.clone(),
                loose_ends: loose_ends(archive),
                size,
                growth,
                outside: survey.map_or(Vec::new(), |survey| survey.outside()),
            })
        },
    )
}

/// Builds the site, audits every page of it, and only then lets it out.
///
/// `None` means that errors were found and nothing was changed where the site stands.
pub fn publish(
    options: &SiteOptions<'_>,
    destination: Destination<'_>,
    (run, vanished): (Run, Vanished),
    progress: &(dyn Fn(Progress<'_>) + Sync),
    findings: &mut Findings,
) -> Option<(Vec<HeldBack>, Published)> {
    let cut = |archive: &Archive, theme: &_, base_url| {
        let before = destination.shards_before(options.root, &archive.config.publish);
        Shards::of_archive(archive, theme, base_url).with_years(before)
    };
    planned(
        options,
        kept(options),
        cut,
        progress,
        findings,
        |site, rendering, findings| {
            let rendering = rendering?;
            if rehearsed(&rendering, findings) {
                return None;
            }
            let publisher = Publisher {
                rendering: &rendering,
                vanished,
                run,
            };
            let published = publisher.publish(destination, findings)?;
            Some((site.archive.held_back.clone(), published))
        },
    )
}

/// Serves an archive's site on a listener, and makes it again after each change, until the program
/// ends; `host` is the name or address it was asked to listen on. `tell` hears what was found, each
/// time the site was made again.
///
/// Settings that can't be read end it at once, because then it isn't known where the site stands;
/// `findings` say so.
pub fn serve(
    options: &SiteOptions<'_>,
    listener: TcpListener,
    host: String,
    tell: &dyn Fn(&Findings, Duration),
    findings: &mut Findings,
) {
    let settings = read_config(options.root).and_then(|source| Config::parse(&source));
    let Some(config) = findings.keep(settings) else {
        return;
    };
    let base_url = options.base_url.clone().unwrap_or(config.base_url);
    let board = Board::new();
    let current = Arc::new(Current::default());
    let server = Server {
        board: board.clone(),
        current: Arc::clone(&current),
        base: base_path(&base_url),
        host,
    };
    let watch = Watch::begin(options.root, findings);
    let watch = findings.keep(watch);
    let kept = kept(options);
    let recent = RefCell::new(Recent::default());
    let is_first = Cell::new(true);
    let sources = Sources {
        archive: &|findings| {
            let mut recent = recent.borrow_mut();
            // The next run is to begin as fast as this one goes on.
            let is_first = is_first.take();
            let cache = Cache::of(options.root);
            let read = |config, findings: &mut Findings| {
                let library = recent.library(options.root, config, &kept, findings);
                if is_first {
                    kept.put_away_contents(&cache, options.program, findings);
                }
                library
            };
            let (archive, theme, base_url) = link(options, &kept, read, findings)?;
            if is_first && archive.changed.files().is_empty() {
                recent.keep(&kept);
                kept.save(&cache, options.program, findings);
            }
            Some(Copy {
                root: options.root.to_path_buf(),
                cards: cards(&archive),
                archive: Arc::new(archive),
                theme: Arc::new(theme),
                base_url,
            })
        },
        is_current: &|| recent.borrow().is_current(options.root, &kept),
        theme: &|archive, findings| Theme::load(options.root, &archive.config, findings),
        tell,
    };
    let answering = thread::spawn(|| http::run(listener, Arc::new(server)));
    Newsroom::new(sources, board, current).work(watch);
    match answering.join() {
        Ok(Ok(())) => {}
        Ok(Err(error)) => findings.push(DeliverError::NotServing {
            reason: error.to_string(),
        }),
        Err(_) => findings.push(DeliverError::NotServing {
            reason: "a fault in briefbook itself".to_owned(),
        }),
    }
}
