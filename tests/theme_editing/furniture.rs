//! What stands around every page by `site.toml`.

use super::given::Archive;

/// An archive of the default theme with more lines in its `site.toml`.
fn with(settings: &str) -> Archive {
    let archive = Archive::with_theme("default", "");
    archive.write(
        "site.toml",
        &format!("title = \"Harbor Notes\"\nbase_url = \"https://example.org/\"\n{settings}"),
    );
    archive
}

#[test]
fn readers_find_where_to_subscribe_and_to_write_to() {
    let page = with("subscribe = \"/topics/\"\ncontact = \"desk@harbor.example\"\n").crane();
    assert!(page.contains("<a href=\"../../../topics/\">Subscribe</a>"));
    assert!(page.contains("<a href=\"mailto:desk@harbor.example\">Contact</a>"));
}

#[test]
fn an_address_that_leads_nowhere_is_told() {
    let told = with("subscribe = \"/newsletter/\"\n").told();
    assert!(
        told.contains("no page of the site: /newsletter/ [site.toml:3:13]"),
        "{told}"
    );
}

#[test]
fn a_script_that_counts_visits_widens_the_policy_by_its_own_origin() {
    let policy = |page: &str| -> String {
        let (_, rest) = page
            .split_once("Content-Security-Policy\" content=\"")
            .expect("a policy");
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    let strict = with("").crane();
    assert!(!policy(&strict).contains("https:"));
    for theme in ["default", "plain"] {
        let page = with(&format!(
            "theme = \"{theme}\"\n[analytics]\nscript = \"https://stats.example/s.js?v=1\"\n\
             attributes = {{ data-domain = \"harbor.example\" }}\n"
        ))
        .crane();
        let element = "src=\"https://stats.example/s.js?v=1\" data-domain=\"harbor.example\"";
        assert!(page.contains(element), "{theme}: {page}");
        let policy = policy(&page);
        assert!(
            policy.contains("script-src 'self' https://stats.example;"),
            "{theme}: {policy}"
        );
        assert!(
            policy.contains("connect-src 'self' https://stats.example;"),
            "{theme}: {policy}"
        );
    }
}

#[test]
fn everything_that_was_wrong_stands_on_one_page_newest_first() {
    let archive = with("");
    archive.write(
        "content/briefings/2021/gate.md",
        "+++\ntitle = \"The gate\"\ndate = 2021-01-01\n[[corrections]]\ndate = 2021-05-02\n\
         note = \"It was the north gate.\"\n+++\n\nText.\n",
    );
    archive.write(
        "content/briefings/2021/buoy.md",
        "+++\ntitle = \"The buoy\"\ndate = 2021-03-01\n[withdrawn]\ndate = 2021-04-01\n\
         note = \"There was none.\"\n+++\n\nText.\n",
    );
    let page = archive.make().page("/corrections/");
    let gate = page.find("It was the north gate.").expect("the correction");
    let buoy = page.find("There was none.").expect("the withdrawal");
    assert!(gate < buoy);
    assert!(page.contains("<h1>Corrections</h1>"));
    assert!(
        archive
            .crane()
            .contains("<a href=\"../../../corrections/\">Corrections</a>")
    );

    // A page of the editor's own comes first on it.
    archive.write(
        "content/pages/corrections.md",
        "+++\ntitle = \"How we correct\"\n+++\n\nWrite to the desk.\n",
    );
    let page = archive.make().page("/corrections/");
    assert!(page.contains("<h1>How we correct</h1>") && page.contains("Write to the desk."));
    assert!(page.contains("It was the north gate."));
}

#[test]
fn an_archive_without_corrections_has_no_page_of_them() {
    assert!(!with("").crane().contains("corrections/"));
}
