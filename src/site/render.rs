//! An address becomes bytes. Pure: no disk, no clock, no network.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, Value};

use super::address::Address;
use super::body::{Labels, to_html};
use super::cite::reference::Reference;
use super::cite::{bibtex, csl_json, ris, styles};
use super::error::SiteError;
use super::feed::atom;
use super::feed::entry::Entries;
use super::feed::json::json_feed;
use super::known::Known;
use super::machine;
use super::make::body::{Whence, body_print};
use super::make::{
    self, article, corrections, group, home, meta, period, search, story, term, term_year,
};
use super::markdown;
use super::permalinks::permalinks;
use super::plain;
use super::plan::{Content, Site};
use super::records::Records;
use super::shard::{self, Shard};
use super::shared::Shared;
use super::sitemap;
use super::social::drawing::Drawing;
use super::social::told;
use super::templates::{Templates, in_script};
use super::view::article::Citations;
use super::view::card::Card;
use super::widths;
use crate::archive::ids::{ArticleId, Node};
use crate::content::front_matter::Kind;
use crate::diagnostic::Findings;
use crate::text::hash::Fingerprint;

/// What stands at an address, ready to be written.
#[derive(Debug)]
pub enum Output {
    /// What it is made from has the fingerprint that was known: the bytes would be the same.
    Same,
    Page(Vec<u8>, Fingerprint),
    /// No template makes it, but what it is made from has a fingerprint as well.
    Made(Vec<u8>, Fingerprint),
    Bytes(Vec<u8>),
    /// A file to be made record by record.
    Records(Records),
    /// A file of the archive, by its path from the root: too large to be worth holding.
    CopyOf(String),
    /// A picture of the archive, by its path from the root, in a width of pixels or its own.
    Picture {
        path: String,
        width: Option<usize>,
    },
    /// A picture to be drawn, and published as PNG.
    Drawing(Drawing),
}

/// What an address needs: nothing more, or its template.
pub enum Prepared {
    Done(Output),
    Page(Box<View>),
}

/// All that a page is made from, with the name of the template that makes it.
pub struct View {
    pub template: String,
    /// Of the page (BCP 47).
    language: String,
    /// The name under which the template finds what is particular to its kind of page.
    key: String,
    context: Context,
    /// Where the page stands, and its way to the root there.
    shard: Shard,
    root: String,
    fingerprint: Fingerprint,
}

impl View {
    /// What the template is given, as a person reads it.
    pub fn to_json(&self) -> String {
        let own = self.key.as_str();
        let keys = ["page", "root", own, "citations", "queries", "body"];
        let values: serde_json::Map<String, serde_json::Value> = keys
            .into_iter()
            .filter_map(|key| {
                let value = serde_json::to_value(self.context.get(key)?).ok()?;
                Some((key.to_owned(), value))
            })
            .collect();
        serde_json::to_string_pretty(&values).unwrap_or_default()
    }
}

/// What a mail says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub subject: String,
    pub html: String,
    pub text: String,
}

/// A planned site with its templates compiled.
pub struct Renderer<'s> {
    site: &'s Site<'s>,
    templates: Templates,
    /// Of all that every page is made from.
    fingerprint: Fingerprint,
    /// Of the archive's settings, and of how the site is cut.
    settings: Fingerprint,
    /// Every article as feeds tell of it.
    entries: Entries,
}

impl<'s> Renderer<'s> {
    /// Compiles the theme; `None` when that failed, with the reasons in `findings`.
    pub fn new(site: &'s Site<'s>, findings: &mut Findings) -> Option<Self> {
        let config = &site.archive.config;
        let (meta, cards) = (meta::site_meta(site), site.archive.entries.len());
        let templates = Templates::compile(site.theme, &meta, config, cards, findings)?;
        let fingerprint = Fingerprint::of(&(templates.fingerprint, site.shards.places()));
        Some(Self {
            site,
            templates,
            fingerprint,
            settings: Fingerprint::of(&(config.source.text(), &site.shards)),
            entries: Entries::new(site.archive.entries.len()),
        })
    }

