//! The text of a WordPress post as HTML.
//!
//! In its database a post has no `<p>`: blank lines part its paragraphs, and shortcodes in square
//! brackets stand for what a plugin draws there.

use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::xml::escape;

/// Makes HTML of a post's text; every shortcode that left something out is told in `review`.
pub fn to_html(text: &str, review: &mut Vec<String>) -> String {
    let text = COMMENT.replace_all(text, "");
    let text = text.replace("\r\n", "\n");
    let text = captions(&text);
    let text = shortcodes(&text, review);
    paragraphs(&text)
}

/// The marks of the block editor, and the fold.
static COMMENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<!--.*?-->"));

static CAPTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?s)\[(?:wp_)?caption[^\]]*\](?P<picture>\s*(?:<a[^>]*>\s*)?<img[^>]*>(?:\s*</a>)?)(?P<text>.*?)\[/(?:wp_)?caption\]",
    )
});

/// `[name …]`, `[/name]`: a name in lower case, so that `[Photo: …]` and `[1]` are left alone.
static SHORTCODE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\[(?P<end>/)?(?P<name>[a-z][a-z0-9_-]{2,})(?P<arguments>(?:\s+[^\]\[]*)?)/?\]")
});

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| pattern(r#"https?://[^\s"'\]\[<>]+"#));

/// An address alone on a line, which WordPress would embed.
static EMBED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)^[ \t]*(https?://\S+)[ \t]*$"));

static BLOCK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^</?(?:p|div|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|blockquote|pre|figure|figcaption|hr|section|article|aside|iframe|form|address|details|summary|video|audio)\b",
    )
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is a constant that every test compiles")
}

fn captions(text: &str) -> String {
    CAPTION
        .replace_all(text, |found: &Captures<'_>| {
            format!(
                "<figure>{}<figcaption>{}</figcaption></figure>",
                found["picture"].trim(),
                found["text"].trim()
            )
        })
        .into_owned()
}

/// A shortcode that names an address becomes a link; the text between two of them stays.
fn shortcodes(text: &str, review: &mut Vec<String>) -> String {
    let mut left_out: Vec<String> = Vec::new();
    let original = text;
    let text = SHORTCODE.replace_all(text, |found: &Captures<'_>| {
        let name = &found["name"];
        let stands_alone =
            found["arguments"].is_empty() && !original.contains(&format!("[/{name}]"));
        // "[sic]": WordPress shows brackets that no plugin knows.
        if stands_alone && !matches!(name, "gallery" | "playlist") {
            return found[0].to_owned();
        }
        if found.name("end").is_some() {
            return String::new();
        }
        let arguments = found["arguments"].trim();
        if let Some(address) = ADDRESS.find(arguments) {
            let address = escape(&address.as_str().replace("&amp;", "&"));
            return format!("\n\n<a href=\"{address}\">{address}</a>\n\n");
        }
        if name != "embed" {
            left_out.push(found[0].to_owned());
        }
        String::new()
    });
    let text = EMBED
        .replace_all(&text, |found: &Captures<'_>| {
            let address = escape(&found[1].replace("&amp;", "&"));
            format!("<a href=\"{address}\">{address}</a>")
        })
        .into_owned();
    if !left_out.is_empty() {
        left_out.dedup();
        review.push(format!("body: left out {}", left_out.join(", ")));
    }
    text
}

/// Blank lines part paragraphs, single line breaks are kept; preformatted text is left alone.
fn paragraphs(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    while let Some(start) = rest.find("<pre") {
        let end = rest[start..]
            .find("</pre>")
            .map_or(rest.len(), |at| start + at + 6);
        plain_paragraphs(&rest[..start], &mut html);
        html.push_str(&rest[start..end]);
        rest = &rest[end..];
    }
    plain_paragraphs(rest, &mut html);
    html
}

fn plain_paragraphs(text: &str, html: &mut String) {
    for paragraph in text.split("\n\n") {
        let paragraph = paragraph.trim();
        if paragraph.is_empty() {
            continue;
        }
        // Writing to a string cannot fail.
        let _ = if BLOCK.is_match(paragraph) {
            write!(html, "{paragraph}\n\n")
        } else {
            write!(html, "<p>{}</p>\n\n", paragraph.replace('\n', "<br>\n"))
        };
    }
}

#[cfg(test)]
mod tests {
    use super::to_html;

    #[test]
    fn what_the_database_holds_becomes_html() {
        for (name, text, wanted) in [
            (
                "blank lines",
                "One\ntwo\n\nThree",
                "<p>One<br>\ntwo</p><p>Three</p>",
            ),
            (
                "blocks",
                "<!-- wp:heading --><h2>Tides</h2><!-- /wp:heading -->\n\n<p>x</p>",
                "<h2>Tides</h2><p>x</p>",
            ),
            (
                "a caption",
                "[caption id=\"a\" width=\"3\"]<img src=\"m.png\" /> The map[/caption]",
                "<figure><img src=\"m.png\" /><figcaption>The map</figcaption></figure>",
            ),
            (
                "an embed",
                "[embed]https://video.example/1[/embed]",
                "<p><a href=\"https://video.example/1\">https://video.example/1</a></p>",
            ),
            (
                "a shortcode with an address",
                "[audio src=\"https://pier.example/a.mp3\"]",
                "<p><a href=\"https://pier.example/a.mp3\">https://pier.example/a.mp3</a></p>",
            ),
            (
                "brackets of a writer",
                "He [sic] said [1]",
                "<p>He [sic] said [1]</p>",
            ),
            ("code", "<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>"),
        ] {
            let mut review = Vec::new();
            let html = to_html(text, &mut review).replace("\n\n<", "<");
            assert_eq!(html.trim_end(), wanted, "{name}");
        }
    }

    #[test]
    fn a_shortcode_that_is_lost_is_told() {
        let mut review = Vec::new();
        let html = to_html("Look: [gallery ids=\"1,2\"]", &mut review);
        assert_eq!(html.trim(), "<p>Look:</p>");
        assert_eq!(review, ["body: left out [gallery ids=\"1,2\"]"]);
    }
}
