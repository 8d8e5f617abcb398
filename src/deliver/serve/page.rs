//! What a page gets only here: a script that loads it again, a bar, messages over it.
//!
//! Nothing is written into the page but one element that loads a script of this server's own: the
//! page's content security policy (`default-src 'self'`) allows that, and the published page has
//! nothing of it.

use std::fmt::Write as _;

/// Below this path stands what belongs to the server; no page of a site can be there.
pub const RESERVED: &str = "/.briefbook/";

pub const SCRIPT: &str = include_str!("live.js");
pub const STYLE: &str = include_str!("live.css");

/// The files behind a page, by their paths in the archive.
#[derive(Debug, Clone, Default)]
pub struct Behind {
    pub template: String,
    /// The content file, for pages that have one.
    pub file: Option<String>,
}

/// What the script is told about its page.
pub struct Told<'a> {
    pub edition: &'a str,
    /// Path of the site's root, `/archive/`.
    pub base: &'a str,
    /// Path of the page below it.
    pub path: &'a str,
    pub behind: &'a Behind,
    /// What is wrong with this page alone; empty when nothing is.
    pub fault: &'a str,
}

/// The page with the script in it.
pub fn with_script(html: &[u8], told: &Told<'_>) -> Vec<u8> {
    let Told {
        edition,
        base,
        path,
        behind,
        fault,
    } = told;
    let mut element = format!("<script src=\"{RESERVED}live.js\" defer");
    for (name, value) in [
        ("edition", *edition),
        ("base", base),
        ("path", path),
        ("template", &behind.template),
        ("file", behind.file.as_deref().unwrap_or_default()),
        ("fault", fault),
    ] {
        // Writing into a string can't fail.
        let _ = write!(element, " data-{name}=\"{}\"", escaped(value));
    }
    element.push_str("></script>");
    let end = html
        .windows(b"</body>".len())
        .rposition(|window| window == b"</body>")
        .unwrap_or(html.len());
    let mut page = Vec::with_capacity(html.len() + element.len());
    page.extend_from_slice(&html[..end]);
    page.extend_from_slice(element.as_bytes());
    page.extend_from_slice(&html[end..]);
    page
}

/// A page of the server's own, for when the site has none to show.
pub fn bare(title: &str, text: &str) -> Vec<u8> {
    let (title, text) = (escaped(title), escaped(text));
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <title>{title}</title>\n<link rel=\"stylesheet\" href=\"{RESERVED}live.css\">\n</head>\n\
         <body class=\"briefbook-bare\">\n<h1>{title}</h1>\n<p>{text}</p>\n</body>\n</html>\n"
    )
    .into_bytes()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gets_one_element_at_its_end_and_a_message_stays_text() {
        let page = with_script(
            b"<body><p>Text</p></body></html>",
            &Told {
                edition: "7",
                base: "/",
                path: "",
                behind: &Behind::default(),
                fault: "\"></script><b>",
            },
        );
        let page = String::from_utf8(page).expect("UTF-8 in, UTF-8 out");
        assert!(page.starts_with("<body><p>Text</p><script src=\"/.briefbook/live.js\""));
        assert!(page.ends_with("</script></body></html>"));
        assert!(page.contains("data-fault=\"&quot;&gt;&lt;/script&gt;&lt;b&gt;\""));
    }
}
