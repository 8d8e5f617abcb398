//! What schema.org descriptions say of an article, whichever way they are written into the page
//! (JSON-LD, microdata, RDFa).

/// A person or an organisation that is named as author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Agent {
    pub(super) name: String,
    pub(super) kind: AgentKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AgentKind {
    Person,
    Organisation,
    /// The description doesn't say.
    Unknown,
}

impl AgentKind {
    pub(super) fn of_type(name: &str) -> Self {
        if name.ends_with("Person") {
            Self::Person
        } else if name.ends_with("Organization") || name.ends_with("Corporation") {
            Self::Organisation
        } else {
            Self::Unknown
        }
    }
}

/// An article, or the page it is on, as a description gives it: clean lines, not judged yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Description {
    pub(super) headline: Option<String>,
    pub(super) subtitle: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) text: Option<String>,
    pub(super) authors: Vec<Agent>,
    pub(super) publisher: Option<String>,
    pub(super) published: Option<String>,
    /// When the record was made: rarely more than a hint at the publication.
    pub(super) created: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    pub(super) license: Option<String>,
    pub(super) image: Option<Picture>,
    pub(super) sections: Vec<String>,
    pub(super) keywords: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) address: String,
    pub(super) caption: Option<String>,
    pub(super) credit: Option<String>,
}

/// How well a type of schema.org fits what is imported: articles before other works, those before
/// the page around them; `None` for what is neither.
pub(super) fn fitness(type_name: &str) -> Option<u8> {
    let name = type_name.rsplit(['/', ':', '#']).next().unwrap_or_default();
    match name {
        "" => None,
        _ if name.ends_with("Article") || name.ends_with("Posting") => Some(3),
        "Report"
        | "Review"
        | "CriticReview"
        | "Recipe"
        | "HowTo"
        | "AnalysisNewsArticle"
        | "Course"
        | "Chapter"
        | "CreativeWork"
        | "QAPage"
        | "Event" => Some(2),
        _ if name.ends_with("Page") && !matches!(name, "SearchResultsPage" | "CollectionPage") => {
            Some(1)
        }
        "VideoObject" | "AudioObject" | "PodcastEpisode" => Some(1),
        _ => None,
    }
}
