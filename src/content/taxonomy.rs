//! Taxonomies: the ways of grouping articles. Seven are always there; `site.toml` adds others
//! (regions, treaties) and says how each is kept.

use serde::Deserialize;
use toml::Spanned;

use super::error::ContentError;
use crate::diagnostic::SourceText;

/// A way of grouping articles: its place in the archive's [`Taxonomies`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Taxonomy(u8);

impl Taxonomy {
    pub const TOPICS: Self = Self(0);
    pub const PEOPLE: Self = Self(1);
    pub const PLACES: Self = Self(2);
    pub const ORGANIZATIONS: Self = Self(3);
    pub const SERIES: Self = Self(4);
    pub const PUBLISHERS: Self = Self(5);
    pub const AUTHORS: Self = Self(6);

    /// Whether front matter names its terms by slug (and not by a name as printed).
    pub fn by_slug(self) -> bool {
        !matches!(self, Self::SERIES | Self::PUBLISHERS | Self::AUTHORS)
    }

    /// Whether its terms are things with a name of their own. The others are subjects, whose
    /// names are common words and may be written small: "elections".
    pub fn has_proper_names(self) -> bool {
        matches!(self.0, 1..=6)
    }
}

/// The names of the taxonomies that every archive has, in the order of their constants.
const ALWAYS: [&str; 7] = [
    "topics",
    "people",
    "places",
    "organizations",
    "series",
    "publishers",
    "authors",
];

/// Names that an added taxonomy can't have: folders under `content/`, addresses of the site.
const TAKEN: [&str; 8] = [
    "briefings",
    "sources",
    "pages",
    "undated",
    "events",
    "threads",
    "search",
    "static",
];

/// Which terms an article may have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Openness {
    /// Any: a term without a file is made by the first article that names it.
    #[default]
    Open,
    /// Only those with a file: anything else is an error.
    Strict,
}

/// How one taxonomy is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// In front matter, in folders and in addresses: `treaties`.
    pub name: String,
    /// What readers see where the theme has no word for it.
    pub title: Option<String>,
    pub vocabulary: Openness,
}

/// One `[[taxonomies]]` table of `site.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    name: Spanned<String>,
    title: Option<String>,
    #[serde(default)]
    vocabulary: Openness,
}

/// All taxonomies of an archive: those that are always there, then the added ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxonomies(Vec<Settings>);

impl Default for Taxonomies {
    fn default() -> Self {
        let settings = |name: &str| Settings {
            name: name.to_owned(),
            title: None,
            vocabulary: Openness::Open,
        };
        Self(ALWAYS.map(settings).into())
    }
}

impl Taxonomies {
    /// The default ones, changed and added to by `[[taxonomies]]`.
    pub(super) fn of(source: &SourceText, written: Vec<Written>) -> Result<Self, ContentError> {
        let mut taxonomies = Self::default();
        for Written {
            name,
            title,
            vocabulary,
        } in written
        {
            let settings = Settings {
                name: name.get_ref().clone(),
                title,
                vocabulary,
            };
            if let Some(known) = taxonomies.find(&settings.name) {
                taxonomies.0[usize::from(known.0)] = settings;
            } else {
                check_name(source, &name, taxonomies.0.len())?;
                taxonomies.0.push(settings);
            }
        }
        Ok(taxonomies)
    }

    pub fn find(&self, name: &str) -> Option<Taxonomy> {
        let at = self.0.iter().position(|known| known.name == name)?;
        u8::try_from(at).ok().map(Taxonomy)
    }

    pub fn get(&self, taxonomy: Taxonomy) -> &Settings {
        &self.0[usize::from(taxonomy.0)]
    }

    pub fn name(&self, taxonomy: Taxonomy) -> &str {
        &self.get(taxonomy).name
    }

    pub fn iter(&self) -> impl Iterator<Item = (Taxonomy, &Settings)> {
        (0..).map(Taxonomy).zip(&self.0)
    }

    /// Those that articles list by slug: topics, people, places, organizations and the added
    /// ones.
    pub fn by_slug(&self) -> impl Iterator<Item = (Taxonomy, &Settings)> {
        self.iter().filter(|(taxonomy, _)| taxonomy.by_slug())
    }

    /// Names of the taxonomies that `site.toml` has added: fields of front matter.
    pub fn added(&self) -> impl Iterator<Item = &str> {
        self.0[ALWAYS.len()..]
            .iter()
            .map(|known| known.name.as_str())
    }
}

fn check_name(
    source: &SourceText,
    name: &Spanned<String>,
    count: usize,
) -> Result<(), ContentError> {
    let text = name.get_ref();
    let fault = if !crate::text::slug::is_slug(text) || text.bytes().all(|b| b.is_ascii_digit()) {
        "only lower-case letters, digits and `-` may stand here, with a letter among them"
    } else if TAKEN.contains(&text.as_str()) || super::front_matter::is_field(text) {
        "this name means something else already"
    } else if count > usize::from(u8::MAX) {
        "there are too many taxonomies"
    } else {
        return Ok(());
    };
    Err(ContentError::field(
        source,
        name.span(),
        format!("a taxonomy cannot be called `{text}`"),
        fault,
        Some("it names a folder under `content/`, a field and an address: `treaties`".into()),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::config::Config;

    fn taxonomies(text: &str) -> Result<Taxonomies, ContentError> {
        let text = format!("title = 'x'\nbase_url = 'https://example.org/'\n{text}");
        Config::parse(&SourceText::new("site.toml", text)).map(|config| config.taxonomies)
    }

    #[test]
    fn an_archive_adds_its_own_taxonomies_to_those_that_are_always_there() {
        let found = taxonomies(
            "[[taxonomies]]\nname = 'treaties'\ntitle = 'Treaties'\nvocabulary = 'strict'\n\
             [[taxonomies]]\nname = 'topics'\nvocabulary = 'strict'\n",
        )
        .unwrap();
        let treaties = found.find("treaties").unwrap();
        assert!(treaties.by_slug() && !treaties.has_proper_names());
        assert_eq!(found.get(treaties).title.as_deref(), Some("Treaties"));
        assert_eq!(found.get(Taxonomy::TOPICS).vocabulary, Openness::Strict);
        assert_eq!(found.get(Taxonomy::PEOPLE).vocabulary, Openness::Open);
        assert_eq!(found.added().collect::<Vec<_>>(), ["treaties"]);
        assert_eq!(found.name(Taxonomy::AUTHORS), "authors");
    }

    #[test]
    fn a_taxonomy_cannot_take_a_name_that_means_something_else() {
        for name in [
            "sources", "title", "keywords", "2021", "Treaties", "a/b", "",
        ] {
            let written = format!("[[taxonomies]]\nname = '{name}'\n");
            assert!(taxonomies(&written).is_err(), "{name}");
        }
    }
}
