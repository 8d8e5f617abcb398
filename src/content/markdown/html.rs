//! A body as HTML.

use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd,
};

use serde::Serialize;

use super::outline::{Outline, target};
use super::syntax::{ParagraphOpening, level_number, parse};
use crate::text::section::Section;

/// How wide a picture in a text is shown (HTML, 4.8.4.2.2): as the text, or as a small screen.
const TEXT_WIDTH: &str = "(min-width: 40rem) 39rem, 100vw";

/// What a link of the outline leads to, as the page is to show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Destination {
    /// An address, relative to the page; and the text for a `[[name]]` that brings none of its own.
    Page { href: String, title: String },
    /// A picture of our own, with its size in pixels where it is known.
    Image {
        src: String,
        /// The same picture in several widths; empty where there is one only.
        srcset: String,
        size: Option<(usize, usize)>,
    },
}

/// A name in the running text that becomes a link by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MentionLink {
    /// Bytes of the body.
    pub range: Range<usize>,
    /// An address, relative to the page.
    pub href: String,
}

/// What rendering needs from outside.
pub struct Rendering<'a> {
    pub outline: &'a Outline,
    /// In the order of the text.
    pub mentions: &'a [MentionLink],
    /// The destination of the n-th link of the outline.
    pub destination: &'a dyn Fn(usize) -> Destination,
    /// Code in a language, as HTML with classes; `None` when the language is unknown.
    pub highlight: &'a dyn Fn(&str, &str) -> Option<String>,
    /// What a screen reader calls the way back from a footnote, and the footnotes themselves.
    pub back_label: &'a str,
    pub footnotes_label: &'a str,
}

/// Makes HTML of a body. Nothing in it is ever run: raw HTML is shown as text, but for a few
/// inline elements without attributes.
pub fn render(markdown: &str, rendering: &Rendering<'_>) -> String {
    let mut writer = Writer {
        rendering,
        link: 0,
        mentions: rendering.mentions,
        heading: 0,
        footnotes: Vec::new(),
        references: std::collections::HashMap::new(),
        closing: Vec::new(),
        opening: ParagraphOpening::default(),
        paragraph: 0,
        run_ins: rendering.outline.run_ins.clone(),
        nesting: 0,
        part: None,
        alignments: Vec::new(),
        column: 0,
        cell: "td",
    };
    let mut events = Vec::new();
    let mut notes: Vec<(CowStr<'_>, Vec<Event<'_>>)> = Vec::new();
    let mut open_note: Option<(CowStr<'_>, Vec<Event<'_>>)> = None;
    let mut code: Option<(String, String)> = None;
    for (event, range) in parse(markdown).into_offset_iter() {
        match (&mut code, event) {
            (_, Event::Start(Tag::FootnoteDefinition(name))) => {
                writer.nesting += 1;
                open_note = Some((name, Vec::new()));
            }
            (_, Event::End(TagEnd::FootnoteDefinition)) => {
                writer.nesting -= 1;
                notes.extend(open_note.take());
            }
            (_, Event::Start(Tag::CodeBlock(kind))) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split([' ', ',']).next().unwrap_or_default().to_owned()
                    }
                    CodeBlockKind::Indented => String::new(),
                };
                code = Some((language, String::new()));
            }
            (Some((language, text)), Event::End(TagEnd::CodeBlock)) => {
                let html = writer.code_block(language, text);
                let into = open_note.as_mut().map_or(&mut events, |(_, events)| events);
                into.push(Event::Html(html.into()));
                code = None;
            }
            (Some((_, text)), Event::Text(more)) => text.push_str(&more),
            (_, Event::Text(text)) if writer.begins_or_ends_mention(&range) => {
                let into = open_note.as_mut().map_or(&mut events, |(_, events)| events);
                writer.write_with_mentions(&text, range, into);
            }
            (_, event) => {
                let into = open_note.as_mut().map_or(&mut events, |(_, events)| events);
                writer.write(event, into);
            }
        }
    }
    events.extend(writer.close_part());
    let mut html = String::with_capacity(markdown.len() * 5 / 4);
    pulldown_cmark::html::push_html(&mut html, events.into_iter());
    writer.push_footnotes(notes, &mut html);
    html
}

