//! The words that a page's furniture speaks in: invitations, warnings, menus, legal lines, in the
//! languages that pages come in. One automaton finds them all in one pass over a line.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::text::script;

/// What a phrase belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    Comments,
    Related,
    Share,
    Newsletter,
    Account,
    Cookies,
    Legal,
    Navigation,
    AuthorBox,
    Advert,
    Tags,
    More,
    Print,
    Contact,
    Media,
    Shop,
}

/// How many topics there are.
pub const TOPICS: usize = 16;

/// The topics that a line touches, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Topics(u32);

impl Topics {
    pub fn contains(self, topic: Topic) -> bool {
        self.0 & (1 << topic as u32) != 0
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The numbers of the topics, for features.
    pub fn numbers(self) -> impl Iterator<Item = usize> {
        (0..TOPICS).filter(move |&number| self.0 & (1 << number) != 0)
    }
}

/// Every phrase, in lower case, `/` between phrases.
const PHRASES: &[(Topic, &str)] = &[
    (
        Topic::Comments,
        "comments are moderated/are moderated/moderated/moderation/defamatory/libellous/hateful/offensive/house rules/letter to the editor/letters to the editor/will not be published/netiquette/leserbrief/moderiert/courrier des lecteurs/cartas al director/comment/comments/thoughts on/thought on/responses to/gedanken zu/reply/replies/respond/leave a comment/leave a reply/post a comment/add a comment/join the discussion/join the conversation/says:/said on/wrote:/upvote/downvote/report abuse/sort by/your email address will not be published/required fields/kommentar/kommentare/kommentar schreiben/kommentieren/antworten/antwort auf/antworten abbrechen/sagt:/schreibt:/schrieb am/pflichtfelder/wird nicht veröffentlicht/diskutieren sie/diskussion/leserbriefe/lesermeinungen/trackback/trackbacks/pingback/pingbacks/commentaire/commentaires/répondre/réagir/laisser un commentaire/comentario/comentarios/responder/deja un comentario/dejar un comentario/komentarz/komentarze/odpowiedz/dodaj komentarz/dice:/dit :/reacties/reageer/commenti/commento/rispondi/댓글/답글/의견/评论/評論/留言/回复/回覆/コメント/返信",
    ),
    (
        Topic::Related,
        "in other news/more like this/schon gelesen/noch mehr/auch auf/weitere infos/aus dem heft/das heft/lire également/sur le sujet/ver también/mira también/puede interesar/más sobre/más de/zobacz/related/related articles/related posts/related stories/related content/related topics/related news/you may also like/you might also like/you may like/recommended/recommended for you/more from/more on this/more stories/more news/most read/most popular/most viewed/most shared/trending/popular posts/recent posts/latest news/latest stories/latest articles/top stories/don't miss/up next/next article/previous article/next post/previous post/see also/read next/read also/also read/editor's picks/editors' picks/from our partners/around the web/mehr zum thema/zum thema/das könnte sie/das könnte dich/auch interessant/auch interessieren/interessieren/weitere artikel/weitere beiträge/weitere themen/weitere meldungen/weitere nachrichten/weitere informationen/ähnliche artikel/ähnliche beiträge/verwandte artikel/verwandte themen/lesen sie auch/lesen sie mehr/lies auch/mehr aus/mehr von/mehr zu/meistgelesen/meist gelesen/meistgelesene/beliebte/beliebteste/neueste/neueste beiträge/letzte beiträge/aktuelle beiträge/aktuelle nachrichten/top-themen/empfehlungen/empfohlen/nächster artikel/vorheriger artikel/nächster beitrag/vorheriger beitrag/vorheriger/nächster/siehe auch/passend dazu/außerdem interessant/à lire aussi/lire aussi/à voir aussi/articles similaires/sur le même sujet/les plus lus/articles récents/à ne pas manquer/dans la même rubrique/te puede interesar/lee también/leer también/más noticias/más leídas/lo más leído/noticias relacionadas/artículos relacionados/entradas recientes/te recomendamos/vea también/lea también/czytaj też/czytaj także/zobacz też/zobacz także/zobacz również/podobne/polecane/najczęściej czytane/leggi anche/articoli correlati/lees ook/meer over/관련기사/관련 기사/많이 본/인기기사/추천기사/최신기사/相关阅读/相关新闻/相關新聞/相关文章/推荐阅读/热门/延伸閱讀/関連記事/おすすめ/人気記事/ランキング",
    ),
    (
        Topic::Share,
        "share/分享到/分享/share this/share on/share via/tweet/retweet/facebook/twitter/whatsapp/pinterest/linkedin/reddit/telegram/xing/flipboard/tumblr/instagram/youtube/snapchat/tiktok/google+/follow us/follow me/follow/like us/copy link/e-mail/email this/send/teilen/empfehlen/weitersagen/weiterempfehlen/folgen/folgen sie/merken/auf facebook/auf twitter/per mail/per e-mail/partager/partagez/suivez-nous/suivre/envoyer/compartir/comparte/síguenos/seguir/udostępnij/podziel się/condividi/seguici/delen/gefällt mir/공유/공유하기/카카오톡/페이스북/트위터/分享/分享到/微信/微博/シェア/ツイート/はてな",
    ),
    (
        Topic::Newsletter,
        "already a subscriber/to view the full/breaking news/the app/our app/app store/google play/push notifications/our channel/exclusive/kostenlos lesen/probeabo/in unserer app/kostenlose app/descarga/únete/nuestro canal/nuestra app/télécharger l'application/newsletter/newsletters/mailing list/subscribe/subscribe to/subscription/subscriptions/subscriber/subscribers/sign up/signup/get the latest/in your inbox/your inbox/email address/daily email/stay informed/stay up to date/keep up to date/register to receive/rss/rss-feed/feed/abonnieren/abonniere/abo/abonnement/abonnent/newsletter abonnieren/e-mail-adresse/push-nachrichten/posteingang/keine neuigkeiten/s'abonner/abonnez-vous/abonnement/lettre d'information/inscrivez-vous/suscríbete/suscribirse/suscripción/boletín/recibe/subskrybuj/zapisz się/prenumerata/iscriviti/nieuwsbrief/구독/구독하기/뉴스레터/订阅/訂閱/購読/メルマガ",
    ),
    (
        Topic::Account,
        "support our/donation/donations/contribute/membership/unterstützen sie/unterstütze uns/unterstützt uns/spendenkonto/faites un don/apoya/apóyanos/wesprzyj/log in/login/log out/logout/sign in/sign out/register/registration/create account/create an account/my account/forgot password/password/username/member/become a member/donate/support us/anmelden/abmelden/einloggen/ausloggen/registrieren/registrierung/jetzt registrieren/konto/mein konto/passwort/passwort vergessen/benutzername/mitglied werden/spenden/jetzt spenden/se connecter/connexion/mot de passe/s'inscrire/mon compte/faire un don/iniciar sesión/regístrate/contraseña/mi cuenta/zaloguj/zaloguj się/zarejestruj/hasło/accedi/inloggen/로그인/로그아웃/회원가입/登录/登錄/登入/注册/註冊/ログイン/会員登録/新規登録",
    ),
    (
        Topic::Cookies,
        "cookie/cookies/consent/gdpr/dsgvo/privacy settings/accept all/accept/ad blocker/adblocker/adblock/javascript/browser/einwilligung/zustimmen/akzeptieren/alle akzeptieren/datenschutzeinstellungen/tracking/externer inhalt/externe inhalte/datenübertragung/consentement/tout accepter/accepter/aceptar/utilizamos cookies/pliki cookie/ciasteczka/zgoda/accetta/쿠키/クッキー",
    ),
    (
        Topic::Legal,
        "copyrighted/written permission/without permission/prior permission/may not be reproduced/reproduced/reprint/republish/republished/redistributed/ohne gewähr/nachdruck/vervielfältigung/haftung/urheberrecht/prohibida/reproducción/reproduction/interdite/riproduzione/copyright/©/(c)/all rights reserved/rights reserved/privacy policy/privacy/terms of use/terms of service/terms and conditions/terms & conditions/terms/disclaimer/legal notice/legal/reprinted with permission/licence/license/creative commons/impressum/datenschutz/datenschutzerklärung/datenschutzhinweise/datenschutzbestimmungen/nutzungsbedingungen/agb/alle rechte vorbehalten/rechte vorbehalten/haftungsausschluss/barrierefreiheit/erklärung zur barrierefreiheit/mentions légales/tous droits réservés/confidentialité/politique de confidentialité/cgu/cgv/conditions générales/aviso legal/todos los derechos/política de privacidad/términos/condiciones/polityka prywatności/regulamin/wszelkie prawa/wszystkie prawa/tutti i diritti/note legali/저작권/무단전재/무단 전재/재배포/이용약관/개인정보/청소년보호/版权/版權/免责声明/隐私/無断転載/著作権/利用規約/プライバシー",
    ),
    (
        Topic::Navigation,
        "home/homepage/menu/navigation/search/skip to content/skip to/skip/back to top/go to top/top/sitemap/site map/about us/about/contact/faq/help/careers/jobs/advertise/archive/archives/categories/category/pages/previous/next/older posts/newer posts/view all/show all/see all/all topics/back/close/startseite/zur startseite/menü/suche/suchen/zum inhalt/zur navigation/zum seitenanfang/nach oben/seitenanfang/sie sind hier/hauptnavigation/inhaltsverzeichnis/inhalt/übersicht/über uns/karriere/archiv/kategorien/kategorie/rubriken/ressorts/themen/seiten/zurück/weiter/schließen/alle anzeigen/accueil/rechercher/recherche/plan du site/à propos/qui sommes-nous/retour/fermer/suivant/précédent/rubriques/inicio/buscar/búsqueda/quiénes somos/mapa del sitio/secciones/volver/cerrar/strona główna/szukaj/wyszukaj/o nas/kontakt/cerca/zoeken/홈/메뉴/검색/전체메뉴/바로가기/회사소개/首页/首頁/网站首页/網站首頁/导航/搜索/关于我们/關于我們/ホーム/メニュー/検索/トップ",
    ),
    (
        Topic::AuthorBox,
        "about the author/about author/author bio/view all posts/all posts by/posts by/more by/view profile/his work/her work/can be reached/follow him/follow her/staff writer/is a freelance/is a writer/is a journalist/is a reporter/is an editor/is the author/is a professor/contributed to this report/contributed reporting/über den autor/über die autorin/zum autor/zur autorin/der autor/die autorin/alle beiträge/alle artikel von/mehr von diesem autor/ist redakteur/ist redakteurin/ist freie/ist freier/ist journalist/ist journalistin/ist autor/ist autorin/schreibt für/schreibt über/à propos de l'auteur/sobre el autor/acerca del autor/o autorze/기자 페이지/작성기사/作者简介/作者簡介/この記事を書いた人/著者プロフィール/執筆者",
    ),
    (
        Topic::Advert,
        "advertisement/advertising/sponsored/sponsored content/promoted/promotion/paid content/partner content/affiliate/ad/ads/anzeige/anzeigen/werbung/werben/sponsored post/gesponsert/affiliate-link/affiliate-links/publicité/annonce/publicidad/anuncio/patrocinado/reklama/ogłoszenie/pubblicità/advertentie/광고/广告/廣告/広告/スポンサー",
    ),
    (
        Topic::Tags,
        "tags/tags:/tag:/tagged/keywords/keywords:/topics:/filed under/categories:/category:/posted in/labels:/schlagwörter/schlagworte/schlagwort/stichwörter/stichworte/kategorien:/kategorie:/themen:/verschlagwortet/veröffentlicht unter/mots-clés/étiquettes/etiquetas/etiquetas:/temas/temas:/archivado en/tagi/tagi:/kategorie/태그/키워드/标签/標籤/关键词/タグ",
    ),
    (
        Topic::More,
        "read more/continue reading/learn more/find out more/more info/more information/more »/more >/full story/read the full/click here/load more/show more/see more/view more/mehr/mehr lesen/weiterlesen/mehr erfahren/mehr informationen/mehr dazu/mehr anzeigen/hier klicken/zum artikel/jetzt lesen/weiter lesen/alle artikel/lire la suite/en savoir plus/voir plus/lire l'article/leer más/ver más/más información/seguir leyendo/sigue leyendo/czytaj więcej/więcej/czytaj dalej/leggi tutto/lees meer/lees verder/더보기/더 보기/자세히/阅读全文/更多/查看更多/もっと見る/続きを読む/詳しく",
    ),
    (
        Topic::Print,
        "print/print this/printer-friendly/print page/download/download pdf/pdf/listen/text size/font size/bookmark/save/drucken/artikel drucken/seite drucken/druckversion/druckansicht/herunterladen/vorlesen/schriftgröße/lesezeichen/imprimer/télécharger/écouter/imprimir/descargar/escuchar/drukuj/wydrukuj/stampa/인쇄/프린트/글자크기/글씨/스크랩/打印/列印/字号/字號/字體/印刷/保存",
    ),
    (
        Topic::Contact,
        "send us/email us/call us/write to us/get in touch/reach us/hotline/notruf/schreiben sie uns/rufen sie/escríbenos/écrivez-nous/napisz do nas/contact us/phone/tel/tel./fax/telephone/address/opening hours/e-mail:/email:/mail:/contact:/kontakt/telefon/telefon:/tel.:/fax:/telefax/öffnungszeiten/anschrift/postanschrift/ansprechpartner/ansprechpartnerin/pressekontakt/pressestelle/contactez-nous/téléphone/adresse/contacto/teléfono/dirección/telefon kontaktowy/adres/전화/팩스/주소/대표전화/발행인/편집인/등록번호/电话/地址/邮编/邮箱/电子邮件/電話/住所/お問い合わせ",
    ),
    (
        Topic::Media,
        "credit:/credits/courtesy of/bildnachweis/bildrechte/abbildung/abb./beitragsbild/titelbild/symbolbild/symbolfoto/archivfoto/thinkstock/adobe stock/unsplash/pixabay/picture alliance/wikimedia commons/crédits photos/archivo/domena publiczna/fot/video/videos/watch/watch now/gallery/photo gallery/slideshow/podcast/image/photo/photos/photo:/image:/photo by/file photo/getty images/shutterstock/istock/foto/fotos/foto:/bild/bilder/bild:/bildquelle/quelle:/bildergalerie/bilderstrecke/fotostrecke/mediathek/video abspielen/zum video/vergrößern/crédit photo/crédits/photo :/vidéo/vidéos/diaporama/galería/vídeo/imagen/fotografía/zdjęcie/galeria/fot./wideo/foto di/사진/동영상/포토/图片/视频/图集/摄影/圖片/写真/動画/画像",
    ),
    (
        Topic::Shop,
        "add to cart/cart/checkout/shopping cart/buy now/in stock/out of stock/free shipping/price/sale/wishlist/product/products/shop/store/warenkorb/in den warenkorb/jetzt kaufen/zur kasse/lieferzeit/versandkosten/zzgl. versand/inkl. mwst/mwst/merkzettel/wunschliste/produkt/produkte/angebot/angebote/bestellen/jetzt bestellen/kostenlos testen/panier/ajouter au panier/acheter/livraison/boutique/carrito/comprar/tienda/koszyk/dodaj do koszyka/sklep/kup teraz/winkelwagen/carrello/장바구니/구매/购物车/购买/カート/購入",
    ),
];

struct Finder {
    automaton: AhoCorasick,
    /// A phrase's topic, and whether it must stand as whole words (scripts with spaces).
    patterns: Vec<(Topic, bool)>,
}

static FINDER: LazyLock<Finder> = LazyLock::new(|| {
    let mut phrases = Vec::new();
    let mut patterns = Vec::new();
    for &(topic, listed) in PHRASES {
        for phrase in listed.split('/') {
            let spaced = !script::has_east_asian(phrase);
            phrases.push(phrase);
            patterns.push((topic, spaced));
        }
    }
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .build(&phrases)
        .expect("a few hundred short phrases make an automaton");
    Finder {
        automaton,
        patterns,
    }
});

/// The topics of a line, given in lower case.
pub fn topics(lower: &str) -> Topics {
    let mut found = Topics::default();
    for hit in FINDER.automaton.find_overlapping_iter(lower) {
        let (topic, spaced) = FINDER.patterns[hit.pattern().as_usize()];
        let whole = !spaced || {
            let before = lower[..hit.start()].chars().next_back();
            let after = lower[hit.end()..].chars().next();
            let first = lower[hit.start()..].chars().next();
            let last = lower[..hit.end()].chars().next_back();
            !(joins(before) && joins(first) || joins(last) && joins(after))
        };
        if whole {
            found.0 |= 1 << topic as u32;
        }
    }
    found
}

fn joins(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric() && !script::is_east_asian_letter(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_count_as_whole_words_where_words_have_spaces() {
        assert!(topics("leave a comment").contains(Topic::Comments));
        assert!(topics("전체 댓글보기").contains(Topic::Comments));
        assert!(topics("alle rechte vorbehalten.").contains(Topic::Legal));
        assert!(topics("the adverb was commentary").is_empty());
    }
}
