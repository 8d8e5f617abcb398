//! The authors: persons, by their names only.
//!
//! In this order: JSON-LD, microdata; elements the markup calls an author; what a byline at the
//! head of the article says; the tags of the page's head, which often name the house or whoever
//! saved the page; a byline at the foot. The first source that names a person wins; but a full
//! name in a later one (`Jane Doe`) goes before the account it belongs to (`janedoe`, `Jane`).

use super::super::tree::NodeId;
use super::bylines::{bare_name, byline_at, marked};
use super::head;
use super::plain::key;
use super::publisher;
use super::schema::{Agent, AgentKind, Description};
use super::signals::Signals;
use super::title::Title;
use crate::import::byline::Byline;
use crate::import::date_text::dates::DayMonthOrder;
use crate::import::dateline;
use crate::import::wire;
use crate::text::names;

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Authors {
    pub(super) names: Vec<String>,
    pub(super) agency: Option<String>,
    /// The visible lines that bylines were read from.
    pub(super) nodes: Vec<NodeId>,
}

const TAGS: &[&str] = &[
    "citation_author",
    "author",
    "article:author",
    "article:author_name",
    "og:article:author",
    "og:author",
    "dc.creator",
    "dc:creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "shareaholic:article_author_name",
    "cxenseparse:author",
    "vr:author",
    "byl",
    "authors",
];

/// How many of the sources, in their order, are descriptions and lines at the head of the article.
const VISIBLE: usize = 4;

/// The offers of elements that the markup calls an author, and of the byline at the head.
const MARKED: usize = 2;
const HEAD: usize = 3;

/// The most authors a piece can have here: longer lists are a masthead.
const AUTHORS: usize = 20;

pub(super) fn choose(
    signals: &Signals<'_>,
    title: Option<&Title>,
    order: DayMonthOrder,
) -> Authors {
    let sites = publisher::site_names(signals);
    let marked = marked(signals, title);
    let head = head::lines(signals, title)
        .into_iter()
        .find_map(|at| byline_at(signals, at, order));
    let foot = head::foot(signals, title)
        .into_iter()
        .filter(|&at| signals.blocks[at].text.chars().count() <= 60)
        .filter_map(|at| byline_at(signals, at, order))
        .find(|(byline, _)| {
            byline.agency.is_some()
                || (byline.authors.len() <= 3
                    && byline.authors.iter().all(|name| names::is_full_name(name)))
        });
    let bare: Vec<(String, NodeId)> = bare_name(signals, title, order).into_iter().collect();
    let tags: Vec<String> = signals.tags.all(TAGS).collect();
    let json = agents(signals.json_ld.article.as_ref());
    let micro = agents(signals.microdata.as_ref());
    let page = agents(signals.json_ld.page.as_ref());
    // A site may bear its author's name; then only a description tells the one from the other.
    let own_site = described_person(signals).is_some_and(|name| sites.contains(&name));
    let described_sites: &[String] = if own_site { &[] } else { &sites };
    let written_by: Vec<String> = written_by(signals).into_iter().collect();
    let bylines: Vec<&(Byline, NodeId)> = head.iter().chain(&foot).collect();
    let agency = bylines
        .iter()
        .find_map(|(byline, _)| byline.agency.clone())
        .or_else(|| {
            json.iter()
                .chain(&tags)
                .find_map(|name| wire::agency(name).map(str::to_owned))
        })
        .or_else(|| {
            let opening = head::first_prose(signals, title)?;
            dateline::split(&signals.blocks[opening].text)?.agency
        });
    let line = |byline: &Option<(Byline, NodeId)>| {
        byline
            .as_ref()
            .map(|(byline, _)| byline.authors.clone())
            .unwrap_or_default()
    };
    let offers: Vec<Vec<String>> = [
        json,
        micro,
        marked.iter().map(|(text, _)| text.clone()).collect(),
        line(&head),
        bare.iter().map(|(name, _)| name.clone()).collect(),
        written_by,
        tags,
        page,
        line(&foot),
    ]
    .iter()
    .enumerate()
    .map(|(at, raw)| persons(raw, if at < 2 { described_sites } else { &sites }))
    .collect();
    let names = best(&offers);
    Authors {
        names: beside(&names, &offers[MARKED], &offers[HEAD]).unwrap_or(names),
        agency,
        nodes: marked
            .iter()
            .map(|(_, node)| *node)
            .chain(bylines.iter().map(|(_, node)| *node))
            .collect(),
    }
}

/// The first offer, unless a later one gives in full what it only hints at.
fn best(offers: &[Vec<String>]) -> Vec<String> {
    let Some(first) = offers.iter().find(|names| !names.is_empty()) else {
        return Vec::new();
    };
    if first.iter().any(|name| names::is_full_name(name)) {
        return first.clone();
    }
    let account = key(&first[0]).replace(' ', "");
    let is_account = account.bytes().any(|b| b.is_ascii_digit());
    // What a line calls the author for readers goes before a word in the page's data.
    let has_full = |names: &&Vec<String>| names.iter().any(|name| names::is_full_name(name));
    let named = |names: &&Vec<String>| {
        names.iter().any(|name| {
            let full = key(name);
            names::is_full_name(name)
                && (is_account
                    || full.replace(' ', "") == account
                    || full.split(' ').any(|word| word == account))
        })
    };
    let by_name = offers.iter().find(named);
    by_name
        .or_else(|| offers.iter().take(VISIBLE).find(has_full))
        .unwrap_or(first)
        .clone()
}

