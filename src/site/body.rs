//! The text of a page as HTML: what its view says, made of its Markdown.

use super::highlight::highlight;
use super::view::body::BodyView;
use crate::content::article::Body;
use crate::content::markdown::html::{Destination, Rendering, render};

/// What the renderer says on its own, in the language of the page.
#[derive(Debug, Clone, Copy)]
pub struct Labels<'a> {
    pub footnotes: &'a str,
    pub back: &'a str,
}

impl<'a> Labels<'a> {
    /// Reads them out of a theme's strings; what is missing stands there by its key.
    pub fn of(strings: Option<&'a toml::Table>) -> Self {
        let label = |key: &'static str| {
            let text = strings.and_then(|strings| strings.get(key));
            text.and_then(toml::Value::as_str).unwrap_or(key)
        };
        Self {
            footnotes: label("footnotes"),
            back: label("back_to_text"),
        }
    }
}

/// Renders a body by its view.
pub fn to_html(body: &Body, view: &BodyView, labels: Labels<'_>) -> String {
    let BodyView { links, mentions } = view;
    let nowhere = || Destination::Page {
        href: String::new(),
        title: String::new(),
    };
    let destination = |index: usize| links.get(index).cloned().unwrap_or_else(nowhere);
    render(
        body.markdown(),
        &Rendering {
            outline: &body.outline,
            mentions,
            destination: &destination,
            highlight: &highlight,
            back_label: labels.back,
            footnotes_label: labels.footnotes,
        },
    )
}
