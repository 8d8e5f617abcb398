//! `briefbook theme check`: a theme, held against an archive in which everything occurs, and one
//! in which nothing does.
//!
//! The archives are those of [`super::rehearsal`].

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::rehearsal::{self, PICTURE};
use crate::archive::linked::Archive;
use crate::content::config::Config;
use crate::content::publishing::Host;
use crate::deliver::audit::access::Barriers;
use crate::deliver::audit::judge::{Rules, judge};
use crate::deliver::audit::reference::Places;
use crate::deliver::audit::seen::Seen;
use crate::deliver::audit::survey::Surveyor;
use crate::deliver::error::DeliverError;
use crate::deliver::rendering::Rendering;
use crate::diagnostic::Findings;
use crate::site::lists::Lists;
use crate::site::plan::Site;
use crate::site::render::Renderer;
use crate::site::shard::Shards;
use crate::site::theme::Theme;
use crate::site::usage::{Unused, review};

/// What a rehearsal has shown, beside its findings.
#[derive(Debug, PartialEq, Eq)]
pub struct Rehearsed {
    pub pages: usize,
    /// Files and strings of the theme that nothing uses.
    pub unused: Unused,
    /// Bytes of an article's page that has no more than a title and a day.
    pub frame: usize,
    /// Bytes of the style sheets that it loads, compressed.
    pub styles: usize,
    /// Language and name of each string that is said in English for want of a translation.
    pub untranslated: Vec<(String, String)>,
}

/// The page of the article that has nothing.
const BARE: &str = "2020/02/bare/index.html";

/// What a server sends of a file (RFC 1952).
fn compressed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().map_or(bytes.len(), |bytes| bytes.len())
}

/// Renders every kind of page with the theme that `config` names, and audits what came of it.
/// `None` when a template can't be rendered; `findings` say why.
pub fn rehearse(root: &Path, config: &Config, findings: &mut Findings) -> Option<Rehearsed> {
    let mut config = config.clone();
    // They lead to pages of the editor's own archive.
    config.menu.clear();
    config.subscribe = None;
    config.contact = None;
    let base_url = config.base_url.clone();
    let mut theme = Theme::load(root, &config, findings);
    // What they look for is in the editor's own archive.
    for query in theme.queries.values_mut() {
        query.conditions.clear();
    }
    let unused = review(&theme, findings);
    let young = rehearsal::young(config.clone(), findings);
    let full = rehearsal::full(config, &theme, findings);
    let shards = rehearsal::shards(&base_url, &theme);
    let on_the_first_day = perform(root, &young, &theme, shards, findings)?;
    let shown = perform(root, &full, &theme, Shards::whole(base_url), findings)?;
    let html = String::from_utf8_lossy(&shown.bare);
    let loaded = shown
        .sheets
        .iter()
        .filter(|(path, _)| html.contains(path.as_str()));
    Some(Rehearsed {
        unused,
        frame: shown.bare.len(),
        styles: loaded.map(|(_, bytes)| bytes).sum(),
        pages: on_the_first_day.pages + shown.pages,
        untranslated: theme.untranslated.clone(),
    })
}

/// What the pages of one archive have shown.
struct Shown {
    pages: usize,
    /// The page of the article that has nothing.
    bare: Vec<u8>,
    /// Bytes of each style sheet, compressed, by its path.
    sheets: BTreeMap<String, usize>,
}

