//! Players and posts that a page embeds: a reader gets a link to them.
//!
//! The link's text is a sign and not a word, because the page has no word there; what it leads to
//! stands in its title.

use url::Url;

use crate::import::html::address::Base;
use crate::import::html::tree::{NodeId, Tree};

/// Something that a page shows from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embed {
    pub address: String,
    pub sign: &'static str,
    pub title: String,
}

const PLAY: &str = "▶";
const OPEN: &str = "↗";

/// Parts of hosts whose frames are part of what an article says, what they show, and what its name
/// is. Frames of other hosts are advertisements and counters more often than not.
const HOSTS: [(&str, &str, &str); 23] = [
    ("youtube.com", PLAY, "YouTube"),
    ("youtube-nocookie.com", PLAY, "YouTube"),
    ("player.vimeo.com", PLAY, "Vimeo"),
    ("dailymotion.com", PLAY, "Dailymotion"),
    ("player.twitch.tv", PLAY, "Twitch"),
    ("tv.naver.com", PLAY, "Naver TV"),
    ("tv.kakao.com", PLAY, "Kakao TV"),
    ("player.bilibili.com", PLAY, "Bilibili"),
    ("embed.ted.com", PLAY, "TED"),
    ("archive.org", PLAY, "Internet Archive"),
    ("soundcloud.com", PLAY, "SoundCloud"),
    ("open.spotify.com", PLAY, "Spotify"),
    ("embed.podcasts.apple.com", PLAY, "Apple Podcasts"),
    ("tiktok.com", PLAY, "TikTok"),
    ("platform.twitter.com", OPEN, "X"),
    ("platform.x.com", OPEN, "X"),
    ("instagram.com", OPEN, "Instagram"),
    ("facebook.com", OPEN, "Facebook"),
    ("datawrapper.dwcdn.net", OPEN, "Datawrapper"),
    ("flo.uri.sh", OPEN, "Flourish"),
    ("documentcloud.org", OPEN, "DocumentCloud"),
    ("scribd.com", OPEN, "Scribd"),
    ("google.com", OPEN, "Google"),
];

/// What an element embeds, if it is something for readers.
pub fn embed(tree: &Tree, node: NodeId, base: &Base) -> Option<Embed> {
    match tree.name(node)? {
        "iframe" => framed(tree, node, base),
        name @ ("video" | "audio") => {
            let sources = tree
                .children(node)
                .filter(|&child| tree.name(child) == Some("source"));
            let address = std::iter::once(node)
                .chain(sources)
                .find_map(|node| base.link(tree.attribute(node, "src")?))?;
            Some(Embed {
                address,
                sign: PLAY,
                title: if name == "video" { "Video" } else { "Audio" }.to_owned(),
            })
        }
        _ => None,
    }
}

fn framed(tree: &Tree, node: NodeId, base: &Base) -> Option<Embed> {
    // Players load late, as pictures do.
    let source = ["src", "data-src", "data-lazy-src", "data-original"]
        .into_iter()
        .filter_map(|name| tree.attribute(node, name))
        .find(|source| !source.trim().is_empty() && !source.starts_with("about:"))?;
    let source = source.trim();
    let url = if source.starts_with("//") {
        Url::parse(&format!("https:{source}")).ok()?
    } else {
        Url::parse(&base.link(source)?).ok()?
    };
    let host = url.host_str()?;
    let (_, sign, name) = HOSTS.iter().find(|(known, ..)| {
        host == *known
            || host
                .strip_suffix(known)
                .is_some_and(|sub| sub.ends_with('.'))
    })?;
    let address = page_of(&url, host)?;
    let own = tree.attribute(node, "title").map(str::trim);
    let title = match own.filter(|own| !own.is_empty()) {
        Some(own) => format!("{name}: {own}"),
        None => (*name).to_owned(),
    };
    Some(Embed {
        address,
        sign,
        title,
    })
}

/// The page where what is embedded is at home; `None` for buttons and counters of the same house.
fn page_of(url: &Url, host: &str) -> Option<String> {
    let segments: Vec<&str> = url
        .path_segments()?
        .filter(|part| !part.is_empty())
        .collect();
    let query = |wanted: &str| {
        url.query_pairs()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.into_owned())
    };
    let is_id = |id: &str| {
        id.chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    if host.contains("youtube") {
        return match segments.as_slice() {
            ["embed", "videoseries"] => {
                query("list").map(|list| format!("https://www.youtube.com/playlist?list={list}"))
            }
            ["embed" | "v", id, ..] if is_id(id) => {
                Some(format!("https://www.youtube.com/watch?v={id}"))
            }
            _ => None,
        };
    }
    if host.contains("twitter") || host.ends_with("x.com") {
        return query("id")
            .filter(|id| is_id(id))
            .map(|id| format!("https://x.com/i/status/{id}"));
    }
    match (host, segments.as_slice()) {
        ("player.vimeo.com", ["video", id, ..]) => Some(format!("https://vimeo.com/{id}")),
        (_, ["embed", "video", id]) if host.ends_with("dailymotion.com") => {
            Some(format!("https://www.dailymotion.com/video/{id}"))
        }
        (_, ["plugins", "post.php" | "video.php"]) if host.ends_with("facebook.com") => {
            query("href").filter(|href| href.starts_with("https://"))
        }
        (_, ["maps", ..]) if host.ends_with("google.com") => Some(url.as_str().to_owned()),
        _ if host.ends_with("facebook.com") || host.ends_with("google.com") => None,
        _ => Some(url.as_str().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_player_leads_to_the_page_of_what_it_plays() {
        for (html, wanted) in [
            (
                "<iframe src='https://www.youtube.com/embed/ab-1?rel=0'></iframe>",
                Some("https://www.youtube.com/watch?v=ab-1"),
            ),
            (
                "<iframe src='about:blank' data-src='//player.vimeo.com/video/12'></iframe>",
                Some("https://vimeo.com/12"),
            ),
            (
                "<iframe src='https://platform.twitter.com/embed/Tweet.html?id=99'></iframe>",
                Some("https://x.com/i/status/99"),
            ),
            (
                "<video><source src='https://port.example/ice.mp4'></video>",
                Some("https://port.example/ice.mp4"),
            ),
            (
                "<iframe src='https://www.facebook.com/plugins/like.php?href=x'></iframe>",
                None,
            ),
            (
                "<iframe src='https://notyoutube.com/embed/1'></iframe>",
                None,
            ),
            ("<video src='blob:https://port.example/1'></video>", None),
        ] {
            let tree = Tree::parse(html);
            let found = tree
                .descendants(tree.root())
                .find_map(|node| embed(&tree, node, &Base::default()));
            assert_eq!(
                found.map(|embed| embed.address).as_deref(),
                wanted,
                "{html}"
            );
        }
    }
}
