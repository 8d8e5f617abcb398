//! Microdata and RDFa: descriptions written into the visible markup.
//!
//! <https://html.spec.whatwg.org/multipage/microdata.html>, <https://www.w3.org/TR/rdfa-lite/>

use super::super::tree::{NodeId, Tree};
use super::plain::{key, plain};
use super::schema::{Agent, AgentKind, Description, Picture, fitness};
use super::visible;

/// One item, while it is being read.
struct Item {
    node: NodeId,
    /// As in [`fitness`]; nothing for items that don't describe an article or its page.
    fitness: Option<u8>,
    description: Description,
}

/// The description of the article, if the markup holds one; `titles` are what the page calls
/// itself elsewhere.
pub(super) fn read(tree: &Tree, titles: &[&str]) -> Option<Description> {
    // What stands outside of all items was meant for the page's one article.
    let mut items = vec![Item {
        node: tree.root(),
        fitness: Some(2),
        description: Description::default(),
    }];
    let mut open: Vec<usize> = vec![0];
    for id in tree.descendants(tree.root()) {
        if tree.name(id).is_none() {
            continue;
        }
        while open.len() > 1
            && open
                .last()
                .is_some_and(|&item| id.index() >= tree.end(items[item].node))
        {
            open.pop();
        }
        let item = open.last().copied().unwrap_or_default();
        if let Some(property) = tree.attribute(id, "itemprop")
            && items[item].fitness.is_some()
        {
            for name in property.split_whitespace() {
                take(tree, id, name, &mut items[item].description);
            }
        } else if let Some(property) = tree.attribute(id, "property")
            && !matches!(tree.name(id), Some("meta" | "link"))
            && items[item].fitness.is_some()
        {
            for name in property.split_whitespace() {
                take_rdfa(tree, id, name, &mut items[item].description);
            }
        }
        if tree.attribute(id, "itemscope").is_some() || tree.attribute(id, "itemtype").is_some() {
            let kind = tree.attribute(id, "itemtype");
            items.push(Item {
                node: id,
                fitness: match kind {
                    Some(kind) => kind.split_whitespace().filter_map(fitness).max(),
                    None => None,
                },
                description: Description::default(),
            });
            open.push(items.len() - 1);
        }
    }
    choose(items, titles)
}

/// The item that speaks of the page's own article: by its headline, then by its type.
fn choose(items: Vec<Item>, titles: &[&str]) -> Option<Description> {
    let titles: Vec<String> = titles.iter().map(|title| key(title)).collect();
    let named = |description: &Description| {
        description.headline.as_ref().is_some_and(|headline| {
            let headline = key(headline);
            !headline.is_empty() && titles.iter().any(|title| title.contains(&headline))
        })
    };
    let mut fitting: Vec<Item> = items
        .into_iter()
        .filter(|item| item.fitness.is_some() && item.description != Description::default())
        .collect();
    if fitting.len() > 3 && !fitting.iter().any(|item| named(&item.description)) {
        return None;
    }
    // The earlier one of equals: `max_by_key` would take the later.
    fitting.reverse();
    fitting
        .into_iter()
        .max_by_key(|item| (named(&item.description), item.fitness))
        .map(|item| item.description)
}

fn take(tree: &Tree, id: NodeId, name: &str, into: &mut Description) {
    let line = || value(tree, id);
    match name {
        "headline" => set(&mut into.headline, line),
        "name" if !inside_agent(tree, id) => set(&mut into.headline, line),
        "alternativeHeadline" | "alternateName" => set(&mut into.subtitle, line),
        "description" => set(&mut into.summary, line),
        "author" | "creator" => into.authors.extend(agent(tree, id)),
        "publisher" => set(&mut into.publisher, || {
            agent(tree, id).map(|agent| agent.name)
        }),
        "datePublished" => set(&mut into.published, line),
        "dateCreated" => set(&mut into.created, line),
        "dateModified" | "dateUpdate" | "dateUpdated" => set(&mut into.modified, line),
        "inLanguage" => set(&mut into.language, line),
        "url" | "mainEntityOfPage" => set(&mut into.url, || address(tree, id)),
        "license" => set(&mut into.license, || address(tree, id).or_else(line)),
        "image" => set(&mut into.image, || {
            Some(Picture {
                address: picture(tree, id)?,
                ..Picture::default()
            })
        }),
        "articleSection" => into.sections.extend(line()),
        "keywords" => into.keywords.extend(line()),
        _ => {}
    }
}

