//! What somebody does who changes the looks of an archive, and what they are told when it goes
//! wrong. The worked examples of `themes/README.md` are here, done as they are written there.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use briefbook::archive::entry::{Selection, Unpublished};
use briefbook::diagnostic::{Findings, location, plain_text};
use briefbook::site::plan::Site;
use briefbook::site::render::{Output, Renderer};
use briefbook::{Opened, SiteOptions, open};
use tempfile::TempDir;

/// An archive of two articles.
struct Archive {
    folder: TempDir,
}

/// What came of rendering everything.
struct Made {
    pages: Vec<(String, String)>,
    findings: Findings,
}

impl Archive {
    fn with_theme(theme: &str, params: &str) -> Self {
        let archive = Self {
            folder: tempfile::tempdir().expect("a folder for the archive"),
        };
        archive.write(
            "site.toml",
            &format!(
                "title = \"Harbor Notes\"\nbase_url = \"https://example.org/\"\ntheme = \"{theme}\"\n\n{params}"
            ),
        );
        archive.write(
            "content/briefings/2021/crane.md",
            "+++\ntitle = \"A new crane\"\ndate = 2021-04-14\ntopics = [\"ports\"]\n\
             [extra]\ntreaty = \"Harbor Convention\"\n+++\n\n## What Happened\n\nIt came.\n",
        );
        archive.write(
            "content/sources/2021/tide.md",
            "+++\ntitle = \"High tide\"\ndate = 2021-04-12\nlanguage = \"ko\"\n+++\n\nWater.\n",
        );
        archive
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn make(&self) -> Made {
        render(self.folder.path())
    }

    /// The page of the briefing.
    #[track_caller]
    fn crane(&self) -> String {
        let made = self.make();
        assert_eq!(plain_text(&made.findings), "");
        made.page("/2021/04/crane/")
    }

    /// What is said when a template, a setting or a string is wrong: message, place, help.
    fn told(&self) -> String {
        let Made { findings, .. } = self.make();
        let mut told = String::new();
        for report in findings.iter() {
            let _ = write!(told, "{report}");
            if let Some(place) = location(report) {
                let file = place.file.unwrap_or_default();
                let _ = write!(told, " [{file}:{}:{}]", place.line, place.column);
            }
            if let Some(help) = report.help() {
                let _ = write!(told, " help: {help}");
            }
            told.push('\n');
        }
        told
    }
}

impl Made {
    #[track_caller]
    fn page(&self, address: &str) -> String {
        let page = self.pages.iter().find(|(at, _)| at == address);
        page.unwrap_or_else(|| panic!("no page at {address}"))
            .1
            .clone()
    }
}

fn render(root: &Path) -> Made {
    let mut findings = Findings::default();
    let options = SiteOptions {
        root,
        base_url: None,
        selection: &|_| Selection {
            today: jiff::civil::date(2026, 1, 1),
            unpublished: Unpublished::HoldBack,
        },
    };
    let mut pages = Vec::new();
    let Opened {
        archive,
        lists,
        theme,
        base_url,
    } = open(&options, &mut findings).expect("the settings can be read");
    let site = Site::plan(&archive, &theme, base_url, lists, &mut findings);
    if let Some(renderer) = Renderer::new(&site, &mut findings) {
        let mut failed: Vec<String> = Vec::new();
        for (address, content) in &site.contents {
            match renderer.render(address, content, None) {
                Ok(Output::Page(bytes, _)) => {
                    let html = String::from_utf8(bytes).expect("pages are UTF-8");
                    pages.push((address.to_string(), html));
                }
                Err(error) if !failed.contains(&error.to_string()) => {
                    failed.push(error.to_string());
                    findings.push(error);
                }
                Ok(_) | Err(_) => {}
            }
        }
    }
    Made { pages, findings }
}

#[test]
fn colours_and_a_logo_take_one_sheet_and_one_parameter() {
    let archive = Archive::with_theme("harbor", "[params]\nlogo = \"anchor.svg\"\n");
    archive.write(
        "themes/harbor/theme.toml",
        "name = \"Harbor\"\nextends = \"default\"\n",
    );
    archive.write(
        "themes/harbor/static/custom.css",
        ":root { --accent: #064 }\n",
    );
    archive.write(
        "themes/harbor/static/anchor.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    );
    let page = archive.crane();
    let default = page.find("/style.").expect("the theme's own sheet");
    let custom = page.find("/custom.").expect("the sheet of one's own");
    assert!(default < custom, "what is said later counts");
    assert!(page.contains("anchor.svg\" alt=\"\" width=\"32\" height=\"32\""));
}

#[test]
fn a_footer_of_ones_own_keeps_the_original() {
    let archive = Archive::with_theme("harbor", "");
    archive.write(
        "themes/harbor/theme.toml",
        "name = \"Harbor\"\nextends = \"default\"\n",
    );
    archive.write(
        "themes/harbor/templates/parts/footer.html",
        "<p>Harbor Institute, Pier 4</p>\n{% include \"default/parts/footer.html\" %}\n",
    );
    let page = archive.crane();
    assert!(page.contains("Harbor Institute, Pier 4"));
    assert!(page.contains("<footer class=\"foot\">"));
}

#[test]
fn a_new_field_shows_in_a_block_of_one_template() {
    let archive = Archive::with_theme("harbor", "");
    archive.write(
        "themes/harbor/theme.toml",
        "name = \"Harbor\"\nextends = \"default\"\n",
    );
    archive.write(
        "themes/harbor/templates/briefing.html",
        "{% extends \"default/briefing.html\" %}\n{% block before %}\n\
         {%- if article.extra?.treaty %}<p class=\"treaty\">{{ article.extra.treaty }}</p>{% endif %}\n\
         {% endblock %}\n",
    );
    let page = archive.crane();
    assert!(page.contains("<p class=\"treaty\">Harbor Convention</p>"));
    assert!(page.contains("It came."));
}

#[test]
fn one_word_of_ones_own_leaves_the_others() {
    let archive = Archive::with_theme("harbor", "");
    archive.write("themes/harbor/i18n/en.toml", "feed = \"Follow us\"\n");
    let page = archive.crane();
    assert!(page.contains(">Follow us</a>"));
    assert!(page.contains("Skip to the text"));
}

#[test]
fn the_plain_theme_makes_every_page_of_the_sample_archive() {
    let folder = tempfile::tempdir().expect("a folder for the archive");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let content = walkdir::WalkDir::new(root.join("content"));
    for entry in content
        .into_iter()
        .flatten()
        .filter(|e| e.file_type().is_file())
    {
        let to = folder
            .path()
            .join(entry.path().strip_prefix(root).expect("within"));
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::copy(entry.path(), to).expect("a copy");
    }
    let settings = fs::read_to_string(root.join("site.toml")).expect("the sample's settings");
    let plain = settings.replace("theme = \"default\"", "theme = \"plain\"");
    fs::write(folder.path().join("site.toml"), plain).expect("a file");
    let made = render(folder.path());
    assert_eq!(plain_text(&made.findings), "");
    assert!(made.pages.len() > 100);
    for (address, html) in &made.pages {
        assert_eq!(html.matches("<h1").count(), 1, "{address}");
        assert!(!html.contains("<script"), "{address}");
        assert!(html.contains("plain."), "{address}");
    }
}

/// What is done, the files (`theme` is more of the theme.toml, `params` a line of `[params]`), and
/// what is said: message, place and help, in this order.
type Mistake = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

const BRIEFING: &str = "themes/harbor/templates/briefing.html";

const MISTAKES: [Mistake; 13] = [
    (
        "a block that isn't closed",
        &[(BRIEFING, "<p>\n{% if page.title %}never closed\n")],
        &[
            "before everything in it is closed",
            "briefing.html:",
            "help: look for",
        ],
    ),
    (
        "a field that isn't there",
        &[(BRIEFING, "{{ article.card.titel }}")],
        &[
            "no field `titel`",
            "briefing.html:1:",
            "did you mean `title`?",
        ],
    ),
    (
        "a filter for another type",
        &[(BRIEFING, "{{ article.card | number }}")],
        &["briefing.html:1:"],
    ),
    (
        "an include that isn't there",
        &[(BRIEFING, "{% include \"parts/foter.html\" %}")],
        &[
            "`parts/foter.html`",
            "briefing.html:1:",
            "did you mean `parts/footer.html`?",
        ],
    ),
    (
        "a parent that isn't there",
        &[(BRIEFING, "{% extends \"articel.html\" %}")],
        &[
            "`articel.html`",
            "briefing.html:1:12",
            "did you mean `article.html`?",
        ],
    ),
    (
        "templates that extend each other",
        &[(BRIEFING, "{% extends \"briefing.html\" %}")],
        &["extends itself", "briefing.html:1:12", "default/"],
    ),
    (
        "a string that isn't there",
        &[(BRIEFING, "{{ t.foooter }}")],
        &["no field `foooter`", "briefing.html:1:", "help:"],
    ),
    (
        "a parameter of the wrong type",
        &[
            ("theme", "[params.compact]\ndefault = false\n"),
            ("params", "compact = \"yes\""),
        ],
        &[
            "`compact` is of type string, not boolean",
            "site.toml:6:",
            "compact = false",
        ],
    ),
    (
        "a parameter that can't be that",
        &[
            (
                "theme",
                "[params.tone]\ndefault = \"warm\"\nvalues = [\"warm\", \"cold\"]\n",
            ),
            ("params", "tone = \"hot\""),
        ],
        &[
            "`tone` can't be \"hot\"",
            "site.toml:6:",
            "\"warm\", \"cold\"",
        ],
    ),
    (
        "a parameter that the theme doesn't know",
        &[("params", "lgoo = \"anchor.svg\"")],
        &[
            "no parameter `lgoo`",
            "site.toml:6:",
            "did you mean `logo`?",
        ],
    ),
    (
        "a theme for another program",
        &[("theme", "api = 99\n")],
        &["template API 99", "theme.toml:1:", "a newer briefbook"],
    ),
    (
        "a theme that extends nothing that is there",
        &[(
            "themes/harbor/theme.toml",
            "name = \"Harbor\"\nextends = \"defalt\"\n",
        )],
        &[
            "no theme `defalt`",
            "theme.toml:2:",
            "did you mean `default`?",
        ],
    ),
    (
        "themes that extend each other",
        &[
            (
                "themes/harbor/theme.toml",
                "name = \"Harbor\"\nextends = \"pier\"\n",
            ),
            (
                "themes/pier/theme.toml",
                "name = \"Pier\"\nextends = \"harbor\"\n",
            ),
        ],
        &[
            "harbor → pier → harbor",
            "themes/pier/theme.toml:2:",
            "help:",
        ],
    ),
];

#[test]
fn every_mistake_of_a_theme_editor_has_its_message() {
    let parent = "name = \"Harbor\"\nextends = \"default\"\n";
    for (what, files, wanted) in MISTAKES {
        let of = |name| {
            files
                .iter()
                .find(|(file, _)| *file == name)
                .map_or("", |(_, text)| *text)
        };
        let params = match of("params") {
            "" => String::new(),
            line => format!("[params]\n{line}\n"),
        };
        let archive = Archive::with_theme("harbor", &params);
        let own = of("theme");
        let manifest = if own.starts_with("api") {
            format!("{own}{parent}")
        } else {
            format!("{parent}{own}")
        };
        archive.write("themes/harbor/theme.toml", &manifest);
        for (file, text) in files.iter().filter(|(file, _)| file.contains('/')) {
            archive.write(file, text);
        }
        let told = archive.told();
        let mut rest = told.as_str();
        for part in wanted {
            let at = rest.find(part);
            let at = at.unwrap_or_else(|| panic!("{what}: no `{part}` in\n{told}"));
            rest = &rest[at + part.len()..];
        }
    }
}
