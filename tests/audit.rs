//! Every trap, with what is said about it.

use std::collections::BTreeSet;

use briefbook::content::publishing::Host;
use briefbook::deliver::audit::folder::survey_folder;
use briefbook::deliver::audit::judge::{Rules, judge};
use briefbook::deliver::audit::look::{look, look_at_size};
use briefbook::deliver::audit::reference::Places;
use briefbook::deliver::audit::size::Growth;
use briefbook::deliver::audit::survey::Survey;
use briefbook::diagnostic::Findings;

const HOME: (&str, &str) = ("index.html", "<h1 id=top-story>Home</h1>");

fn survey(base_url: &str, files: &[(&str, &str)]) -> (Places, Survey) {
    let places = Places::one(base_url);
    let mut survey = Survey::default();
    for (path, text) in [HOME, (".nojekyll", "")].iter().chain(files) {
        survey.add(look(&places, path, text.as_bytes()));
    }
    (places, survey)
}

fn rules(places: &Places) -> Rules<'_> {
    Rules {
        places,
        host: Host::GitHubPages,
        published_before: None,
        growth: None,
    }
}

/// A site that nothing is quoted from.
fn unread(_: &str) -> Option<Vec<u8>> {
    None
}

/// Every finding in one line: what is wrong, what its label says, what to try.
fn said(findings: &Findings) -> Vec<String> {
    let say = |report: &miette::Report| {
        let label = report.labels().and_then(|mut labels| labels.next());
        let label = label.and_then(|label| label.label().map(str::to_owned));
        let help = report.help().map(|help| help.to_string());
        [Some(report.to_string()), label, help]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" | ")
    };
    findings.iter().map(say).collect()
}

fn audit_at(base_url: &str, files: &[(&str, &str)]) -> Vec<String> {
    said(&found(base_url, files))
}

fn found(base_url: &str, files: &[(&str, &str)]) -> Findings {
    let (places, survey) = survey(base_url, files);
    let read = |path: &str| {
        let file = files.iter().find(|(name, _)| *name == path);
        file.map(|(_, text)| text.as_bytes().to_vec())
    };
    let mut findings = Findings::default();
    judge(&survey, &rules(&places), &read, &mut findings);
    findings
}

fn audit(files: &[(&str, &str)]) -> Vec<String> {
    audit_at("https://example.org/", files)
}

/// Asserts that a site with this one fault is found out, and that this is what is said.
#[track_caller]
fn trap(files: &[(&str, &str)], wanted: &str) {
    assert_eq!(audit(files), [wanted]);
}

#[test]
fn a_sound_site_is_left_alone() {
    let page = "<link rel=stylesheet href=../style.css><a href=../#top-story>x</a>\
                <a href=https://elsewhere.example/>y</a><a href=mailto:a@b.example>z</a>";
    let files = [
        ("a/index.html", page),
        ("style.css", "p{background:url(data:image/png;base64,AA)}"),
        (
            "404.html",
            "<a href=/>Home</a><a href=https://example.org/a/>A</a>",
        ),
        ("sitemap.xml", "<loc>https://example.org/a/</loc>"),
        (".well-known/security.txt", ""),
        ("CNAME", "example.org\n"),
    ];
    assert_eq!(audit(&files), [""; 0]);
}

#[test]
fn a_link_that_leads_nowhere() {
    trap(
        &[
            ("a/index.html", "<a href=../topic/>x</a>"),
            ("topics/index.html", ""),
        ],
        "this link leads to no page of the site | nothing is served at /topic/ | did you mean /topics/?",
    );
}

#[test]
fn a_link_that_is_on_every_page_is_told_once() {
    trap(
        &[
            ("a/index.html", "<a href=../gone/>x</a>"),
            ("b/index.html", "<a href=../gone/>x</a>"),
            ("c/index.html", "<a href=../gone/>x</a>"),
        ],
        "this link leads to no page of the site, here and on 2 more pages | nothing is served at /gone/",
    );
}

#[test]
fn a_link_with_a_capital_letter_too_many() {
    trap(
        &[
            ("a/index.html", "<a href=../Topics/>x</a>"),
            ("topics/index.html", ""),
        ],
        "this link leads to no page of the site | nothing is served at /Topics/ | there is \
         topics/index.html, and GitHub Pages tells capital letters from small ones",
    );
}

#[test]
fn a_link_to_a_folder_without_an_index() {
    trap(
        &[
            ("a/index.html", "<a href=../files/>x</a>"),
            ("files/a.pdf", ""),
        ],
        "this link leads to no page of the site | nothing is served at /files/ | the folder is \
         there, and no index.html in it",
    );
}

#[test]
fn a_link_with_a_slash_where_a_file_is() {
    trap(
        &[
            ("a/index.html", "<a href=../about/>x</a>"),
            ("about.html", ""),
        ],
        "this link leads to no page of the site | nothing is served at /about/ | there is \
         about.html, which is served without a `/` at the end only",
    );
}