fn perform(
    root: &Path,
    archive: &Archive,
    theme: &Theme,
    shards: Shards,
    findings: &mut Findings,
) -> Option<Shown> {
    let lists = Lists::of(archive);
    let places = Places::of(&shards);
    let site = Site::plan(archive, theme, shards, lists, findings);
    let renderer = Renderer::new(&site, findings)?;
    let with_picture = tempfile::tempdir().and_then(|folder| {
        let picture = folder.path().join(PICTURE);
        fs::create_dir_all(picture.parent().unwrap_or(folder.path()))?;
        fs::write(picture, rehearsal::PICTURE_BYTES)?;
        Ok(folder)
    });
    let with_picture = with_picture.map_err(|error| DeliverError::io("write", root, &error));
    let with_picture = findings.keep(with_picture)?;
    let rendering = Rendering {
        site: &site,
        renderer: &renderer,
        root: with_picture.path(),
        program: "",
        tick: &|_| (),
    };
    let surveyor = Surveyor::new(&places, Seen::default());
    let barriers = Barriers::default();
    let weighed = Mutex::new((Vec::new(), BTreeMap::new()));
    let rendered = rendering.each_file(findings, |file| {
        surveyor.see(&file.path, &file.bytes);
        barriers.see(&file.path, &file.bytes);
        let mut weighed = weighed.lock().unwrap_or_else(PoisonError::into_inner);
        if file.path == BARE {
            weighed.0 = file.bytes;
        } else if file.path.ends_with(".css") {
            weighed.1.insert(file.path, compressed(&file.bytes));
        }
        Ok(())
    });
    let rendered = findings.keep(rendered)??;
    let rules = Rules {
        places: &places,
        host: Host::Other,
        published_before: None,
        growth: None,
    };
    let read = |path: &str| rendering.again(path);
    judge(&surveyor.into_survey(), &rules, &read, findings);
    barriers.report(findings);
    let (bare, sheets) = weighed.into_inner().unwrap_or_else(PoisonError::into_inner);
    Some(Shown {
        pages: rendered.len(),
        bare,
        sheets,
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::diagnostic::{SourceText, plain_text};

    fn check(root: &Path, theme: &str) -> (Option<Rehearsed>, String) {
        let (rehearsed, findings) = findings(root, theme);
        (rehearsed, plain_text(&findings))
    }

    fn findings(root: &Path, theme: &str) -> (Option<Rehearsed>, Findings) {
        let text = format!(
            "title = \"Notes\"\nbase_url = \"https://example.org/\"\ntheme = \"{theme}\"\n"
        );
        let config = Config::parse(&SourceText::new("site.toml", text)).expect("sound settings");
        let mut findings = Findings::default();
        let rehearsed = rehearse(root, &config, &mut findings);
        (rehearsed, findings)
    }

    #[test]
    fn the_themes_of_the_program_pass() {
        let folder = tempfile::tempdir().expect("a folder");
        for theme in ["default", "plain"] {
            let (rehearsed, findings) = findings(folder.path(), theme);
            let findings: Vec<String> = findings.iter().map(ToString::to_string).collect();
            assert_eq!(findings, Vec::<String>::new(), "{theme}");
            let rehearsed = rehearsed.expect("every page is rendered");
            assert_eq!(rehearsed.untranslated, [], "{theme}");
            assert!(rehearsed.pages > 100, "{theme}");
            assert_eq!(rehearsed.unused, Unused::default(), "{theme}");
            let Rehearsed { frame, styles, .. } = rehearsed;
            assert!(
                frame < 6 * 1024 && styles < 8 * 1024,
                "{theme}: {frame}, {styles}"
            );
        }
    }

    #[test]
    fn what_nothing_uses_and_what_is_missing_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let theme = folder.path().join("themes/mine");
        for (file, text) in [
            ("templates/parts/old.html", "old"),
            ("templates/parts/new.html", "{{ t.welcome }}"),
            (
                "templates/parts/footer.html",
                "{% if page.kind == \"never\" %}{{ t.wellcome }}{% endif %}\
                 {% include \"parts/new.html\" %}<img src=\"{{ root }}favicon.svg\">",
            ),
            (
                "i18n/en.toml",
                "welcome = \"Welcome\"\nfarewell = \"Farewell\"\n",
            ),
        ] {
            let path = theme.join(file);
            fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        let (rehearsed, errors) = check(folder.path(), "mine");
        let unused = rehearsed.expect("every page is rendered").unused;
        assert_eq!(unused.templates, ["themes/mine/templates/parts/old.html"]);
        let farewell = ("themes/mine/i18n/en.toml".to_owned(), "farewell".to_owned());
        assert_eq!(unused.strings, [farewell]);
        assert!(errors.contains("there is no string `wellcome`"), "{errors}");
        assert!(errors.contains("parts/footer.html:1:"), "{errors}");
        assert!(errors.contains("did you mean `t.welcome`?"), "{errors}");
        assert!(errors.contains("a picture has no `alt`"), "{errors}");
    }

    #[test]
    fn a_theme_that_stands_alone_needs_a_template_for_every_kind_of_page() {
        let folder = tempfile::tempdir().expect("a folder");
        let theme = folder.path().join("themes/mine");
        fs::create_dir_all(theme.join("templates")).expect("a folder");
        fs::write(theme.join("theme.toml"), "name = \"Mine\"\n").expect("a file");
        fs::write(theme.join("templates/home.html"), "Home").expect("a file");
        let (_, errors) = check(folder.path(), "mine");
        assert!(
            errors.contains("there is no `thread.html`, and every site needs it"),
            "{errors}"
        );
        assert!(!errors.contains("no `home.html`"), "{errors}");
    }

    #[test]
    fn a_field_that_few_articles_have_is_not_taken_for_granted() {
        let folder = tempfile::tempdir().expect("a folder");
        let templates = folder.path().join("themes/mine/templates");
        fs::create_dir_all(&templates).expect("a folder");
        let text = "{{ article.publisher.title }}";
        fs::write(templates.join("briefing.html"), text).expect("a file");
        let (rehearsed, errors) = check(folder.path(), "mine");
        assert_eq!(rehearsed, None);
        assert!(
            errors.contains("themes/mine/templates/briefing.html:1:"),
            "{errors}"
        );
        assert!(errors.contains("/2020/02/bare/"), "{errors}");
    }
}
