//! The archives that `briefbook theme check` renders: one in which everything occurs that a template
//! may meet, and an empty one.
//!
//! Every field that a page may lack is there once and missing once, so that a template which is
//! right only by luck is found out before an editor's article does it.

use std::collections::BTreeSet;

use jiff::civil::date;

use crate::archive::entry::{Selection, Unpublished};
use crate::archive::linked::Archive;
use crate::content::article::Asset;
use crate::content::config::Config;
use crate::content::disk::ContentFolder;
use crate::content::kept::Kept;
use crate::content::library::Library;
use crate::content::parse::ContentFile;
use crate::diagnostic::Findings;
use crate::site::field::Field;
use crate::site::shard::Shards;
use crate::site::theme::Theme;

/// Articles without anything: enough that a term's list is paged, by month in one of their years.
const CROWD: usize = 240;
/// One in so many of them is of the year after.
const IN_ANOTHER_YEAR: usize = 8;

/// The picture of the article that has everything; nobody looks at it.
pub const PICTURE: &str = "content/briefings/2021/full/picture.png";
pub const PICTURE_BYTES: &[u8] = include_bytes!("rehearsal/picture.png");

/// The files of the archive that is rendered; an article in it has every field of one's own that
/// the theme makes pages from.
fn files(theme: &Theme) -> Vec<ContentFile> {
    let written = [
        (
            "content/briefings/2021/full.md",
            include_str!("rehearsal/full.md"),
        ),
        (
            "content/briefings/2020/bare.md",
            include_str!("rehearsal/bare.md"),
        ),
        (
            "content/briefings/2021/withdrawn.md",
            include_str!("rehearsal/withdrawn.md"),
        ),
        (
            "content/sources/2021/full-source.md",
            include_str!("rehearsal/full-source.md"),
        ),
        (
            "content/sources/undated/bare-source.md",
            include_str!("rehearsal/bare-source.md"),
        ),
        (
            "content/topics/full-topic.md",
            include_str!("rehearsal/term.md"),
        ),
        (
            "content/briefings/undated/undated.md",
            include_str!("rehearsal/undated.md"),
        ),
        (
            "content/sources/2021/second-report.md",
            include_str!("rehearsal/second-report.md"),
        ),
        ("content/pages/a-page.md", include_str!("rehearsal/page.md")),
    ];
    let own = theme
        .page_kinds
        .iter()
        .filter_map(|kind| match &kind.group_by {
            Field::Extra(way) if way[0] != "note" => {
                Some(format!("{} = \"Example\"\n", way.join(".")))
            }
            _ => None,
        });
    let own: BTreeSet<String> = own.collect();
    let extra = format!("[extra]\n{}", Vec::from_iter(own).concat());
    let written = written.map(|(path, text)| (path.to_owned(), text.replace("[extra]\n", &extra)));
    let crowd = (0..CROWD).map(|number| {
        let year = 2019 + usize::from(number % IN_ANOTHER_YEAR == 0);
        let day = format!("{year}-0{}-1{}", 1 + number % 9, number % 10);
        let text = format!(
            "+++\ntitle = \"Number {number}\"\ndate = {day}\ntopics = [\"bare-topic\"]\n+++\n\nText {number} names Full topic.\n"
        );
        (format!("content/sources/2019/number-{number}.md"), text)
    });
    written
        .into_iter()
        .chain(crowd)
        .map(|(path, text)| ContentFile {
            path,
            bytes: text.into_bytes(),
        })
        .collect()
}

/// The archive in which everything occurs, linked, with the settings of the editor's own.
pub fn full(mut config: Config, theme: &Theme, findings: &mut Findings) -> Archive {
    config.exports.markdown = true;
    config.social_images = true;
    let picture = Asset {
        path: PICTURE.to_owned(),
        size: Some((640, 480)),
    };
    let folder = ContentFolder {
        files: files(theme),
        assets: vec![picture],
    };
    link(config, folder, findings)
}

/// A cut for the other archive, so that pages are seen in shards as well.
pub fn shards(base_url: &str, theme: &Theme) -> Shards {
    let everywhere = theme.statics.values().map(|file| file.address.clone());
    Shards::by_year(
        base_url.to_owned(),
        &format!("{base_url}{{year}}/"),
        [2020],
        everywhere,
    )
}

/// An archive on its first day: nothing is in it yet.
pub fn young(mut config: Config, findings: &mut Findings) -> Archive {
    config.exports.markdown = false;
    config.social_images = false;
    let folder = ContentFolder {
        files: Vec::new(),
        assets: Vec::new(),
    };
    link(config, folder, findings)
}

