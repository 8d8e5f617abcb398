//! An address becomes bytes. Pure: no disk, no clock, no network.

use serde::Serialize;
use tera::{Context, Value};

use super::address::Address;
use super::body::{Labels, body};
use super::error::SiteError;
use super::feed::atom;
use super::machine;
use super::make::{article, home, meta, period, search, term};
use super::plan::{Content, Site};
use super::templates::Templates;
use crate::archive::ids::Node;
use crate::content::front_matter::Kind;
use crate::diagnostic::Findings;

/// What stands at an address, ready to be written.
#[derive(Debug)]
pub enum Output {
    Bytes(Vec<u8>),
    /// A file of the archive, by its path from the root: too large to be worth holding.
    CopyOf(String),
}

/// A planned site with its templates compiled.
pub struct Renderer<'s> {
    site: &'s Site<'s>,
    templates: Templates,
}

impl<'s> Renderer<'s> {
    /// Compiles the theme; `None` when that failed, with the reasons in `findings`.
    pub fn new(site: &'s Site<'s>, findings: &mut Findings) -> Option<Self> {
        let config = &site.archive.config;
        let templates = Templates::compile(site.theme, &meta::site_meta(site), config, findings)?;
        Some(Self { site, templates })
    }

    /// The bytes of one address.
    pub fn render(&self, address: &Address, content: &Content) -> Result<Output, SiteError> {
        let site = self.site;
        let bytes = match content {
            Content::Home => self.page(address, content, "home", &home::home(site))?,
            Content::Article(id) => {
                let view = article::article(site, *id);
                let name = match site.archive.article(*id).kind {
                    Kind::Briefing => "briefing",
                    Kind::Source => "source",
                };
                let show = view.excerpt.is_none() && view.withdrawn.is_none();
                let node = show.then_some(Node::Article(*id));
                self.template(address, content, name, ("article", &view), node)?
            }
            Content::Page(id) => {
                let node = Some(Node::Page(*id));
                let extra = &site.archive.page(*id).front.extra;
                self.template(address, content, "page", ("extra", extra), node)?
            }
            Content::Taxonomy(taxonomy) => self.page(
                address,
                content,
                "taxonomy",
                &term::taxonomy(site, *taxonomy),
            )?,
            Content::Term(id) => {
                let view = term::term(site, *id);
                let node = Some(Node::Term(*id));
                self.template(address, content, "term", ("term", &view), node)?
            }
            Content::TermYear(id, year) => self.page(
                address,
                content,
                "term_year",
                &term::term_year(site, *id, *year),
            )?,
            Content::Issue(index) => {
                self.page(address, content, "issue", &term::issue(site, *index))?
            }
            Content::Year(year) => {
                self.page(address, content, "year", &period::year(site, *year))?
            }
            Content::Month(month) => {
                self.page(address, content, "month", &period::month(site, *month))?
            }
            Content::Week(week) => {
                self.page(address, content, "week", &period::week(site, *week))?
            }
            Content::NotFound => self.page(address, content, "404", &home::home(site))?,
            Content::Search => self.page(address, content, "search", &search::search(site))?,
            Content::SearchFile => site.search.get(address).cloned().unwrap_or_default(),
            Content::Redirect(to) => machine::redirect(site, address, to).into_bytes(),
            Content::Feed(of) => atom(site, address, *of).into_bytes(),
            Content::Sitemap => machine::sitemap(site).into_bytes(),
            Content::Robots => machine::robots(site).into_bytes(),
            Content::NoJekyll => Vec::new(),
            Content::Domain(domain) => format!("{domain}\n").into_bytes(),
            Content::Static(name) => match site.theme.statics.get(name) {
                Some(file) => file.bytes.to_vec(),
                None => Vec::new(),
            },
            Content::Asset(index) => {
                return Ok(Output::CopyOf(site.archive.assets[*index].path.clone()));
            }
        };
        Ok(Output::Bytes(bytes))
    }

    /// A page without a text of its own: its view is known by the template's name.
    fn page(
        &self,
        address: &Address,
        content: &Content,
        name: &str,
        view: &impl Serialize,
    ) -> Result<Vec<u8>, SiteError> {
        let key = if name == "404" { "home" } else { name };
        self.template(address, content, name, (key, view), None)
    }

    fn template(
        &self,
        address: &Address,
        content: &Content,
        name: &str,
        (key, view): (&str, &impl Serialize),
        node: Option<Node>,
    ) -> Result<Vec<u8>, SiteError> {
        let site = self.site;
        let meta = meta::page_meta(site, address, content);
        let strings = site.theme.strings_of(&meta.language);
        let label = |key: &'static str| {
            let text = strings.and_then(|strings| strings.get(key));
            text.and_then(toml::Value::as_str).unwrap_or(key)
        };
        let labels = Labels {
            footnotes: label("footnotes"),
            back: label("back_to_text"),
        };
        let html = node.map_or(String::new(), |node| body(site, node, address, &labels));
        // A 404 page is shown at any depth, so its way to the root can't be relative.
        let root = match content {
            Content::NotFound => base_path(&site.base_url),
            _ => address.root(),
        };
        let mut context = Context::new();
        context.insert("page", &meta);
        context.insert("root", &root);
        context.insert_value("body", Value::safe_string(&html));
        context.insert(key.to_owned(), view);
        self.templates
            .render(&format!("{name}.html"), &meta.language, &context)
    }
}

/// The path of the base address: `/archive/` of `https://example.org/archive/`.
fn base_path(base_url: &str) -> String {
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
