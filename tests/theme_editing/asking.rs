//! What a theme asks for beyond what every site has: data, queries, pages of its own.

use super::given::{Archive, Made};

const SHOWN: &str = "themes/harbor/templates/parts/footer.html";

/// An archive whose theme extends the default one and has this in its `theme.toml`.
fn harbor(manifest: &str) -> Archive {
    let archive = Archive::with_theme("harbor", "");
    archive.write(
        "themes/harbor/theme.toml",
        &format!("name = \"Harbor\"\nextends = \"default\"\n{manifest}"),
    );
    archive
}

fn article(archive: &Archive, name: &str, front: &str) {
    archive.write(
        &format!("content/briefings/2021/{name}.md"),
        &format!("+++\ntitle = \"{name}\"\n{front}\n+++\n\nText.\n"),
    );
}

/// The titles that the footer lists between its marks.
fn listed(made: &Made, page: &str) -> Vec<String> {
    let page = made.page(page);
    let (_, rest) = page.split_once("<ul id=\"found\">").expect("a list");
    let (list, _) = rest.split_once("</ul>").expect("its end");
    let items = list.split("<li>").skip(1);
    items.map(|item| item.trim().to_owned()).collect()
}

const LIST: &str = "<ul id=\"found\">{% for card in queries.found %}<li>{{ card.title }}\n\
                    {% endfor %}</ul>";

#[test]
fn data_files_reach_every_template() {
    let archive = harbor("");
    archive.write("data/piers.csv", "name,depth\n\"Pier 4, east\",12\n");
    archive.write("data/contact.toml", "since = 1921-05-01\n");
    archive.write(
        SHOWN,
        "{% for pier in data.piers %}{{ pier.name }}: {{ pier.depth }}{% endfor %}\n\
         since {{ data.contact.since | date }}\n",
    );
    let page = archive.crane();
    assert!(page.contains("Pier 4, east: 12"), "{page}");
    assert!(page.contains("since 1 May 1921"), "{page}");
}

#[test]
fn a_date_of_ones_own_is_written_like_any_other() {
    let archive = harbor("");
    archive.write(
        "themes/harbor/templates/briefing.html",
        "{{ article.extra.signed | date }}, {{ article.card.extra.treaty }}",
    );
    assert_eq!(archive.crane(), "1 May 1921, Harbor Convention");
}

#[test]
fn a_query_lists_what_fits_in_the_order_asked_for() {
    let found = |query: &str| {
        let archive = harbor(&format!("[queries.found]\n{query}\n"));
        article(
            &archive,
            "first",
            "date = 2021-01-01\nseries = \"Weekly\"\n[extra]\nrank = 10",
        );
        article(
            &archive,
            "second",
            "date = 2021-02-02\nseries = \"Weekly\"\n[extra]\nrank = 9",
        );
        article(&archive, "third", "date = 2021-03-03\ntopics = [\"ports\"]");
        archive.write("themes/harbor/templates/home.html", LIST);
        let made = archive.make();
        assert_eq!(made.findings.len(), 0, "{}", archive.told());
        listed(&made, "/")
    };
    let series = "where = { series = \"Weekly\" }";
    assert_eq!(found(series), ["second", "first"]);
    assert_eq!(
        found(&format!("{series}\nsort = \"date\"")),
        ["first", "second"]
    );
    assert_eq!(found(&format!("{series}\nlimit = 1")), ["second"]);
    // Numbers are no text: 9 stands before 10. What has no rank stands last, either way.
    assert_eq!(
        found("from = \"briefings\"\nsort = \"extra.rank\""),
        ["second", "first", "A new crane", "third"]
    );
    assert_eq!(
        found("from = \"briefings\"\nsort = \"-extra.rank\"\nlimit = 2"),
        ["first", "second"]
    );
    assert_eq!(
        found("where = { topics = \"ports\", kind = \"briefing\" }"),
        ["A new crane", "third"]
    );
    assert_eq!(found("from = \"sources\""), ["High tide"]);
    assert_eq!(
        found("where = { \"extra.treaty\" = [\"Harbor Convention\", \"Another\"] }"),
        ["A new crane"]
    );
}