    /// The bytes of one address, or the word that they are those whose fingerprint is `known`.
    pub fn render(
        &self,
        address: &Address,
        content: &Content,
        known: Option<Fingerprint>,
    ) -> Result<Output, SiteError> {
        match self.prepare(address, content, known) {
            Prepared::Done(output) => Ok(output),
            Prepared::Page(view) => self.page_of(&view),
        }
    }

    /// The page of a view.
    pub fn page_of(&self, view: &View) -> Result<Output, SiteError> {
        let bytes = self
            .templates
            .render(&view.template, &view.language, &view.context)?;
        let bytes = self.linked(bytes, view.shard, &view.root);
        Ok(Output::Page(bytes, view.fingerprint))
    }

    /// A rendered page of a shard, its links as they are there.
    fn linked(&self, bytes: Vec<u8>, shard: Shard, root: &str) -> Vec<u8> {
        let shards = &self.site.shards;
        if shards.is_whole() {
            return bytes;
        }
        let page = String::from_utf8_lossy(&bytes);
        shards.link(&page, shard, root).into_bytes()
    }

    /// An issue, by its index into the archive's, as its theme writes mails: HTML with a style
    /// sheet of its own, and plain text.
    pub fn mail(&self, index: usize) -> Result<Mail, SiteError> {
        let site = self.site;
        let view = make::email::email(site, index);
        let meta = meta::page_meta(site, &view.issue.address, &Content::Issue(index));
        let mut context = Context::new();
        context.insert("page", &meta);
        context.insert("root", &site.shards.base());
        context.insert("email", &view);
        let text = |template: &str| {
            let bytes = self.templates.render(template, &meta.language, &context)?;
            let bytes = self.linked(bytes, Shard::Front, "");
            Ok::<_, SiteError>(String::from_utf8_lossy(&bytes).into_owned())
        };
        Ok(Mail {
            subject: text("email/subject.txt")?.trim().to_owned(),
            html: text("email/issue.html")?,
            text: text("email/issue.txt")?,
        })
    }

    /// Everything of one address but its template's work.
    pub fn prepare(
        &self,
        address: &Address,
        content: &Content,
        known: Option<Fingerprint>,
    ) -> Prepared {
        let site = self.site;
        let page = Page {
            address,
            content,
            known,
        };
        match content {
            Content::Home => self.page(&page, "home.html", ("home", &home::home(site))),
            Content::Article(id) => {
                let view = article::article(site, *id);
                let template = match site.archive.article(*id).kind {
                    Kind::Briefing => "briefing.html",
                    Kind::Source => "source.html",
                };
                let show = view.excerpt.is_none() && view.withdrawn.is_none();
                let node = show.then_some(Node::Article(*id));
                self.text_page(&page, template, ("article", &view), node)
            }
            Content::Page(id) => {
                let extra = plain::table(&site.archive.page(*id).front.extra);
                self.text_page(&page, "page.html", ("extra", &extra), Some(Node::Page(*id)))
            }
            Content::Taxonomy(taxonomy) => {
                let view = term::taxonomy(site, *taxonomy);
                self.page(&page, "taxonomy.html", ("taxonomy", &view))
            }
            Content::Term(id) => {
                let view = term::term(site, *id);
                self.text_page(&page, "term.html", ("term", &view), Some(Node::Term(*id)))
            }
            Content::TermYear(id, year) => {
                let view = term_year::term_year(site, *id, *year);
                self.page(&page, "term_year.html", ("term_year", &view))
            }
            Content::TermMonth(id, month) => {
                let view = term_year::term_month(site, *id, *month);
                self.page(&page, "term_year.html", ("term_year", &view))
            }
            Content::Events => self.page(&page, "stories.html", ("stories", &story::events(site))),
            Content::Event(index) => {
                self.page(&page, "event.html", ("event", &story::event(site, *index)))
            }
            Content::Threads => {
                self.page(&page, "stories.html", ("stories", &story::threads(site)))
            }
            Content::Thread(index) => self.page(
                &page,
                "thread.html",
                ("thread", &story::thread(site, *index)),
            ),
            Content::Issue(index) => {
                self.page(&page, "issue.html", ("issue", &term::issue(site, *index)))
            }
            Content::Year(year) => {
                self.page(&page, "year.html", ("year", &period::year(site, *year)))
            }
            Content::Month(month) => {
                self.page(&page, "month.html", ("month", &period::month(site, *month)))
            }
            Content::Week(week) => {
                self.page(&page, "week.html", ("week", &period::week(site, *week)))
            }
            Content::Group(kind, index) => self.group(&page, *kind, *index, None),
            Content::GroupYear(kind, index, year) => self.group(&page, *kind, *index, Some(*year)),
            Content::Groups(kind) => {
                let view = group::groups(site, *kind);
                let template = &site.theme.page_kinds[*kind].index_template.name;
                self.page(&page, template, ("groups", &view))
            }
            Content::Corrections(own) => {
                let view = corrections::corrections(site);
                let key = ("corrections", &view);
                self.text_page(&page, "corrections.html", key, own.map(Node::Page))
            }
            Content::NotFound(_) => self.page(&page, "404.html", ("home", &home::home(site))),
            Content::Search => self.page(&page, "search.html", ("search", &search::search(site))),
            Content::SocialImage(subject) => Prepared::Done(self.social_image(*subject, known)),
            Content::Markdown(_)
            | Content::Feed(_)
            | Content::ArchivedFeed(..)
            | Content::JsonFeed(_)
            | Content::SearchFile
            | Content::Redirect(_)
            | Content::SitemapOf(_)
            | Content::Export(_)
            | Content::Permalinks(_)
            | Content::Redirects
            | Content::Sitemap(_)
            | Content::Robots(_)
            | Content::NoJekyll
            | Content::Domain(_)
            | Content::Static(_)
            | Content::Asset(_)
            | Content::Narrower(..) => {
                Prepared::Done(self.file(address, content, self.known(known)))
            }
        }
    }

