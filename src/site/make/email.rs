//! The view of a newsletter issue as an e-mail.

use super::super::body::{Labels, to_html};
use super::super::cards::{excerpt, full_text};
use super::super::markdown;
use super::super::plan::Site;
use super::super::view::email::{EmailArticle, EmailView};
use super::article::notice;
use super::body::{Whence, body};
use super::term::issue;
use crate::archive::ids::{ArticleId, Node};

pub fn email<'s>(site: &'s Site<'_>, index: usize) -> EmailView<'s> {
    EmailView {
        issue: issue(site, index),
        articles: site.archive.issues[index]
            .articles
            .iter()
            .map(|id| article(site, *id))
            .collect(),
    }
}

fn article<'s>(site: &'s Site<'_>, id: ArticleId) -> EmailArticle<'s> {
    let archive = site.archive;
    let article = archive.article(id);
    let front = &article.front;
    let card = site.card(id);
    let withdrawn = front.withdrawn.is_some();
    let whole = !withdrawn && full_text(archive, article);
    EmailArticle {
        body: if whole { html(site, id) } else { String::new() },
        text: if withdrawn {
            String::new()
        } else {
            markdown::shown(site, id).trim().to_owned()
        },
        excerpt: excerpt(archive, id).filter(|_| !withdrawn),
        url: site.canonical(id),
        corrections: front.corrections.iter().map(notice).collect(),
        withdrawn: front.withdrawn.as_ref().map(notice),
        card,
    }
}

fn html(site: &Site<'_>, id: ArticleId) -> String {
    let node = Node::Article(id);
    let article = &site.archive.article(id).body;
    let own = site.url(&site.card(id).address);
    let view = body(site, node, Whence::Mail { own: &own });
    let strings = site.theme.strings_of(&site.card(id).language);
    let html = to_html(article, &view, Labels::of(strings));
    without_anchors(&html, &own)
}

/// Several texts stand in one mail, and mail programs don't follow links within one: what leads to
/// a place in the text leads to that place on its page. `html` is our own renderer's, in which text
/// holds no `<` and attributes stand in double quotes.
fn without_anchors(html: &str, own: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for (index, part) in html.split('<').enumerate() {
        if index == 0 {
            text.push_str(part);
            continue;
        }
        text.push('<');
        let end = part.find('>').unwrap_or(part.len());
        let (tag, rest) = part.split_at(end);
        let tag = without_attribute(tag, " id=\"");
        let tag = without_attribute(&tag, " aria-labelledby=\"");
        text.push_str(&tag.replace("href=\"#", &format!("href=\"{own}#")));
        text.push_str(rest);
    }
    text
}

fn without_attribute(tag: &str, opening: &str) -> String {
    match tag.split_once(opening) {
        Some((before, after)) => {
            let rest = after.split_once('"').map_or("", |(_, rest)| rest);
            format!("{before}{rest}")
        }
        None => tag.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::without_anchors;

    #[test]
    fn a_note_leads_to_its_place_on_the_page() {
        let html = "<p id=\"a\">1 &lt; 2 href=\"#b\"<sup><a href=\"#fn-1\">1</a></sup></p>";
        assert_eq!(
            without_anchors(html, "https://harbor.example/a/"),
            "<p>1 &lt; 2 href=\"#b\"<sup><a href=\"https://harbor.example/a/#fn-1\">1</a></sup></p>"
        );
    }
}