fn link(config: Config, folder: ContentFolder, findings: &mut Findings) -> Archive {
    let library = Library::parse(config, folder, &Kept::new(), findings);
    let selection = Selection {
        today: date(2026, 1, 1),
        unpublished: Unpublished::HoldBack,
    };
    // Loose ends of invented articles are nobody's business.
    Archive::link(library, selection, &Kept::new(), &mut Findings::default())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use serde_json::Value;

    use super::*;
    use crate::diagnostic::SourceText;
    use crate::site::lists::Lists;
    use crate::site::plan::Site;
    use crate::site::render::{Prepared, Renderer};

    const REFERENCE: &str = include_str!("../../themes/REFERENCE.md");

    /// What comes from the settings of a site, from a theme's own kinds of page, or goes into
    /// mails: the archive can't give it.
    const OF_OTHERS: [&str; 10] = [
        "SiteMeta",
        "PageKindLink",
        "MenuLink",
        "Place",
        "Analytics",
        "Group",
        "Groups",
        "GroupLink",
        "Email",
        "EmailArticle",
    ];

    /// Each struct of the reference: its name, and its fields with their types.
    fn structs() -> Vec<(&'static str, BTreeMap<&'static str, &'static str>)> {
        let sections = REFERENCE.split("\n### ").skip(1);
        let described = sections.map(|section| {
            let (name, rest) = section.split_once('\n').expect("a heading");
            let rows = rest.lines().filter_map(|line| line.strip_prefix("| `"));
            let fields = rows.filter_map(|row| {
                let (field, rest) = row.split_once("` | ")?;
                Some((field, rest.split_once(" | ")?.0))
            });
            (name, fields.collect())
        });
        described.collect()
    }

    fn is_there(value: &Value) -> bool {
        match value {
            Value::Null => false,
            Value::Array(items) => !items.is_empty(),
            Value::Object(fields) => !fields.is_empty(),
            _ => true,
        }
    }

    /// How often each field of an object was there and missing, by the names of all its fields.
    type Met = BTreeMap<Vec<String>, BTreeMap<String, [usize; 2]>>;

    fn meet(value: &Value, met: &mut Met) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| meet(item, met)),
            Value::Object(fields) => {
                let mut names: Vec<String> = fields.keys().cloned().collect();
                names.sort();
                let counts = met.entry(names).or_default();
                for (name, value) in fields {
                    let counts = counts.entry(name.clone()).or_default();
                    counts[usize::from(is_there(value))] += 1;
                }
                fields.values().for_each(|value| meet(value, met));
            }
            _ => {}
        }
    }

    #[test]
    fn every_field_that_may_be_missing_is_there_once_and_missing_once() {
        let text = "title = \"Notes\"\nbase_url = \"https://example.org/\"\n";
        let text = SourceText::new("site.toml", text.to_owned());
        let config = Config::parse(&text).expect("sound settings");
        let mut findings = Findings::default();
        let base_url = config.base_url.clone();
        let theme = Theme::load(Path::new("."), &config, &mut findings);
        let young = young(config.clone(), &mut findings);
        let full = full(config, &theme, &mut findings);
        let mut met = Met::new();
        for (archive, shards) in [
            (young, shards(&base_url, &theme)),
            (full, Shards::whole(base_url)),
        ] {
            let lists = Lists::of(&archive);
            let site = Site::plan(&archive, &theme, shards, lists, &mut findings);
            let renderer = Renderer::new(&site, &mut findings).expect("a sound theme");
            for (address, content) in &site.contents {
                if let Prepared::Page(view) = renderer.prepare(address, content, None) {
                    meet(
                        &serde_json::from_str(&view.to_json()).expect("JSON"),
                        &mut met,
                    );
                }
            }
        }
        let mut faults = Vec::new();
        for (name, fields) in structs() {
            if OF_OTHERS.contains(&name) {
                continue;
            }
            let names: Vec<String> = fields.keys().map(|field| (*field).to_owned()).collect();
            let Some(counts) = met.get(&names) else {
                faults.push(format!("{name} never occurs"));
                continue;
            };
            for (field, type_of) in fields {
                let [missing, there] = counts[field];
                if there == 0 {
                    faults.push(format!("{name}.{field} is never there"));
                }
                // An item of a list may be none where the list itself never is.
                let may_be_missing = type_of.ends_with(", or none") && !type_of.starts_with("list");
                if may_be_missing && missing == 0 {
                    faults.push(format!("{name}.{field} is never missing"));
                }
            }
        }
        assert_eq!(faults, Vec::<String>::new());
    }
}
