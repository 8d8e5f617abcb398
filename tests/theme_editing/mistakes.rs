//! Every mistake that a theme editor makes has a message with its place and with what to try.

use super::given::Archive;

/// What is done, the files (`theme` is more of the theme.toml, `params` a line of `[params]`), and
/// what is said: message, place and help, in this order.
type Mistake = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

const BRIEFING: &str = "themes/harbor/templates/briefing.html";

const MISTAKES: [Mistake; 28] = [
    (
        "a block that isn't closed",
        &[(BRIEFING, "<p>\n{% if page.title %}never closed\n")],
        &[
            "before everything in it is closed",
            "briefing.html:",
            "help: look for",
        ],
    ),
    (
        "a field that isn't there",
        &[(BRIEFING, "{{ article.card.titel }}")],
        &[
            "no field `titel`",
            "briefing.html:1:",
            "did you mean `title`?",
        ],
    ),
    (
        "a filter for another type",
        &[(BRIEFING, "{{ article.card | number }}")],
        &["briefing.html:1:"],
    ),
    (
        "an include that isn't there",
        &[(BRIEFING, "{% include \"parts/foter.html\" %}")],
        &[
            "`parts/foter.html`",
            "briefing.html:1:",
            "did you mean `parts/footer.html`?",
        ],
    ),
    (
        "a parent that isn't there",
        &[(BRIEFING, "{% extends \"articel.html\" %}")],
        &[
            "`articel.html`",
            "briefing.html:1:12",
            "did you mean `article.html`?",
        ],
    ),
    (
        "templates that extend each other",
        &[(BRIEFING, "{% extends \"briefing.html\" %}")],
        &["extends itself", "briefing.html:1:12", "default/"],
    ),
    (
        "a string that isn't there",
        &[(BRIEFING, "{{ t.foooter }}")],
        &["no field `foooter`", "briefing.html:1:", "help:"],
    ),
    (
        "a parameter of the wrong type",
        &[
            ("theme", "[params.compact]\ndefault = false\n"),
            ("params", "compact = \"yes\""),
        ],
        &[
            "`compact` is of type string, not boolean",
            "site.toml:6:",
            "compact = false",
        ],
    ),
    (
        "a parameter that can't be that",
        &[
            (
                "theme",
                "[params.tone]\ndefault = \"warm\"\nvalues = [\"warm\", \"cold\"]\n",
            ),
            ("params", "tone = \"hot\""),
        ],
        &[
            "`tone` can't be \"hot\"",
            "site.toml:6:",
            "\"warm\", \"cold\"",
        ],
    ),
    (
        "a parameter that the theme doesn't know",
        &[("params", "lgoo = \"anchor.svg\"")],
        &[
            "no parameter `lgoo`",
            "site.toml:6:",
            "did you mean `logo`?",
        ],
    ),
    (
        "a theme for another program",
        &[("theme", "api = 99\n")],
        &["template API 99", "theme.toml:1:", "a newer briefbook"],
    ),
    (
        "a theme that extends nothing that is there",
        &[(
            "themes/harbor/theme.toml",
            "name = \"Harbor\"\nextends = \"defalt\"\n",
        )],
        &[
            "no theme `defalt`",
            "theme.toml:2:",
            "did you mean `default`?",
        ],
    ),
    (
        "themes that extend each other",
        &[
            (
                "themes/harbor/theme.toml",
                "name = \"Harbor\"\nextends = \"pier\"\n",
            ),
            (
                "themes/pier/theme.toml",
                "name = \"Pier\"\nextends = \"harbor\"\n",
            ),
        ],
        &[
            "harbor → pier → harbor",
            "themes/pier/theme.toml:2:",
            "help:",
        ],
    ),
    (
        "a setting of theme.toml that isn't there",
        &[("theme", "licence = \"MIT\"\n")],
        &[
            "no field `licence`",
            "theme.toml:3:",
            "did you mean `license`?",
        ],
    ),
    (
        "a file of data that can't be read",
        &[("data/piers.csv", "name,depth\nfour\n")],
        &["1 values", "data/piers.csv:2:", "in quotes"],
    ),
    (
        "data that isn't there",
        &[
            ("data/piers.csv", "name,depth\nfour,12\n"),
            (BRIEFING, "{{ data.peirs }}"),
        ],
        &["no field `peirs`", "briefing.html:1:", "`piers`"],
    ),
    (
        "a logo that isn't there",
        &[("params", "logo = \"ancor.svg\"")],
        &[
            "`assets[site.params.logo]`",
            "components/page.html:",
            "below static/",
        ],
    ),
    (
        "a query by a field that articles don't have",
        &[("theme", "[queries.a]\nwhere = { serie = \"x\" }\n")],
        &[
            "no field `serie`",
            "theme.toml:4:",
            "did you mean `series`?",
        ],
    ),
    (
        "a query in an order that isn't there",
        &[("theme", "[queries.a]\nsort = \"-dat\"\n")],
        &["no field `dat`", "theme.toml:4:", "did you mean `date`?"],
    ),
    (
        "a query for nothing",
        &[("theme", "[queries.a]\nlimit = 0\n")],
        &["finds nothing", "theme.toml:4:", "without `limit`"],
    ),
    (
        "a query on a kind of page that isn't there",
        &[("theme", "[queries.a]\non = [\"briefings\"]\n")],
        &[
            "no kind of page `briefings`",
            "theme.toml:4:",
            "did you mean `briefing`?",
        ],
    ),
    (
        "a query for a term that isn't there",
        &[("theme", "[queries.a]\nwhere = { topics = \"port\" }\n")],
        &["know no `port`", "theme.toml:4:", "did you mean `ports`?"],
    ),
    (
        "a query where it isn't asked for",
        &[
            ("theme", "[queries.latest]\non = [\"home\"]\n"),
            (BRIEFING, "{{ queries.latest }}"),
        ],
        &["`queries.latest`", "briefing.html:1:", "`on` of the query"],
    ),
    (
        "a page kind by a field that no article has",
        &[(
            "theme",
            "[[page_kinds]]\nname = \"t\"\ngroup_by = \"extra.traety\"\naddress = \"/t/{slug}/\"\n",
        )],
        &["`traety`", "theme.toml:5:", "did you mean `extra.treaty`?"],
    ),
    (
        "a page kind without a place for the value",
        &[(
            "theme",
            "[[page_kinds]]\nname = \"t\"\ngroup_by = \"extra.treaty\"\naddress = \"/treaties/\"\n",
        )],
        &["no good addresses", "theme.toml:6:", "/treaties/{slug}/"],
    ),
    (
        "a page kind whose template is missing",
        &[(
            "theme",
            "[[page_kinds]]\nname = \"t\"\ngroup_by = \"extra.treaty\"\naddress = \"/t/{slug}/\"\n\
             template = \"gruop.html\"\n",
        )],
        &[
            "no template `gruop.html`",
            "theme.toml:7:",
            "did you mean `group.html`?",
        ],
    ),
    (
        "a page kind where something stands already",
        &[(
            "theme",
            "[[page_kinds]]\nname = \"t\"\ngroup_by = \"topics\"\naddress = \"/topics/{slug}/\"\n",
        )],
        &[
            "two things want the address /topics/",
            "theme.toml:6:",
            "help:",
        ],
    ),
    (
        "a page kind by what every article has for itself",
        &[(
            "theme",
            "[[page_kinds]]\nname = \"t\"\ngroup_by = \"title\"\naddress = \"/t/{slug}/\"\n",
        )],
        &["can't be grouped by `title`", "theme.toml:5:", "help:"],
    ),
];

#[test]
fn every_mistake_of_a_theme_editor_has_its_message() {
    let parent = "name = \"Harbor\"\nextends = \"default\"\n";
    for (what, files, wanted) in MISTAKES {
        let of = |name| {
            files
                .iter()
                .find(|(file, _)| *file == name)
                .map_or("", |(_, text)| *text)
        };
        let params = match of("params") {
            "" => String::new(),
            line => format!("[params]\n{line}\n"),
        };
        let archive = Archive::with_theme("harbor", &params);
        let own = of("theme");
        let manifest = if own.starts_with("api") {
            format!("{own}{parent}")
        } else {
            format!("{parent}{own}")
        };
        archive.write("themes/harbor/theme.toml", &manifest);
        for (file, text) in files.iter().filter(|(file, _)| file.contains('/')) {
            archive.write(file, text);
        }
        let told = archive.told();
        let mut rest = told.as_str();
        for part in wanted {
            let at = rest.find(part);
            let at = at.unwrap_or_else(|| panic!("{what}: no `{part}` in\n{told}"));
            rest = &rest[at + part.len()..];
        }
    }
}
