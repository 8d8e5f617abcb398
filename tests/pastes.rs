//! What import makes of pasted pages. Each `tests/pastes/NAME.txt` is what select-all, copy gives of
//! an invented page; `NAME.md` beside it is what an editor wants of it, one article after the other.
//!
//! `BLESS=1 cargo test --test pastes` writes the `.md` files anew: read the difference before
//! committing it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use briefbook::content::front_matter::Kind;
use briefbook::import::draft::{Draft, Setting};
use briefbook::import::paste::convert::convert;
use jiff::tz::TimeZone;

#[test]
fn pasted_pages_become_the_articles_in_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pastes");
    let mut pastes: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    pastes.sort();
    let setting = Setting {
        time_zone: TimeZone::get("Asia/Seoul").ok(),
        ..Setting::default()
    };
    let mut wrong = String::new();
    for paste in pastes {
        let drafts = convert(&fs::read_to_string(&paste).unwrap(), &setting);
        let told: Vec<String> = drafts.iter().map(tell).collect();
        let told = told.join("\n==========\n\n");
        let wanted = paste.with_extension("md");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&wanted, &told).unwrap();
        } else if fs::read_to_string(&wanted).unwrap_or_default() != told {
            writeln!(wrong, "{}:\n{told}", paste.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What was found, a line a field, and the body.
fn tell(draft: &Draft) -> String {
    let mut told = format!("# {}\n\n", draft.front.title);
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            writeln!(told, "{name}: {value}").unwrap();
        }
    };
    field(
        "kind",
        Some(format!("{:?}", draft.front.kind.unwrap_or(Kind::Source)).to_lowercase()),
    );
    field("subtitle", draft.front.subtitle.clone());
    field("authors", Some(draft.front.authors.join(", ")));
    field("editors", Some(draft.front.editors.join(", ")));
    field("contributors", Some(draft.front.contributors.join(", ")));
    field("publisher", draft.front.publisher.clone());
    field("agency", draft.front.agency.clone());
    field("dateline", draft.front.dateline.clone());
    field("series", draft.front.series.clone());
    field("date", draft.front.date.as_ref().map(ToString::to_string));
    field(
        "updated",
        draft.front.updated.as_ref().map(ToString::to_string),
    );
    if let Some(image) = &draft.front.image {
        field("caption", image.caption.clone());
        field("credit", image.credit.clone());
    }
    for doubt in &draft.front.review {
        field("review", Some(doubt.clone()));
    }
    told.push('\n');
    told + &draft.body
}

#[test]
fn a_paste_without_end_is_cut_and_says_so() {
    let article = "Harbour freezes for the first time\n\nThe harbour froze on Monday, and nobody knows when it will open again.\n";
    let paste = format!(
        "{article}{}\nNobody reads this far, they said, and went home over the ice.",
        "\n".repeat(200_000)
    );
    let setting = Setting::default();
    let drafts = convert(&paste, &setting);
    assert_eq!(drafts.len(), 1);
    assert!(drafts[0].body.starts_with("The harbour froze"));
    assert!(!drafts[0].body.contains("Nobody reads"));
    assert!(
        drafts[0]
            .front
            .review
            .iter()
            .any(|doubt| doubt.contains("200000 lines"))
    );
}