/// The persons of a byline, where only the first of them is marked as an author.
fn beside(names: &[String], marked: &[String], byline: &[String]) -> Option<Vec<String>> {
    const MOST: usize = 4;
    let is_first = names == marked && names.len() == 1 && byline.first() == names.first();
    let are_full = byline.iter().all(|name| names::is_full_name(name));
    (is_first && are_full && (2..=MOST).contains(&byline.len())).then(|| byline.to_vec())
}

/// The full name of the person whom the descriptions call the author, as a [`key`].
fn described_person(signals: &Signals<'_>) -> Option<String> {
    signals
        .articles()
        .flat_map(|article| &article.authors)
        .find(|agent| agent.kind == AgentKind::Person && names::is_full_name(&agent.name))
        .map(|agent| key(&agent.name))
}

fn agents(description: Option<&Description>) -> Vec<String> {
    let persons = |agent: &&Agent| agent.kind != AgentKind::Organisation;
    description
        .into_iter()
        .flat_map(|description| &description.authors)
        .filter(persons)
        .map(|agent| match agent.kind {
            AgentKind::Person => capitalised(&agent.name),
            AgentKind::Organisation | AgentKind::Unknown => agent.name.clone(),
        })
        .collect()
}

/// `Jane doe`, `jane doe` and `jane.doe`, as people type themselves into forms, are written as
/// names.
fn capitalised(name: &str) -> String {
    let is_dotted = |name: &str| {
        name.split_once('.').is_some_and(|(given, family)| {
            [given, family]
                .iter()
                .all(|part| part.len() > 2 && part.chars().all(char::is_alphabetic))
        })
    };
    let name = &if is_dotted(name) {
        name.replacen('.', " ", 1)
    } else {
        name.to_owned()
    };
    if !(2..=4).contains(&name.split(' ').count()) || names::is_person(name) {
        return name.to_owned();
    }
    let words: Vec<String> = name
        .split(' ')
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().chain(letters).collect())
                .unwrap_or_default()
        })
        .collect();
    words.join(" ")
}

/// `twitter:label1` "Written by", `twitter:data1` "Jane Doe": how WordPress tells other programs.
fn written_by(signals: &Signals<'_>) -> Option<String> {
    [
        ("twitter:label1", "twitter:data1"),
        ("twitter:label2", "twitter:data2"),
    ]
    .into_iter()
    .find_map(|(label, data)| {
        let label = signals.tags.first(&[label])?.to_lowercase();
        let by = [
            "written by",
            "verfasst von",
            "geschrieben von",
            "écrit par",
            "escrito por",
            "scritto da",
            "autor",
            "napisane przez",
            "글쓴이",
            "作者",
            "執筆者",
            "door",
        ];
        by.iter()
            .any(|by| label.starts_with(by))
            .then(|| signals.tags.first(&[data]))?
    })
}

/// The names in raw author fields, each once, without those that are the site's own.
fn persons(raw: &[String], sites: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in raw {
        if text.contains("://") || text.starts_with('@') {
            continue;
        }
        for name in names::persons(text) {
            let known = key(&name);
            if sites.contains(&known)
                || sites.iter().any(|site| are_of_one_house(site, &known))
                || wire::agency(&name).is_some()
                || found.iter().any(|other| key(other) == known)
            {
                continue;
            }
            found.push(name);
        }
    }
    // Beside "Jane Doe", "janedoe" is her account.
    let full: Vec<String> = found
        .iter()
        .filter(|name| names::is_full_name(name))
        .map(|name| key(name).replace(' ', ""))
        .collect();
    found.retain(|name| names::is_full_name(name) || !full.contains(&key(name)));
    found.truncate(AUTHORS);
    found
}

