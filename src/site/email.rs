//! A newsletter issue as one e-mail (RFC 5322): HTML whose styles stand at each element, since mail
//! programs drop style sheets, and the same as plain text. The one home of `css_inline` and
//! `mail_builder`.

use css_inline::CSSInliner;
use jiff::Timestamp;
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address as Mailbox;
use mail_builder::headers::content_type::ContentType;
use mail_builder::mime::MimePart;

use super::error::SiteError;
use super::plan::Site;
use super::render::Mail;
use crate::archive::issue::Issue;
use crate::text::hash::sha256;

/// Who a mail is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    pub name: String,
    /// `editor@example.org`
    pub address: String,
}

impl Sender {
    /// Reads `Name <address>` or an address alone; `None` when there is no address in it.
    pub fn parse(written: &str) -> Option<Self> {
        let (name, address) = match written.split_once('<') {
            Some((name, rest)) => (name, rest.trim_end().strip_suffix('>')?),
            None => ("", written),
        };
        let (name, address) = (name.trim().trim_matches('"'), address.trim());
        let (local, host) = address.split_once('@')?;
        let sound = |part: &str| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|c| !c.is_whitespace() && !c.is_control() && !"<>@,;:\"()[]\\".contains(c))
        };
        (sound(local) && sound(host) && !name.contains(char::is_control)).then(|| Self {
            name: name.to_owned(),
            address: address.to_owned(),
        })
    }

    /// The site: the mailbox that readers write to, or one that answers no mail.
    pub fn of(site: &Site<'_>) -> Self {
        let config = &site.archive.config;
        let contact = config.contact.as_ref();
        let mailbox = contact
            .and_then(|contact| contact.get_ref().strip_prefix("mailto:"))
            .and_then(Self::parse);
        Self {
            name: config.title.clone(),
            address: mailbox.map_or_else(
                || format!("no-reply@{}", host(site)),
                |mailbox| mailbox.address,
            ),
        }
    }
}

/// The bytes of the `.eml` file. The same issue gives the same bytes.
pub fn message(
    site: &Site<'_>,
    issue: &Issue,
    mail: &Mail,
    sender: &Sender,
) -> Result<Vec<u8>, SiteError> {
    let Mail {
        subject,
        html,
        text,
    } = mail;
    let html = CSSInliner::options()
        .load_remote_stylesheets(false)
        .keep_at_rules(true)
        .build()
        .inline(html)
        .map_err(|error| SiteError::Templates {
            message: format!("the styles of email/issue.html can't be read: {error}"),
            help: None,
        })?;
    let series = &site.archive.term(issue.series).slug;
    let name = sha256(format!("{}{series}/{}", site.shards.front_url(), issue.slug).as_bytes());
    let boundary = format!("=_{}", &sha256(html.as_bytes())[..32]);
    let parts = vec![
        MimePart::new("text/plain", text.as_str()),
        MimePart::new("text/html", html),
    ];
    let alternative = ContentType::new("multipart/alternative").attribute("boundary", boundary);
    let from = Mailbox::new_address(
        Some(sender.name.as_str()).filter(|name| !name.is_empty()),
        sender.address.as_str(),
    );
    let mut bytes = Vec::new();
    MessageBuilder::new()
        .from(from)
        .subject(subject.as_str())
        .date(sent(site, issue).as_second())
        .message_id(format!("{}@{}", &name[..32], host(site)))
        .body(MimePart::new(alternative, parts))
        .serialize(&mut bytes);
    Ok(bytes)
}

/// When the newest of its articles came out.
fn sent(site: &Site<'_>, issue: &Issue) -> Timestamp {
    let zone = &site.archive.config.time_zone;
    let dates = issue
        .articles
        .iter()
        .filter_map(|id| site.archive.article(*id).front.date);
    let newest = dates.map(|date| date.instant(zone)).max();
    newest.unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The host of the site's address.
fn host<'a>(site: &'a Site<'_>) -> &'a str {
    let rest = site
        .shards
        .front_url()
        .split_once("://")
        .map_or("", |(_, rest)| rest);
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    if host.is_empty() { "localhost" } else { host }
}

#[cfg(test)]
mod tests {
    use super::Sender;

    #[test]
    fn a_sender_is_a_name_and_an_address() {
        let sender = |written| Sender::parse(written).map(|s| (s.name, s.address));
        let pair = |name: &str, address: &str| Some((name.to_owned(), address.to_owned()));
        for (written, wanted) in [
            ("desk@harbor.example", pair("", "desk@harbor.example")),
            (
                "Harbor Desk <desk@harbor.example>",
                pair("Harbor Desk", "desk@harbor.example"),
            ),
            (
                "\"Desk, Harbor\" <desk@harbor.example>",
                pair("Desk, Harbor", "desk@harbor.example"),
            ),
            ("Harbor Desk", None),
            ("desk@", None),
            ("a@b\r\nBcc: c@d", None),
        ] {
            assert_eq!(sender(written), wanted, "{written}");
        }
    }
}