/// What the renderer has to remember between two events.
struct Writer<'a, 'r> {
    rendering: &'r Rendering<'r>,
    /// How many links of the outline have been passed.
    link: usize,
    /// Those that have not been passed yet.
    mentions: &'r [MentionLink],
    heading: usize,
    /// Names of footnotes in the order of their first reference.
    footnotes: Vec<CowStr<'a>>,
    references: std::collections::HashMap<CowStr<'a>, usize>,
    /// What ends the links and images now open.
    closing: Vec<Closing>,
    opening: ParagraphOpening,
    /// Where the last paragraph begins among the events.
    paragraph: usize,
    /// Briefing parts whose paragraph is still to come.
    run_ins: Vec<Section>,
    /// How many quotes, items and notes are open: a part of a briefing begins outside all of them.
    nesting: usize,
    /// The end tag of the part that is open.
    part: Option<&'static str>,
    /// Of the columns of the table now open.
    alignments: Vec<Alignment>,
    column: usize,
    /// The element of a cell in this row.
    cell: &'static str,
}

enum Closing {
    Link,
    /// The link is complete; what stands inside it in the source isn't shown.
    Replaced,
    Nothing,
    Image,
}

impl<'a> Writer<'a, '_> {
    fn write(&mut self, event: Event<'a>, into: &mut Vec<Event<'a>>) {
        if let Some(section) = self.opening.run_in(&event)
            && let Some(at) = self.run_ins.iter().position(|known| *known == section)
        {
            self.run_ins.remove(at);
            let id = section.id();
            let mut opening = format!("<p class=\"run-in\" id=\"{id}\">");
            if self.nesting == 0 {
                let before = self.part.replace("</div>\n").unwrap_or_default();
                opening = format!("{before}<div class=\"part {id}\">\n{opening}");
            }
            into[self.paragraph] = Event::Html(opening.into());
        }
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::Item) => self.nesting += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::Item) => self.nesting -= 1,
            _ => {}
        }
        if matches!(event, Event::Start(Tag::Paragraph)) {
            self.paragraph = into.len();
        }
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let (level, id) = self
                    .rendering
                    .outline
                    .headings
                    .get(self.heading)
                    .map_or((level_number(level), String::new()), |heading| {
                        (heading.level, heading.id.clone())
                    });
                if level == 2 && self.nesting == 0 {
                    into.extend(self.close_part());
                    into.extend(self.open_part(&id));
                }
                into.push(Event::Html(format!("<h{level} id=\"{id}\">").into()));
            }
            Event::End(TagEnd::Heading(level)) => {
                let level = self
                    .rendering
                    .outline
                    .headings
                    .get(self.heading)
                    .map_or(level_number(level), |heading| heading.level);
                self.heading += 1;
                into.push(Event::Html(format!("</h{level}>\n").into()));
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) => self.open_link(link_type, &dest_url, into),
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                ..
            }) => self.open_image(link_type, &dest_url, into),
            Event::End(TagEnd::Link | TagEnd::Image) => match self.closing.pop() {
                Some(Closing::Link) => into.push(Event::InlineHtml("</a>".into())),
                Some(Closing::Image) => into.push(Event::InlineHtml("\">".into())),
                Some(Closing::Nothing | Closing::Replaced) | None => {}
            },
            Event::Text(_) if matches!(self.closing.last(), Some(Closing::Replaced)) => {}
            Event::Text(text) if matches!(self.closing.last(), Some(Closing::Image)) => {
                into.push(Event::InlineHtml(escape(&text).into()));
            }
            Event::FootnoteReference(name) => {
                let number = self.number(&name);
                let times = self.references.entry(name).or_default();
                *times += 1;
                let id = if *times == 1 {
                    format!("fnref-{number}")
                } else {
                    format!("fnref-{number}-{times}")
                };
                into.push(Event::InlineHtml(
                    format!("<sup><a href=\"#fn-{number}\" id=\"{id}\" role=\"doc-noteref\">{number}</a></sup>").into(),
                ));
            }
            Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell)
            | Event::End(TagEnd::Table | TagEnd::TableCell) => self.write_table(event, into),
            Event::Start(Tag::BlockQuote(_)) => {
                into.push(Event::Start(Tag::BlockQuote(None::<BlockQuoteKind>)));
            }
            Event::InlineHtml(html) if is_plain_inline(&html) => into.push(Event::InlineHtml(html)),
            Event::Html(html) | Event::InlineHtml(html) => into.push(Event::Text(html)),
            other => into.push(other),
        }
    }

    /// A part of a briefing is a section of its own, named by its heading.
    fn open_part(&mut self, id: &str) -> Option<Event<'a>> {
        Section::ALL.iter().find(|section| section.id() == id)?;
        self.part = Some("</section>\n");
        let opening = format!("<section class=\"part {id}\" aria-labelledby=\"{id}\">\n");
        Some(Event::Html(opening.into()))
    }

    fn close_part(&mut self) -> Option<Event<'a>> {
        self.part.take().map(|end| Event::Html(end.into()))
    }

    /// A table in a frame that scrolls by itself, and its cells with their alignment as a class:
    /// a site's security policy lets no page bring styles of its own.
    fn write_table(&mut self, event: Event<'a>, into: &mut Vec<Event<'a>>) {
        match event {
            Event::Start(Tag::Table(alignments)) => {
                into.push(Event::Html("<div class=\"table\" tabindex=\"0\">".into()));
                into.push(Event::Start(Tag::Table(Vec::new())));
                self.alignments = alignments;
            }
            Event::Start(Tag::TableHead) => {
                (self.column, self.cell) = (0, "th");
                into.push(Event::Start(Tag::TableHead));
            }
            Event::Start(Tag::TableRow) => {
                (self.column, self.cell) = (0, "td");
                into.push(Event::Start(Tag::TableRow));
            }
            Event::Start(Tag::TableCell) => {
                let class = match self.alignments.get(self.column) {
                    Some(Alignment::Right) => " class=\"right\"",
                    Some(Alignment::Center) => " class=\"center\"",
                    Some(Alignment::Left | Alignment::None) | None => "",
                };
                let scope = if self.cell == "th" {
                    " scope=\"col\""
                } else {
                    ""
                };
                into.push(Event::InlineHtml(
                    format!("<{}{scope}{class}>", self.cell).into(),
                ));
            }
            Event::End(TagEnd::TableCell) => {
                into.push(Event::InlineHtml(format!("</{}>", self.cell).into()));
                self.column += 1;
            }
            Event::End(TagEnd::Table) => {
                into.push(Event::End(TagEnd::Table));
                into.push(Event::Html("</div>\n".into()));
            }
            other => into.push(other),
        }
    }

    /// Whether the text of these bytes holds the beginning or the end of a mention.
    fn begins_or_ends_mention(&self, range: &Range<usize>) -> bool {
        self.mentions.first().is_some_and(|mention| {
            range.contains(&mention.range.start) || range.contains(&(mention.range.end - 1))
        })
    }

    /// Writes a text whose bytes stand at `range` of the body, in pieces. A mention may go on
    /// over the end of a line, and so over several texts.
    fn write_with_mentions(&mut self, text: &str, range: Range<usize>, into: &mut Vec<Event<'a>>) {
        let mut written = range.start;
        let mut write_to = |this: &mut Self, at: usize, into: &mut Vec<Event<'a>>| {
            let part = text.get(written - range.start..at - range.start);
            written = at;
            if let Some(part) = part.filter(|part| !part.is_empty()) {
                this.write(Event::Text(part.to_owned().into()), into);
            }
        };
        while let Some(mention) = self.mentions.first() {
            let Range { start, end } = mention.range;
            if range.contains(&start) {
                write_to(self, start, into);
                let href = escape(&mention.href);
                let opening = format!("<a class=\"mention\" href=\"{href}\">");
                into.push(Event::InlineHtml(opening.into()));
            }
            if start >= range.end || end > range.end {
                break;
            }
            write_to(self, end, into);
            into.push(Event::InlineHtml("</a>".into()));
            self.mentions = &self.mentions[1..];
        }
        write_to(self, range.end, into);
    }

    fn next_destination(&mut self, kind: LinkType, written: &str) -> Option<Destination> {
        target(kind, written).map(|_| {
            self.link += 1;
            (self.rendering.destination)(self.link - 1)
        })
    }

    fn open_link(&mut self, kind: LinkType, written: &str, into: &mut Vec<Event<'a>>) {
        let href = match self.next_destination(kind, written) {
            Some(Destination::Page { href, title }) => {
                if matches!(kind, LinkType::WikiLink { has_pothole: false }) {
                    // The text of `[[name]]` is the name itself; the reader gets the title.
                    into.push(Event::InlineHtml(
                        format!("<a href=\"{}\">{}</a>", escape(&href), escape(&title)).into(),
                    ));
                    self.closing.push(Closing::Replaced);
                    return;
                }
                href
            }
            Some(Destination::Image { src, .. }) => src,
            None if is_safe(written) => written.to_owned(),
            None => {
                self.closing.push(Closing::Nothing);
                return;
            }
        };
        into.push(Event::InlineHtml(
            format!("<a href=\"{}\">", escape(&href)).into(),
        ));
        self.closing.push(Closing::Link);
    }

    fn open_image(&mut self, kind: LinkType, written: &str, into: &mut Vec<Event<'a>>) {
        match self.next_destination(kind, written) {
            Some(Destination::Image { src, srcset, size }) => {
                let size = size.map_or(String::new(), |(width, height)| {
                    format!(" width=\"{width}\" height=\"{height}\"")
                });
                let srcset = match srcset.as_str() {
                    "" => String::new(),
                    widths => format!(" srcset=\"{}\" sizes=\"{TEXT_WIDTH}\"", escape(widths)),
                };
                into.push(Event::InlineHtml(
                    format!(
                        "<img src=\"{}\"{srcset}{size} loading=\"lazy\" alt=\"",
                        escape(&src)
                    )
                    .into(),
                ));
                self.closing.push(Closing::Image);
            }
            Some(Destination::Page { href, .. }) => {
                into.push(Event::InlineHtml(
                    format!("<a href=\"{}\">", escape(&href)).into(),
                ));
                self.closing.push(Closing::Link);
            }
            // A remote picture would tell its server who reads what: it becomes a link.
            None if is_safe(written) => {
                into.push(Event::InlineHtml(
                    format!("<a href=\"{}\">", escape(written)).into(),
                ));
                self.closing.push(Closing::Link);
            }
            None => self.closing.push(Closing::Nothing),
        }
    }

    fn number(&mut self, name: &CowStr<'a>) -> usize {
        if let Some(at) = self.footnotes.iter().position(|known| known == name) {
            at + 1
        } else {
            self.footnotes.push(name.clone());
            self.footnotes.len()
        }
    }

    fn code_block(&self, language: &str, code: &str) -> String {
        match (self.rendering.highlight)(language, code) {
            Some(html) => format!(
                "<pre tabindex=\"0\"><code class=\"language-{}\">{html}</code></pre>\n",
                escape(language)
            ),
            None => format!("<pre tabindex=\"0\"><code>{}</code></pre>\n", escape(code)),
        }
    }

    /// Footnotes stand at the end, in the order of their references, with a way back.
    fn push_footnotes(&self, mut notes: Vec<(CowStr<'a>, Vec<Event<'a>>)>, html: &mut String) {
        let position = |name: &CowStr<'_>| self.footnotes.iter().position(|known| known == name);
        notes.retain(|(name, _)| position(name).is_some());
        if notes.is_empty() {
            return;
        }
        notes.sort_by_key(|(name, _)| position(name));
        let label = escape(self.rendering.footnotes_label);
        html.push_str("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        html.push_str(&label);
        html.push_str("\"><ol>\n");
        for (name, events) in notes {
            let number = position(&name).unwrap_or_default() + 1;
            let opening = format!("<li id=\"fn-{number}\">");
            html.push_str(&opening);
            let start = html.len();
            pulldown_cmark::html::push_html(html, events.into_iter());
            let back = format!(
                " <a href=\"#fnref-{number}\" role=\"doc-backlink\" aria-label=\"{}\">↩</a>",
                escape(self.rendering.back_label)
            );
            match html[start..].rfind("</p>") {
                Some(at) => html.insert_str(start + at, &back),
                None => html.push_str(&back),
            }
            html.push_str("</li>\n");
        }
        html.push_str("</ol></section>\n");
    }
}

