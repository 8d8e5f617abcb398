//! One full build, stage by stage.

use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use briefbook::archive::entry::{Selection, Unpublished};
use briefbook::archive::event::events;
use briefbook::archive::linked::Archive;
use briefbook::archive::links::{Scope, resolve_all};
use briefbook::archive::mention::mentions;
use briefbook::archive::names::Names;
use briefbook::archive::neighbour::neighbours;
use briefbook::archive::related::related;
use briefbook::archive::thread::threads;
use briefbook::archive::vector::{term_key, vectors};
use briefbook::content::cache::Cache;
use briefbook::content::config::Config;
use briefbook::content::disk::read_config;
use briefbook::content::kept::Kept;
use briefbook::content::recent::Recent;
use briefbook::deliver::drawing::png;
use briefbook::deliver::folder::{Delivery, OldStyles, Trust, stage};
use briefbook::deliver::rendering::Rendering;
use briefbook::diagnostic::Findings;
use briefbook::site::cards::cards;
use briefbook::site::files::files;
use briefbook::site::lists::Lists;
use briefbook::site::plan::Site;
use briefbook::site::render::{Output, Prepared, Renderer};
use briefbook::site::search::file::index;
use briefbook::site::search::posting::Parts;
use briefbook::site::shard::Shards;
use briefbook::site::theme::Theme;
use cpu_time::{ProcessTime, ThreadTime};
use rayon::prelude::*;

use crate::cost::{Stage, Stages};

/// Names the program whose pages are kept; no other one ever asks for these.
const PROGRAM: &str = "bench";

/// Builds the archive at `root` into `out`, where nothing is yet.
pub(crate) fn take(root: &Path, out: &Path) -> Result<Stages, Box<dyn Error>> {
    let mut stages = Stages::default();
    let mut findings = Findings::default();
    let kept = Kept::new();
    let mut config = Config::parse(&read_config(root)?)?;
    config.search = true;
    let base_url = config.base_url.clone();

    let theme = stages.stage("load the theme", || {
        Theme::load(root, &config, &mut findings)
    });
    let library = stages.stage("read and parse", || {
        Recent::default().library(root, config, &kept, &mut findings)
    });
    let selection = Selection {
        today: jiff::civil::date(2030, 1, 1),
        unpublished: Unpublished::HoldBack,
    };
    let archive = stages.stage("link", || {
        Archive::link(library, selection, &kept, &mut findings)
    });
    steps_of_linking(&archive, &mut stages);
    stages.stage("keep what was made of texts", || {
        kept.save(&Cache::of(root), PROGRAM, &mut findings);
    });
    let cards = stages.stage("cards", || cards(&archive));
    let (search, _) = stages.stage("search index", || index(&archive, &cards, &Parts::new()));
    let shards = Shards::whole(base_url);
    let lists = Lists { cards, search };
    let site = stages.stage("plan addresses", || {
        Site::plan(&archive, &theme, shards, lists, &mut findings)
    });
    let renderer = stages.stage("compile templates", || Renderer::new(&site, &mut findings));
    let renderer = renderer.ok_or("the theme is broken")?;
    render(&site, &renderer, &mut stages)?;
    // A new one: the first remembers what pages share.
    let renderer = Renderer::new(&site, &mut findings).ok_or("the theme is broken")?;
    let rendering = Rendering {
        site: &site,
        renderer: &renderer,
        root,
        program: PROGRAM,
        tick: &|_| (),
    };
    deliver(&rendering, out, &mut stages, &mut findings)?;
    if findings.errors() > 0 {
        return Err("the archive has errors".into());
    }
    Ok(stages)
}

/// The larger steps of linking once more, each by itself, with nothing kept of the texts.
fn steps_of_linking(archive: &Archive, stages: &mut Stages) {
    let nodes = archive.nodes();
    let keys: Vec<u64> = archive
        .terms
        .iter()
        .map(|term| term_key(nodes.taxonomies.name(term.taxonomy), &term.slug))
        .collect();
    stages.part("links", || {
        let scope = Scope {
            nodes,
            names: &Names::of(nodes, &archive.held_back),
            held_back: &archive.held_back,
            assets: &archive.assets,
            unparsed: &[],
        };
        resolve_all(&scope, &nodes.bodies(), &mut Findings::default())
    });
    stages.part("mentions", || {
        mentions(nodes, &archive.terms_of, &Kept::new())
    });
    let words = stages.part("words", || {
        vectors(
            &archive.entries,
            &archive.terms_of,
            &keys,
            &Kept::new(),
            None,
        )
        .0
    });
    let near = stages.part("neighbours", || neighbours(&words));
    stages.part("related", || related(&archive.entries, &words, &near));
    stages.part("events", || {
        events(&archive.entries, &words, &near, &archive.sources)
    });
    stages.part("stories", || threads(&archive.entries, &archive.terms));
}

/// Makes every file of the site and lets go of it; told by template as well.
fn render(
    site: &Site<'_>,
    renderer: &Renderer<'_>,
    stages: &mut Stages,
) -> Result<(), Box<dyn Error>> {
    let made = stages.stage("render pages, draw pictures", || {
        files(site)
            .into_par_iter()
            .map(|(_, address, content)| {
                let begun = ThreadTime::now();
                let (output, template) = match renderer.prepare(address, content, None) {
                    Prepared::Done(output) => (output, None),
                    Prepared::Page(view) => (
                        renderer.page_of(&view).map_err(|e| e.to_string())?,
                        Some(view.template),
                    ),
                };
                let made_by = match (&output, template) {
                    (Output::Drawing(drawing), _) => {
                        black_box(png(&drawing.draw()));
                        "pictures for link previews".to_owned()
                    }
                    (_, Some(template)) => template,
                    (_, None) => "feeds, exports, search, other files".to_owned(),
                };
                Ok((made_by, begun.elapsed()))
            })
            .collect::<Result<Vec<_>, String>>()
    })?;
    // By name: from run to run in the same order.
    let mut costs = BTreeMap::<String, (usize, Duration)>::new();
    for (made_by, took) in made {
        let (files, cpu) = costs.entry(made_by).or_default();
        *files += 1;
        *cpu += took;
    }
    let parts = costs.into_iter().map(|(made_by, (files, cpu))| Stage {
        name: format!("{made_by} ({files})"),
        is_part: true,
        cpu,
        wall: None,
    });
    stages.0.extend(parts);
    Ok(())
}

/// Writes the site. Pages are rendered for it once more, in the same go as they are written, so that
/// what rendering alone takes is measured just before and taken off.
fn deliver(
    rendering: &Rendering<'_>,
    out: &Path,
    stages: &mut Stages,
    findings: &mut Findings,
) -> Result<(), Box<dyn Error>> {
    let renderer = Renderer::new(rendering.site, findings).ok_or("the theme is broken")?;
    let alone = Rendering {
        renderer: &renderer,
        ..*rendering
    };
    let begun = ProcessTime::now();
    alone.each_file(findings, |_| Ok(()))?;
    let render = begun.elapsed();
    let delivery = Delivery {
        out,
        trust: Trust::SizeAndTime,
    };
    let begun = ProcessTime::now();
    let staged = stage(rendering, delivery, None, findings)?.ok_or("a page is broken")?;
    stages.0.push(Stage {
        name: "write files beside the site".to_owned(),
        is_part: false,
        cpu: begun.elapsed().saturating_sub(render),
        wall: None,
    });
    stages.stage("put them in place", || {
        staged.install(OldStyles::Remove, findings)
    })?;
    Ok(())
}