#[test]
fn a_link_to_a_section_that_is_not_there() {
    trap(
        &[("a/index.html", "<a href=../#Top-Story>x</a>")],
        "this link leads to a place that is not on its page | nothing in index.html has the id \
         `Top-Story` | give the place an `id`, or take the `#` and what follows out of the link",
    );
}

#[test]
fn a_picture_a_style_or_a_script_that_is_missing() {
    for page in [
        "<img src=../map.png>",
        "<link rel=stylesheet href=../map.png>",
        "<script src=/map.png></script>",
        "<img srcset='../map.png 2x'>",
    ] {
        trap(
            &[("a/index.html", page)],
            "a file that this page needs is missing | nothing is served at /map.png",
        );
    }
    trap(
        &[("css/style.css", "p{background:url(../map.png)}")],
        "a file that this page needs is missing | nothing is served at /map.png",
    );
}

#[test]
fn a_sitemap_that_names_a_page_that_is_not_there() {
    trap(
        &[("sitemap.xml", "<loc>https://example.org/gone/</loc>")],
        "this link leads to no page of the site | nothing is served at /gone/",
    );
}

#[test]
fn an_address_that_forgets_the_base_path() {
    let page = (
        "a/index.html",
        "<a href=/topics/>x</a><a href=/archive/>y</a>",
    );
    assert_eq!(
        audit_at("https://example.org/archive/", &[page]),
        [
            "this address leads out of the site | /topics/ is not below /archive/ | the site stands \
          under /archive/: write the address relative to the page, or with that before it"
        ],
    );
}

#[test]
fn a_404_page_with_relative_links() {
    trap(
        &[("404.html", "<a href=index.html>x</a>")],
        "this link of the 404 page works at one depth only | relative to an address nobody knows \
         beforehand | 404.html is shown at whatever address was asked for, so its links begin with \
         `/` or with the site's address",
    );
}

#[test]
fn addresses_that_only_work_where_they_were_written() {
    trap(
        &[("a/index.html", "<a href=http://localhost:8080/a/>x</a>")],
        "this address is on the reader's own computer | works nowhere but where it was written | \
         write where it is on the web, or take it out",
    );
}

#[test]
fn a_link_that_runs_a_script() {
    trap(
        &[("a/index.html", "<a href=' JavaScript:alert(1)'>x</a>")],
        "this link runs a script | here | a link leads somewhere; whatever came from outside must \
         never run on the site",
    );
}

#[test]
fn an_id_given_twice() {
    trap(
        &[("a/index.html", "<p id=x><p id=X><p id=x>")],
        "the id `x` is given twice on one page | the second one | links to it lead to the first of \
         them; rename this one",
    );
}

#[test]
fn a_site_that_jekyll_would_run_over() {
    let places = Places::one("https://example.org/");
    let mut findings = Findings::default();
    judge(&Survey::default(), &rules(&places), &unread, &mut findings);
    assert_eq!(
        said(&findings),
        [
            "there is no .nojekyll | GitHub Pages would run the site through Jekyll, which leaves \
          files out: put an empty file `.nojekyll` at its root"
        ],
    );
}

#[test]
fn a_domain_that_is_not_the_sites() {
    for (base_url, cname, wanted) in [
        (
            "https://example.org/",
            "https://example.org/",
            "CNAME says \"https://example.org/\", which is no domain | it holds one name such as \
             `archive.example.org`: no https://, no path, no second line",
        ),
        (
            "https://example.org/",
            "other.example.org",
            "CNAME says other.example.org, and the base address says example.org | feeds, the \
             sitemap and canonical links would name an address that isn't the site's: make \
             `domain` under `[publish]` and `base_url` agree",
        ),
        (
            "https://example.org/archive/",
            "example.org",
            "a site with a domain of its own stands at its root, and the base address says \
             /archive/ | take the path out of `base_url`",
        ),
    ] {
        assert_eq!(audit_at(base_url, &[("CNAME", cname)]), [wanted]);
    }
}

#[test]
fn names_that_do_not_travel() {
    for (path, wanted) in [
        (
            ".DS_Store",
            "the name .DS_Store is hidden | hidden files are mostly left by programs and \
          not meant for readers: delete it; only .nojekyll and .well-known/ are published",
        ),
        (
            ".git/config",
            "the name .git/config is part of a git repository | it would publish \
          everything that was ever in that repository: delete it",
        ),
        (
            "aux/index.html",
            "the name aux/index.html belongs to a device on Windows | nobody could \
          check the site out there: rename it",
        ),
        (
            "u.s./index.html",
            "the name u.s./index.html has a part that ends with a dot or a space | \
          Windows takes that away, and links to it find nothing: rename it",
        ),
        (
            "a:b.html",
            "the name a:b.html has a character that file systems refuse: ':' | rename it",
        ),
        (
            "cafe\u{301}.html",
            "the name cafe\u{301}.html is written with accents in two pieces | \
          links to it are in Unicode's composed form (NFC) as a rule, and find nothing: rename it",
        ),
    ] {
        trap(&[(path, "")], wanted);
    }
}

