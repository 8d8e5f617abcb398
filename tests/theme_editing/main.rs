//! What somebody does who changes the looks of an archive, and what they are told when it goes
//! wrong. The worked examples of `themes/README.md` are here, done as they are written there.

mod asking;
mod furniture;
mod given;
mod mistakes;

use std::fs;
use std::path::Path;

use briefbook::diagnostic::plain_text;
use given::{Archive, render};

#[test]
fn colours_and_a_logo_take_one_sheet_and_one_parameter() {
    let archive = Archive::with_theme("harbor", "[params]\nlogo = \"anchor.svg\"\n");
    archive.write(
        "themes/harbor/theme.toml",
        "name = \"Harbor\"\nextends = \"default\"\n",
    );
    archive.write(
        "themes/harbor/static/custom.css",
        ":root { --accent: #064 }\n",
    );
    archive.write(
        "themes/harbor/static/anchor.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    );
    let page = archive.crane();
    let default = page.find("/style.").expect("the theme's own sheet");
    let custom = page.find("/custom.").expect("the sheet of one's own");
    assert!(default < custom, "what is said later counts");
    assert!(page.contains("anchor.svg\" alt=\"\" width=\"32\" height=\"32\""));
}

#[test]
fn a_footer_of_ones_own_keeps_the_original_and_a_page_kind_takes_four_lines() {
    let archive = Archive::with_theme("harbor", "");
    archive.write(
        "themes/harbor/theme.toml",
        "name = \"Harbor\"\nextends = \"default\"\n\n[[page_kinds]]\nname = \"treaty\"\n\
         title = \"Treaties\"\ngroup_by = \"extra.treaty\"\naddress = \"/treaties/{slug}/\"\n",
    );
    archive.write(
        "themes/harbor/templates/parts/footer.html",
        "<p>Harbor Institute, Pier 4</p>\n{% include \"default/parts/footer.html\" %}\n",
    );
    let page = archive.crane();
    assert!(page.contains("Harbor Institute, Pier 4"));
    assert!(page.contains("<footer class=\"foot\">"));
    assert!(page.contains("<a href=\"../../../treaties/\">Treaties</a>"));
    let treaty = archive.make().page("/treaties/harbor-convention/");
    assert!(treaty.contains("<h1>Harbor Convention</h1>") && treaty.contains("A new crane"));
}

#[test]
fn a_new_field_shows_in_a_block_of_one_template() {
    let archive = Archive::with_theme("harbor", "");
    archive.write(
        "themes/harbor/theme.toml",
        "name = \"Harbor\"\nextends = \"default\"\n",
    );
    archive.write(
        "themes/harbor/templates/briefing.html",
        "{% extends \"default/briefing.html\" %}\n{% block before %}\n\
         {%- if article.extra?.treaty %}<p class=\"treaty\">{{ article.extra.treaty }}</p>{% endif %}\n\
         {% endblock %}\n",
    );
    let page = archive.crane();
    assert!(page.contains("<p class=\"treaty\">Harbor Convention</p>"));
    assert!(page.contains("It came."));
}

#[test]
fn one_word_of_ones_own_leaves_the_others() {
    let archive = Archive::with_theme("harbor", "");
    archive.write("themes/harbor/i18n/en.toml", "feed = \"Follow us\"\n");
    let page = archive.crane();
    assert!(page.contains(">Follow us</a>"));
    assert!(page.contains("Skip to the text"));
}

#[test]
fn the_plain_theme_makes_every_page_of_the_sample_archive() {
    let folder = tempfile::tempdir().expect("a folder for the archive");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let content = walkdir::WalkDir::new(root.join("content"));
    for entry in content
        .into_iter()
        .flatten()
        .filter(|e| e.file_type().is_file())
    {
        let to = folder
            .path()
            .join(entry.path().strip_prefix(root).expect("within"));
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::copy(entry.path(), to).expect("a copy");
    }
    let settings = fs::read_to_string(root.join("site.toml")).expect("the sample's settings");
    let plain = settings.replace("theme = \"default\"", "theme = \"plain\"");
    fs::write(folder.path().join("site.toml"), plain).expect("a file");
    let made = render(folder.path());
    assert_eq!(plain_text(&made.findings), "");
    assert!(made.pages.len() > 100);
    let pages = made
        .pages
        .iter()
        .filter(|(address, _)| !address.ends_with(".md") && !address.ends_with(".xml"));
    for (address, html) in pages {
        assert_eq!(html.matches("<h1").count(), 1, "{address}");
        assert!(!html.contains("<script"), "{address}");
        assert!(html.contains("plain."), "{address}");
    }
}