/// `harbour times online` and `harbour times north`: two desks of one house, as [`key`]s.
fn are_of_one_house(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.split(' '), other.split(' '));
    let begin_alike = (0..2).all(|_| one.next().is_some_and(|word| other.next() == Some(word)));
    begin_alike && one.next().is_some() && other.next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::html::metadata::title;
    use crate::import::html::tree::Tree;

    const PROSE: &str = "<p>The ice in the old harbour has grown so thick since Monday that the \
        ferries to the islands no longer run, the port office said. Nobody can say when they will \
        sail again. The last winter that was as hard as this one lies more than thirty years back, \
        and the two ice breakers of that time were sold long ago.</p>";

    fn authors(head: &str, body: &str, foot: &str) -> Authors {
        let tree = Tree::parse(&format!(
            "<title>Ice in the old harbour</title>{head}<h1>Ice in the old harbour</h1>{body}{PROSE}{PROSE}{foot}"
        ));
        let mut signals = Signals::of(&tree);
        let title = title::choose(&signals);
        if let Some(node) = title.as_ref().and_then(|title| title.node) {
            signals.regions = signals.regions.around(&tree, node);
        }
        choose(&signals, title.as_ref(), DayMonthOrder::DayFirst)
    }

    #[test]
    fn each_source_can_name_the_author() {
        for (case, head, body, foot) in [
            (
                "JSON-LD",
                r#"<script type="application/ld+json">{"@type":"Article","author":{"@type":"Person","name":"Jane Doe"}}</script>"#,
                "",
                "",
            ),
            ("a tag", "<meta name=author content='Jane Doe'>", "", ""),
            (
                "a tag with the house",
                "<meta name=author content='By Jane Doe, Harbour Times'>",
                "",
                "",
            ),
            ("microdata", "", "<b itemprop=author>Jane Doe</b>", ""),
            (
                "rel=author",
                "",
                "<p>Posted by <a rel=author href=/x>Jane Doe</a> at 18:52</p>",
                "",
            ),
            (
                "a class, with a button beside it",
                "",
                "<div class=byline><b>Jane Doe</b><a>Follow</a></div>",
                "",
            ),
            (
                "a link to an author's page",
                "",
                "<p><a href='/autoren/jane-doe'>Jane Doe</a></p>",
                "",
            ),
            ("a visible line", "", "<p>26.04.2021 | Von Jane Doe</p>", ""),
            (
                "a lead and a name apart",
                "",
                "<div>By</div><div>Jane Doe</div>",
                "",
            ),
            (
                "a lead with a colon and a name apart",
                "",
                "<div>Von:<br>Jane Doe</div>",
                "",
            ),
            (
                "the author is called the publisher, too",
                "<meta property=og:site_name content='Hafenbote'><meta name=dcterms.publisher content='Jane Doe'>\
                 <meta name=author content='Jane Doe'>",
                "",
                "",
            ),
            (
                "a bare name beside a date",
                "",
                "<div>Jane Doe</div><div>26.04.2021</div>",
                "",
            ),
            ("a line at the foot", "", "", "<p>Von Jane Doe</p>"),
            (
                "an account with a dot",
                r#"<script type="application/ld+json">{"@type":"Article","author":{"@type":"Person","name":"jane.doe"}}</script>"#,
                "",
                "",
            ),
            (
                "the account in one place, the name in another",
                "<meta name=author content=janedoe>",
                "<p>Von Jane Doe</p>",
                "",
            ),
        ] {
            assert_eq!(authors(head, body, foot).names, ["Jane Doe"], "{case}");
        }
    }

    #[test]
    fn who_stands_beside_the_first_is_an_author_too() {
        for (case, body, wanted) in [
            (
                "only the first is marked in full",
                "<p>Posted on 26 April 2021 by <span class='author vcard'><a class='url fn n'>Jane \
                 Doe</a></span> and <span class='author vcard'><a>John Roe</a></span></p>",
                &["Jane Doe", "John Roe"][..],
            ),
            (
                "whoever took the picture is none",
                "<p class=byline>By <a rel=author>Jane Doe</a></p><p>Photo: John Roe</p>",
                &["Jane Doe"],
            ),
        ] {
            assert_eq!(authors("", body, "").names, wanted, "{case}");
        }
    }

    #[test]
    fn organisations_comments_and_teasers_name_no_author() {
        for (case, head, body, foot) in [
            (
                "an organisation",
                r#"<script type="application/ld+json">{"@type":"Article","author":{"@type":"Organization","name":"Jane Doe Fund"}}</script>"#,
                "",
                "",
            ),
            (
                "the site",
                "<meta property=og:site_name content='Hafenbote'><meta name=author content='Hafenbote'>",
                "",
                "",
            ),
            (
                "the house and its town",
                "<meta name=author content='harbour.it, Kiel, Germany'>",
                "",
                "",
            ),
            (
                "another desk of the house",
                "<meta property=og:site_name content='Harbour Voices in German'>                 <meta name=author content='Harbour Voices Latin America'>",
                "",
                "",
            ),
            (
                "a profile's address",
                "<meta property=article:author content='https://social.example/janedoe'>",
                "",
                "",
            ),
            (
                "a comment",
                "",
                "",
                "<div class=comments><b class=author>Jane Doe</b></div>",
            ),
            (
                "another site's post",
                "",
                "<blockquote><p>By Jane Doe</p></blockquote>",
                "",
            ),
            ("a bare name without a date", "", "<div>Jane Doe</div>", ""),
            (
                "a teaser",
                "",
                "",
                "<div class=teaser><p class=author>Jane Doe</p></div>",
            ),
        ] {
            assert_eq!(
                authors(head, body, foot).names,
                Vec::<String>::new(),
                "{case}"
            );
        }
    }

    #[test]
    fn a_wire_in_the_byline_is_the_agency() {
        let found = authors("", "<p>Von Jane Doe, dpa</p>", "");
        assert_eq!(found.names, ["Jane Doe"]);
        assert_eq!(found.agency.as_deref(), Some("dpa"));
    }
}