/// RDFa as content management systems write it: `property="schema:dateCreated dc:date"`.
fn take_rdfa(tree: &Tree, id: NodeId, name: &str, into: &mut Description) {
    let line = || value(tree, id);
    match name {
        "schema:datePublished" | "datePublished" | "dc:issued" | "dcterms:issued" => {
            set(&mut into.published, line);
        }
        "schema:dateCreated" | "dateCreated" | "dc:date" | "dc:created" | "dcterms:created" => {
            set(&mut into.created, line);
        }
        "schema:dateModified" | "dateModified" | "dc:modified" => set(&mut into.modified, line),
        "schema:author" | "author" => into.authors.extend(agent(tree, id)),
        "schema:headline" | "headline" => set(&mut into.headline, line),
        _ => {}
    }
}

fn set<T>(field: &mut Option<T>, value: impl FnOnce() -> Option<T>) {
    if field.is_none() {
        *field = value();
    }
}

/// What a property says: what machines were given before what readers see.
fn value(tree: &Tree, id: NodeId) -> Option<String> {
    ["content", "datetime"]
        .iter()
        .find_map(|attribute| plain(tree.attribute(id, attribute)?))
        .or_else(|| Some(visible::text(tree, id)).filter(|text| !text.is_empty()))
}

fn address(tree: &Tree, id: NodeId) -> Option<String> {
    ["href", "content", "itemid", "src"]
        .iter()
        .find_map(|attribute| tree.attribute(id, attribute))
        .map(|address| address.trim().to_owned())
        .filter(|address| !address.is_empty())
}

fn picture(tree: &Tree, id: NodeId) -> Option<String> {
    std::iter::once(id)
        .chain(tree.descendants(id).take(20))
        .find_map(|id| match tree.name(id)? {
            "img" => tree.attribute(id, "src"),
            "meta" | "link" => tree
                .attribute(id, "content")
                .or_else(|| tree.attribute(id, "href")),
            _ => None,
        })
        .map(|address| address.trim().to_owned())
        .filter(|address| !address.is_empty())
}

/// A person or organisation: the `name` inside, else the text.
fn agent(tree: &Tree, id: NodeId) -> Option<Agent> {
    let kind = tree
        .attribute(id, "itemtype")
        .map_or(AgentKind::Unknown, AgentKind::of_type);
    let name = tree
        .descendants(id)
        .take(60)
        .find(|&inner| {
            ["itemprop", "property"].iter().any(|attribute| {
                matches!(
                    tree.attribute(inner, attribute),
                    Some("name" | "schema:name")
                )
            })
        })
        .and_then(|inner| value(tree, inner))
        .or_else(|| value(tree, id))?;
    (name.chars().count() <= 200).then_some(Agent { name, kind })
}

fn inside_agent(tree: &Tree, id: NodeId) -> bool {
    tree.ancestors(id).take(4).any(|ancestor| {
        matches!(
            tree.attribute(ancestor, "itemprop"),
            Some("author" | "publisher" | "creator" | "image")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_describes_its_article_and_comments_do_not() {
        let tree = Tree::parse(
            "<article itemscope itemtype='http://schema.org/BlogPosting'>\
             <h1 itemprop=headline>Ice</h1>\
             <span itemprop=author itemscope itemtype='https://schema.org/Person'>by \
             <a itemprop=url href=/jane><b itemprop=name>Jane Doe</b></a></span>\
             <time itemprop=datePublished datetime=2021-04-26>yesterday</time>\
             <div itemscope itemtype='http://schema.org/Comment'><i itemprop=author>Troll</i>\
             <time itemprop=datePublished datetime=2022-01-01></time></div></article>",
        );
        let found = read(&tree, &[]).unwrap();
        assert_eq!(found.headline.as_deref(), Some("Ice"));
        assert_eq!(found.published.as_deref(), Some("2021-04-26"));
        assert_eq!(
            found.authors,
            [Agent {
                name: "Jane Doe".into(),
                kind: AgentKind::Person
            }]
        );
    }

    #[test]
    fn loose_properties_count_for_the_page() {
        let tree = Tree::parse(
            "<meta itemprop=datePublished content='2021-04-26T08:00:00+02:00'>\
             <span property='schema:dateCreated dc:date' content='2021-04-25'>25 April</span>",
        );
        let found = read(&tree, &[]).unwrap();
        assert_eq!(
            found.published.as_deref(),
            Some("2021-04-26T08:00:00+02:00")
        );
        assert_eq!(found.created.as_deref(), Some("2021-04-25"));
    }
}