#[test]
fn a_query_reaches_the_kinds_of_page_it_names_and_only_those_are_made_from_it() {
    let archive = harbor("[queries.found]\non = [\"briefing\"]\nfrom = \"sources\"\n");
    archive.write(SHOWN, "{% if queries?.found %}has it{% endif %}");
    let made = archive.make();
    assert_eq!(made.findings.len(), 0, "{}", archive.told());
    assert!(made.page("/2021/04/crane/").contains("has it"));
    assert!(!made.page("/").contains("has it"));
}

#[test]
fn a_page_kind_makes_a_page_for_every_value_and_an_index() {
    let archive = harbor(
        "[[page_kinds]]\nname = \"treaty\"\ntitle = \"Treaties\"\ngroup_by = \"extra.treaty\"\n\
         address = \"/treaties/{slug}/\"\n",
    );
    article(
        &archive,
        "second",
        "date = 2021-02-02\n[extra]\ntreaty = [\"harbor-convention\", \"Tides Pact\"]",
    );
    let made = archive.make();
    assert_eq!(made.findings.len(), 0, "{}", archive.told());
    // Two spellings, one treaty: the newest article's.
    let convention = made.page("/treaties/harbor-convention/");
    assert!(convention.contains("<h1>Harbor Convention</h1>"));
    assert!(convention.contains("A new crane") && convention.contains(">second</a>"));
    let pact = made.page("/treaties/tides-pact/");
    assert!(!pact.contains("A new crane") && pact.contains(">second</a>"));
    let index = made.page("/treaties/");
    assert!(index.contains("<h1>Treaties</h1>") && index.contains("Tides Pact"));
    // Every page leads to the index.
    assert!(
        archive
            .crane()
            .contains("<a href=\"../../../treaties/\">Treaties</a>")
    );
    let known = made.file("/permalinks.txt");
    assert!(known.contains("/treaties/tides-pact/"), "{known}");
    assert!(
        made.file("/sitemap-undated.xml")
            .contains("/treaties/tides-pact/")
    );
}

#[test]
fn a_page_kind_has_a_template_of_its_own() {
    let archive = harbor(
        "[[page_kinds]]\nname = \"treaty\"\ngroup_by = \"extra.treaty\"\n\
         address = \"/t/{slug}/\"\ntemplate = \"treaty.html\"\n\
         [queries.found]\non = [\"treaty\"]\nlimit = 1\n",
    );
    archive.write("data/treaties.toml", "[harbor-convention]\nparties = 12\n");
    archive.write(
        "themes/harbor/templates/treaty.html",
        "{{ page.kind }} {{ group.title }}: {{ data.treaties[group.slug].parties }}, \
         {{ queries.found[0].title }}",
    );
    let made = archive.make();
    assert_eq!(made.findings.len(), 0, "{}", archive.told());
    let wanted = "treaty Harbor Convention: 12, A new crane";
    assert_eq!(made.page("/t/harbor-convention/"), wanted);
}

#[test]
fn a_value_with_very_many_articles_is_paged_by_year() {
    let archive = harbor(
        "[[page_kinds]]\nname = \"place\"\ngroup_by = \"dateline\"\naddress = \"/from/{slug}/\"\n",
    );
    for number in 0..210 {
        let year = 2019 + number % 2;
        let front = format!("date = {year}-01-01\ndateline = \"PORT SAID\"");
        article(&archive, &format!("n{number}"), &front);
    }
    let made = archive.make();
    assert_eq!(made.findings.len(), 0, "{}", archive.told());
    let cards = |page: &str| made.page(page).matches("<article class=\"card\"").count();
    assert_eq!(cards("/from/port-said/"), 30);
    assert_eq!(cards("/from/port-said/2019/"), 105);
    assert_eq!(cards("/from/port-said/2020/"), 105);
}