    fn known(&self, file: Option<Fingerprint>) -> Known<'_> {
        Known {
            file,
            settings: self.settings,
            key: &self.site.archive.key,
        }
    }

    /// What is not a page of the theme.
    fn file(&self, address: &Address, content: &Content, known: Known<'_>) -> Output {
        let site = self.site;
        Output::Bytes(match content {
            Content::Markdown(id) => return markdown::article(site, *id, known),
            Content::Feed(subject) => {
                return atom::newest(site, &self.entries, *subject, known);
            }
            Content::ArchivedFeed(subject, year) => {
                return atom::volume(site, &self.entries, *subject, *year, known);
            }
            Content::JsonFeed(subject) => {
                return json_feed(site, &self.entries, *subject, known);
            }
            Content::Export(export) => return export.output(site, known),
            Content::SearchFile => {
                let bytes = site.search.get(address).map_or(&[][..], Vec::as_slice);
                if known.file == Some(Fingerprint::of_bytes(bytes)) {
                    return Output::Same;
                }
                bytes.to_vec()
            }
            Content::Redirect(to) => machine::redirect(site, address, to).into_bytes(),
            Content::Permalinks(shard) => permalinks(site, *shard).into_bytes(),
            Content::Redirects => machine::redirects(site).into_bytes(),
            Content::Sitemap(shard) => sitemap::index(site, *shard).into_bytes(),
            Content::SitemapOf(part) => return sitemap::sitemap(site, *part, known),
            Content::Robots(shard) => machine::robots(site, *shard).into_bytes(),
            Content::Domain(domain) => format!("{domain}\n").into_bytes(),
            Content::Static(name) => match site.theme.statics.get(name) {
                Some(file) => file.bytes.to_vec(),
                None => Vec::new(),
            },
            Content::Asset(index) => {
                let path = site.archive.assets[*index].path.clone();
                return if widths::is_worked_on(&path) {
                    Output::Picture { path, width: None }
                } else {
                    Output::CopyOf(path)
                };
            }
            Content::Narrower(index, width) => {
                return Output::Picture {
                    path: site.archive.assets[*index].path.clone(),
                    width: Some(*width),
                };
            }
            _ => Vec::new(),
        })
    }

    fn social_image(&self, subject: told::Subject, known: Option<Fingerprint>) -> Output {
        let drawing = Drawing::new(subject.told(self.site), self.site.palette);
        if known == Some(drawing.fingerprint) {
            Output::Same
        } else {
            Output::Drawing(drawing)
        }
    }

    /// A page that the theme adds.
    fn group(&self, page: &Page<'_>, kind: usize, index: usize, year: Option<i16>) -> Prepared {
        let view = group::group(self.site, kind, index, year);
        let template = &self.site.theme.page_kinds[kind].template.name;
        self.page(page, template, ("group", &view))
    }

    fn page(&self, page: &Page<'_>, template: &str, view: (&str, &impl Serialize)) -> Prepared {
        self.text_page(page, template, view, None)
    }

    /// What the theme's queries have found, those that a kind of page gets.
    fn queries(&self, kind: &str) -> BTreeMap<&str, Vec<&Shared<Card>>> {
        let site = self.site;
        let asked = site.theme.queries.iter();
        asked
            .filter(|(_, query)| query.is_on(kind))
            .map(|(name, _)| {
                let found = site.queries.get(&**name).into_iter().flatten();
                (&**name, found.map(|id| site.card(*id)).collect())
            })
            .collect()
    }

    /// A page that has a text of its own, if `node` has one.
    fn text_page(
        &self,
        page: &Page<'_>,
        template: &str,
        (key, view): (&str, &impl Serialize),
        node: Option<Node>,
    ) -> Prepared {
        let site = self.site;
        let Page {
            address,
            content,
            known,
        } = *page;
        let meta = meta::page_meta(site, address, content);
        // A 404 page is shown at any depth, so its way to the root can't be relative.
        let (shard, root) = match content {
            Content::NotFound(shard) => (*shard, base_path(&site.shards.base_url(*shard))),
            _ => (site.shards.of(address), address.root()),
        };
        let text = node.and_then(|node| Some((node, site.archive.body(node)?)));
        let text_print = text.map(|(node, body)| body_print(site, node, body));
        let queries = self.queries(&meta.kind);
        let made_from = (
            self.fingerprint,
            template,
            &root,
            &meta,
            view,
            text_print,
            &queries,
        );
        let fingerprint = site.archive.key.of(&made_from);
        if known == Some(fingerprint) {
            return Prepared::Done(Output::Same);
        }
        let strings = site.theme.strings_of(&meta.language);
        let html = text.map_or(String::new(), |(node, body)| {
            let view = make::body::body(site, node, Whence::Page(address));
            to_html(body, &view, Labels::of(strings))
        });
        let mut context = Context::new();
        context.insert("page", &meta);
        let whole = site.shards.is_whole();
        context.insert("root", if whole { root.as_str() } else { shard::ROOT });
        context.insert_value("body", Value::safe_string(&html));
        context.insert(key.to_owned(), view);
        context.insert("queries", &queries);
        // Not part of the view: all that they say is in it, and in the page's meta data, already.
        if let Content::Article(id) = content {
            context.insert("citations", &citations(site, *id));
        }
        Prepared::Page(Box::new(View {
            template: template.to_owned(),
            language: meta.language,
            key: key.to_owned(),
            context,
            shard,
            root,
            fingerprint,
        }))
    }
}

/// A page about to be rendered.
struct Page<'a> {
    address: &'a Address,
    content: &'a Content,
    known: Option<Fingerprint>,
}

fn citations(site: &Site<'_>, id: ArticleId) -> Citations {
    let reference = Reference::of(site, id);
    // Texts and numbers always become JSON.
    let csl_json = serde_json::to_string(&[csl_json::Item::of(&reference)]).unwrap_or_default();
    Citations {
        styles: styles::styles(&reference),
        bibtex: bibtex::bibtex(&reference),
        ris: ris::ris(&reference),
        csl_json: in_script(&csl_json).into_owned(),
    }
}

/// The path of the base address: `/archive/` of `https://example.org/archive/`.
pub fn base_path(base_url: &str) -> String {
    let rest = base_url
        .split_once("://")
        .map_or(base_url, |(_, rest)| rest);
    rest.find('/').map_or("/", |at| &rest[at..]).to_owned()
}

#[cfg(test)]
mod tests {
    use super::base_path;

    #[test]
    fn the_base_path_of_a_base_address() {
        assert_eq!(base_path("https://example.org/archive/"), "/archive/");
        assert_eq!(base_path("https://example.org/"), "/");
    }
}