/// Inline elements that only say how text reads, written without attributes.
fn is_plain_inline(html: &str) -> bool {
    matches!(
        html,
        "<sub>" | "</sub>" | "<sup>" | "</sup>" | "<br>" | "<br/>" | "<br />" | "<kbd>" | "</kbd>"
    )
}

/// Escapes text for HTML, in content and in attributes.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        escaped.push_str(&text[written..at]);
        escaped.push_str(entity);
        written = at + 1;
    }
    escaped.push_str(&text[written..]);
    escaped
}

/// Addresses outside the archive that a reader may be sent to; everything else (`javascript:`,
/// `data:`, `file:` …) is shown as the text it has, without a link.
fn is_safe(destination: &str) -> bool {
    let lower = destination.trim_start().to_ascii_lowercase();
    ["https://", "http://", "mailto:", "tel:", "doi:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::super::outline::outline;
    use super::{Destination, Rendering, render};

    fn html(markdown: &str) -> String {
        let rendering = Rendering {
            mentions: &[],
            outline: &outline(markdown, 0),
            destination: &|_| Destination::Page {
                href: "../quad/".to_owned(),
                title: "Quad".to_owned(),
            },
            highlight: &|_, _| None,
            back_label: "Back",
            footnotes_label: "Notes",
        };
        render(markdown, &rendering)
    }

    #[test]
    fn each_part_of_a_briefing_is_a_section_named_by_its_heading() {
        assert_eq!(
            html("## Context\n\nBefore.\n\n## More\n\nAfter."),
            "<section class=\"part context\" aria-labelledby=\"context\">\n\
             <h2 id=\"context\">Context</h2>\n<p>Before.</p>\n</section>\n\
             <h2 id=\"more\">More</h2>\n<p>After.</p>\n"
        );
    }

    #[test]
    fn a_part_that_a_paragraph_opens_lasts_until_the_next() {
        let html = html("**Implications:** One.\n\nTwo.\n\n**Context:** Three.");
        let parts: Vec<&str> = html.split("<div class=\"part ").skip(1).collect();
        assert!(parts[0].starts_with("implications\">\n<p class=\"run-in\" id=\"implications\">"));
        assert!(parts[0].contains("Two.</p>\n</div>"));
        assert!(parts[1].trim_end().ends_with("Three.</p>\n</div>"));
    }

    #[test]
    fn a_heading_that_is_quoted_opens_no_part() {
        let html = html("> ## Context\n>\n> Theirs.\n\nOurs.");
        assert!(!html.contains("<section"), "{html}");
    }
}
