//! What the names of classes, ids and roles say about an element. Designers name things for what
//! they are, and mostly in English.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::tree::{NodeId, Tree};

/// What an element's names say it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Article,
    Text,
    Title,
    Lead,
    Meta,
    Author,
    Date,
    Tags,
    Caption,
    Media,
    Comments,
    Share,
    Related,
    Navigation,
    Footer,
    Header,
    Sidebar,
    Advert,
    Newsletter,
    Popup,
    Account,
    Hidden,
    Print,
    Shop,
    Embed,
    Box,
}

/// How many kinds there are.
pub const KINDS: usize = 26;

/// Parts of names, `/` between them; those in capitals count as whole words only.
const WORDS: [(Kind, &str); KINDS] = [
    (
        Kind::Article,
        "article/story/entry/post/hentry/blogpost/beitrag/artikel/noticia/artykul",
    ),
    (
        Kind::Text,
        "content/text/body/copy/paragraph/richtext/prose/wysiwyg/inhalt/absatz/texte/contenu/cuerpo/MAIN/bodytext",
    ),
    (Kind::Title, "title/headline/heading/titel/titre/titulo/HED"),
    (
        Kind::Lead,
        "teaser/lead/intro/summary/standfirst/subtitle/subhead/deck/excerpt/abstract/vorspann/chapo/entradilla/dachzeile/kicker/DEK",
    ),
    (Kind::Meta, "meta/info/details/data/published/facts"),
    (
        Kind::Author,
        "author/byline/autor/auteur/writer/contributor/BIO/profile/about/vcard/avatar",
    ),
    (Kind::Date, "date/time/datum/fecha/stamp/published"),
    (
        Kind::Tags,
        "tags/TAG/categor/keyword/topic/schlagw/label/badge/taxonomy",
    ),
    (
        Kind::Caption,
        "caption/credit/copyright/bildunter/legend/source/quelle",
    ),
    (
        Kind::Media,
        "image/photo/video/gallery/media/figure/picture/slide/carousel/player/audio/bild/galer",
    ),
    (
        Kind::Comments,
        "comment/kommentar/disqus/discuss/respond/reply/replies/feedback/forum/reader",
    ),
    (
        Kind::Share,
        "share/sharing/social/twitter/facebook/whatsapp/bookmark/teilen/FOLLOW/addtoany/addthis",
    ),
    (
        Kind::Related,
        "related/recommend/more/similar/also/popular/trending/latest/recent/read-next/readnext/promo/teaser/outbrain/taboola/suggest/weitere/mehr/aehnlich/next/prev/most",
    ),
    (
        Kind::Navigation,
        "nav/menu/breadcrumb/pagination/pager/TOC/jump/skip/sitemap/TAB/TABS/paging",
    ),
    (
        Kind::Footer,
        "footer/bottom/colophon/legal/imprint/impressum/disclaimer/fuss",
    ),
    (
        Kind::Header,
        "header/masthead/banner/topbar/logo/branding/kopf/TOP",
    ),
    (
        Kind::Sidebar,
        "sidebar/aside/widget/rail/sidebox/secondary/column/marginal/RIGHT/LEFT",
    ),
    (
        Kind::Advert,
        "advert/sponsor/anzeige/werbung/affiliate/AD/ADS/adslot/adsense/dfp/googlead/promoted",
    ),
    (
        Kind::Newsletter,
        "newsletter/subscribe/subscription/signup/sign-up/optin/mailchimp/ABO/abonn/paywall/donate/spende/cta/call-to-action",
    ),
    (
        Kind::Popup,
        "cookie/consent/popup/modal/overlay/gdpr/notice/alert/lightbox/toast/dialog",
    ),
    (
        Kind::Account,
        "login/signin/register/account/search/suche/form/user",
    ),
    (
        Kind::Hidden,
        "hidden/invisible/sr-only/screen-reader/visuallyhidden/collapse/noprint/hide/offscreen",
    ),
    (
        Kind::Print,
        "print/tool/button/BTN/action/icon/font-size/download/rating/vote/like/rss",
    ),
    (
        Kind::Shop,
        "shop/product/price/cart/buy/offer/checkout/amazon/deal/warenkorb",
    ),
    (
        Kind::Embed,
        "embed/tweet/instagram/youtube/oembed/iframe/twitter/quote/pullquote/blockquote",
    ),
    (
        Kind::Box,
        "BOX/infobox/factbox/callout/infographic/BLOCK/module/panel/card/tile/kasten/list",
    ),
];

/// A set of kinds, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kinds(u32);

impl Kinds {
    pub fn has(self, kind: usize) -> bool {
        self.0 & (1 << kind) != 0
    }
}

static FINDER: LazyLock<(AhoCorasick, Vec<(usize, bool)>)> = LazyLock::new(|| {
    let mut words = Vec::new();
    let mut owners = Vec::new();
    for (kind, listed) in WORDS {
        for word in listed.split('/') {
            let whole = word.chars().all(|c| c.is_ascii_uppercase());
            words.push(word.to_ascii_lowercase());
            owners.push((kind as usize, whole));
        }
    }
    let finder = AhoCorasick::new(&words).expect("a few hundred short words make an automaton");
    (finder, owners)
});

/// What the names of one element say.
pub fn kinds(tree: &Tree, element: NodeId) -> Kinds {
    let mut names = String::new();
    for attribute in [
        "class",
        "id",
        "role",
        "itemprop",
        "data-component",
        "data-testid",
    ] {
        if let Some(value) = tree.attribute(element, attribute) {
            names.push_str(&value[..value.len().min(400).min(floor(value, 400))]);
            names.push(' ');
        }
    }
    if names.is_empty() {
        return Kinds::default();
    }
    // Camel case is words too.
    let parted: String = {
        let mut parted = String::with_capacity(names.len() + 8);
        let mut before = ' ';
        for c in names.chars() {
            if c.is_ascii_uppercase() && before.is_ascii_lowercase() {
                parted.push('-');
            }
            parted.push(c.to_ascii_lowercase());
            before = c;
        }
        parted
    };
    let (finder, owners) = &*FINDER;
    let mut found = Kinds::default();
    for hit in finder.find_overlapping_iter(&parted) {
        let (kind, whole) = owners[hit.pattern().as_usize()];
        let letter = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphabetic);
        let bytes = parted.as_bytes();
        let stands_alone = !letter(hit.start().checked_sub(1).and_then(|at| bytes.get(at)))
            && !letter(bytes.get(hit.end()));
        if !whole || stands_alone {
            found.0 |= 1 << kind;
        }
    }
    found
}

/// The nearest place at or before `at` where a string may be cut.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_parts() {
        let tree = Tree::parse("<div class='articleBody js-x' id=rightSidebar><p class=shade>");
        let found = kinds(&tree, tree.elements("div").next().unwrap());
        for (kind, wanted) in [
            (Kind::Article, true),
            (Kind::Text, true),
            (Kind::Sidebar, true),
            (Kind::Comments, false),
        ] {
            assert_eq!(found.has(kind as usize), wanted, "{kind:?}");
        }
        let shade = kinds(&tree, tree.elements("p").next().unwrap());
        assert!(!shade.has(Kind::Advert as usize));
    }
}
