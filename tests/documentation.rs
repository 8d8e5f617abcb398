//! The reference in `docs/` against what the program reads: no field and no setting is left out.

use briefbook::content::config::Config;
use briefbook::content::front_matter::FrontMatter;
use briefbook::content::term::TermFrontMatter;
use briefbook::diagnostic::SourceText;
use serde::de::DeserializeOwned;

const FRONT_MATTER: &str = include_str!("../docs/front-matter.md");
const SITE_TOML: &str = include_str!("../docs/site-toml.md");

/// The names in the message about an unknown field.
fn named(message: &str) -> Vec<String> {
    let names = message.split('`').skip(3).step_by(2);
    names.map(str::to_owned).collect()
}

/// Every field of a table within `T`, learned from the complaint about one that isn't there.
fn fields<T: DeserializeOwned>(prefix: &str) -> Vec<String> {
    let error = match toml::from_str::<T>(&format!("{prefix}no-such-field = 1\n")) {
        Ok(_) => panic!("an unknown field was read"),
        Err(error) => error.message().to_owned(),
    };
    assert!(error.starts_with("unknown field"), "{error}");
    named(&error)
}

fn check(document: &str, section: &str, fields: &[String]) {
    let text = match section {
        "" => document,
        section => {
            let start = document.find(section).expect(section);
            let rest = &document[start + section.len()..];
            &rest[..rest.find("\n## ").unwrap_or(rest.len())]
        }
    };
    assert!(fields.len() > 1, "too few fields in {section}: {fields:?}");
    for field in fields {
        let known = [
            format!("`{field}`"),
            format!("[{field}]"),
            format!("[[{field}]]"),
            // A table that holds nothing but other tables.
            format!("[{field}."),
        ];
        assert!(
            known.iter().any(|written| text.contains(written.as_str())),
            "`{field}` is missing in {section}"
        );
    }
}

#[test]
fn every_field_of_an_article_is_in_the_reference() {
    let articles = "## Articles and pages";
    check(FRONT_MATTER, articles, &fields::<FrontMatter>(""));
    for table in ["[withdrawn]", "[image]", "[provenance]"] {
        let fields = fields::<FrontMatter>(&format!("{table}\n"));
        check(FRONT_MATTER, articles, &fields);
    }
}

#[test]
fn every_field_of_a_term_is_in_the_reference() {
    check(FRONT_MATTER, "## Terms", &fields::<TermFrontMatter>(""));
}

#[test]
fn every_setting_is_in_the_reference() {
    let settings = |text: &str| {
        let text = format!("title = 'x'\nbase_url = 'https://x.example/'\n{text}no-such = 1\n");
        let error = Config::parse(&SourceText::new("site.toml", text)).unwrap_err();
        let help = miette::Diagnostic::help(&error).unwrap().to_string();
        let (_, known) = help.split_once("known here: ").expect(&help);
        known.split(", ").map(str::to_owned).collect::<Vec<_>>()
    };
    check(SITE_TOML, "", &settings(""));
    for (heading, table) in [
        ("## [[menu]]", "[[menu]]\n"),
        ("## [sources]", "[sources]\n"),
        ("## [analytics]", "[analytics]\n"),
        ("## [[taxonomies]]", "[[taxonomies]]\n"),
    ] {
        check(SITE_TOML, heading, &settings(table));
    }
}

#[test]
fn the_example_of_front_matter_can_be_read() {
    let (_, example) = FRONT_MATTER.split_once("```toml\n+++\n").unwrap();
    let (example, _) = example.split_once("+++").unwrap();
    let front: FrontMatter = toml::from_str(example).unwrap();
    assert_eq!(front.topics, ["energy", "trade"]);
}