#[test]
fn two_names_that_are_one_elsewhere() {
    trap(
        &[("Quad/index.html", ""), ("quad/index.html", "")],
        "Quad and quad are one name on Windows and macOS | one would replace the other there: \
         rename one of them",
    );
}

#[test]
fn files_and_sites_that_are_too_large() {
    let (places, mut survey) = survey("https://example.org/", &[]);
    survey.add(look_at_size("report.pdf", 101 * 1024 * 1024));
    survey.add(look_at_size("talk.mp4", 60 * 1024 * 1024));
    survey.add(look_at_size("scans.zip", 900_000_000));
    let mut findings = Findings::default();
    judge(&survey, &rules(&places), &unread, &mut findings);
    assert_eq!(
        said(&findings),
        [
            "report.pdf takes 105.9 MB, and GitHub refuses files over 100 MiB | host it elsewhere \
             and link to it, or make it smaller",
            "scans.zip takes 900.0 MB, and GitHub refuses files over 100 MiB | host it elsewhere \
             and link to it, or make it smaller",
            "talk.mp4 takes 62.9 MB: GitHub warns of files over 50 MiB and refuses those over 100 \
             MiB | make it smaller while it is easy",
            "the site takes 1.07 GB and GitHub Pages allows 1 GB | what takes the space: documents \
             1.01 GB, other files 62.9 MB, pages 26 bytes",
        ],
    );
    assert_eq!((findings.errors(), findings.warnings()), (3, 1));
}

#[test]
fn a_site_that_will_be_too_large_within_a_year() {
    let (places, mut survey) = survey("https://example.org/", &[]);
    for year in 0..8 {
        let path = format!("{year}.pdf");
        survey.add(look_at_size(&path, 100_000_000));
    }
    let rules = Rules {
        growth: Some(Growth {
            articles: 800,
            last_year: 400,
        }),
        ..rules(&places)
    };
    let mut findings = Findings::default();
    judge(&survey, &rules, &unread, &mut findings);
    let said = said(&findings);
    assert!(
        said.iter().any(|said| said.starts_with(
            "the site takes 800.0 MB of the 1 GB that GitHub Pages allows: enough for 5 months more"
        )),
        "{said:?}"
    );
    assert_eq!(findings.errors(), 0);
}

#[test]
fn another_host_has_other_limits() {
    let places = Places::one("https://example.org/");
    let mut survey = Survey::default();
    survey.add(look_at_size("scans.zip", 2_000_000_000));
    let rules = Rules {
        host: Host::Other,
        ..rules(&places)
    };
    let mut findings = Findings::default();
    judge(&survey, &rules, &unread, &mut findings);
    assert_eq!(said(&findings), [""; 0]);
}

#[test]
fn an_address_that_vanished() {
    let (places, survey) = survey("https://example.org/", &[("new/index.html", "")]);
    let before: BTreeSet<String> = ["", "2021/old/", "new/"].map(str::to_owned).into();
    let rules = Rules {
        published_before: Some(&before),
        ..rules(&places)
    };
    let mut findings = Findings::default();
    judge(&survey, &rules, &unread, &mut findings);
    assert_eq!(
        said(&findings),
        [
            "one address published before would be gone, and nothing leads on from there | add \
          `aliases = [\"/2021/old/\"]` to the article or term that took its place, or bring it back \
          as `withdrawn`. Gone: /2021/old/"
        ],
    );
}

#[test]
fn a_message_points_into_the_rendered_file() {
    let findings = found(
        "https://example.org/",
        &[("a/index.html", "<p>\n<p>\n <a href=../gone/ class=x>x</a>")],
    );
    let mut shown = String::new();
    let handler =
        miette::GraphicalReportHandler::new_themed(miette::GraphicalTheme::unicode_nocolor());
    for report in findings.iter() {
        handler.render_report(&mut shown, report.as_ref()).unwrap();
    }
    assert!(shown.contains("a/index.html:3:"), "{shown}");
    assert!(shown.contains("3 │ <a href=../gone/ class=x>"), "{shown}");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_and_a_name_that_is_no_text() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let places = Places::one("https://example.org/");
    std::fs::write(folder.path().join(".nojekyll"), "").unwrap();
    std::fs::write(folder.path().join("index.html"), "<a href=secret>x</a>").unwrap();
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("secret")).unwrap();
    let odd = std::ffi::OsStr::from_bytes(b"caf\xe9.html");
    let odd_is_possible = std::fs::write(folder.path().join(odd), "").is_ok();
    let mut findings = Findings::default();
    let survey = survey_folder(&places, folder.path(), &mut findings);
    judge(&survey, &rules(&places), &unread, &mut findings);
    let said = said(&findings);
    assert!(
        said.contains(
            &"secret is a symbolic link | GitHub Pages refuses sites with links in them: put a copy \
              of the file in its place".to_owned()
        ),
        "{said:?}"
    );
    let not_text = said.iter().any(|said| said.contains("is not UTF-8"));
    assert_eq!(not_text, odd_is_possible, "{said:?}");
}
