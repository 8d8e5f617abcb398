//! A Markdown file of another program becomes an article.

use std::path::Path;

use super::fields::{Fields, fields};
use super::links::{self, Linkable, dated, file_slug};
use super::split::{Parts, split};
use super::{code, marks, raw_html, shortcodes};
use crate::content::front_matter::{FrontMatter, Kind};
use crate::import::article::Article;
use crate::import::document::RawDocument;
use crate::import::draft::Setting;
use crate::import::error::ImportError;
use crate::import::readers::dates;

/// The article in a Markdown file. Its file's name is its address, and may have its date.
pub fn convert(
    text: &str,
    document: &RawDocument,
    setting: &Setting,
    linkable: &Linkable,
) -> Result<Article, ImportError> {
    let Parts { front, body } = split(text).map_err(|reason| ImportError::FrontMatter {
        name: document.label(),
        reason,
    })?;
    let Fields { mut front, slug } = fields(front, setting);
    let path = Path::new(&document.name);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    if let Some((date, _)) = dated(&stem)
        && front.date.is_none()
    {
        front.date = dates::read(date, setting);
    }
    let (title, body) = heading(body);
    if front.title.is_empty() {
        front.title = title.unwrap_or_else(|| file_title(&stem));
    } else if let Some(title) = title.filter(|title| *title != front.title) {
        // Another heading than the title is part of the text.
        return Ok(article(
            front,
            &format!("# {title}\n\n{body}"),
            slug,
            document,
            linkable,
        ));
    }
    Ok(article(front, body, slug, document, linkable))
}

fn article(
    mut front: FrontMatter,
    body: &str,
    slug: Option<String>,
    document: &RawDocument,
    linkable: &Linkable,
) -> Article {
    let mut review = Vec::new();
    let body = body.replace("\r\n", "\n");
    let body = code::outside(&body, |text| shortcodes::rewrite(text, &mut review));
    let body = code::outside(&body, |text| {
        let text = raw_html::rewrite(text);
        let text = marks::rewrite(&text, &mut review);
        links::rewrite(&text, linkable, &mut review)
    });
    front.review.extend(review);
    // A site's own text, unless it names the place that it was clipped from.
    let clipped = front.provenance.as_ref().is_some_and(|p| p.url.is_some());
    front.kind = front.kind.or(Some(if clipped {
        Kind::Source
    } else {
        Kind::Briefing
    }));
    let mut article = Article::new(front, &body, document);
    article.slug = slug.or_else(|| file_slug(&document.name));
    article
}

/// The first heading, where the text begins with it, and what comes after.
fn heading(body: &str) -> (Option<String>, &str) {
    let text = body.trim_start();
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    match line.strip_prefix("# ") {
        Some(title) => (
            Some(title.trim().trim_end_matches('#').trim().to_owned()),
            rest,
        ),
        None => (None, body),
    }
}

/// What a note without a title is called: as its file, without date and hyphens.
fn file_title(stem: &str) -> String {
    let name = dated(stem).map_or(stem, |(_, rest)| rest);
    if name.contains(' ') {
        return name.to_owned();
    }
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    first + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> Article {
        let document = RawDocument::alone(name, text.as_bytes().to_vec());
        let linkable = Linkable::of(["High Water.md"].into_iter());
        convert(text, &document, &Setting::default(), &linkable).unwrap()
    }

    #[test]
    fn a_jekyll_post_becomes_an_article() {
        let article = read(
            "_posts/2021-04-01-spring-tides.md",
            "---\nlayout: post\ntitle: \"Spring tides\"\n---\nSee [it]({{ site.baseurl }}{% post_url 2020-01-01-high-water %}).\n\n\
             {% highlight rust %}\nlet x = \"{{ y }}\";\n{% endhighlight %}\n",
        );
        assert_eq!(article.front.date.unwrap().to_string(), "2021-04-01");
        assert_eq!(article.slug.as_deref(), Some("spring-tides"));
        assert_eq!(article.front.kind, Some(Kind::Briefing));
        assert!(
            article.body.starts_with("See [[high-water|it]]."),
            "{}",
            article.body
        );
        assert_eq!(article.front.extra["layout"].as_str(), Some("post"));
    }

    #[test]
    fn a_note_is_called_as_its_file_and_a_clipping_is_a_source() {
        let note = read("vault/Low Water.md", "Follows [[High Water]].\n");
        assert_eq!(note.front.title, "Low Water");
        assert_eq!(note.body.trim(), "Follows [[high-water|High Water]].");
        let clipping = read(
            "c.md",
            "---\nsource: https://a.example/1\n---\n# Tides\n\nText\n",
        );
        assert_eq!(clipping.front.title, "Tides");
        assert_eq!(clipping.front.kind, Some(Kind::Source));
        assert_eq!(clipping.body.trim(), "Text");
    }
}
