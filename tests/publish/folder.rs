//! Publishing into a folder, for other hosts.

use std::fs;
use std::time::SystemTime;

use crate::desk::{Desk, write};

#[test]
fn only_what_changed_is_written() {
    let desk = Desk::new();
    let site = desk.folder.path().join("site");
    let to = site.display().to_string();
    desk.publish(&["--to", &to]).well();
    let written =
        |path: &str| -> SystemTime { fs::metadata(site.join(path)).unwrap().modified().unwrap() };
    let (ferries, harbour) = ("2021/03/ferries/index.html", "2021/03/harbour/index.html");
    let before = (written(ferries), written(harbour));
    desk.briefing("ferries", "Ferries sail.");
    let dry = desk.publish(&["--to", &to, "--dry-run"]).well();
    assert!(dry.contains("would be written"), "{dry}");
    assert_eq!((written(ferries), written(harbour)), before);
    desk.publish(&["--to", &to]).well();
    assert_ne!(written(ferries), before.0);
    assert_eq!(written(harbour), before.1);
    let said = desk.publish(&["--to", &to]).well();
    assert!(said.contains(": 0 written, 0 removed"), "{said}");
}

#[test]
fn what_is_wrong_stays_out() {
    let desk = Desk::new();
    let site = desk.folder.path().join("site");
    let to = site.display().to_string();
    desk.publish(&["--to", &to]).well();
    fs::remove_file(desk.archive().join("content/briefings/2021/ferries.md")).unwrap();
    let said = desk.publish(&["--to", &to]).wrong();
    assert!(said.contains("/2021/03/ferries/"), "{said}");
    assert!(site.join("2021/03/ferries/index.html").exists());
    desk.publish(&["--to", &to, "--allow-vanished"]).well();
    assert!(!site.join("2021/03/ferries").exists());
}

#[test]
fn a_file_of_somebody_else_is_left_alone() {
    let desk = Desk::new();
    let site = desk.folder.path().join("site");
    write(&site.join("robots.txt"), "mine");
    write(&site.join("shop/index.html"), "mine");
    let to = site.display().to_string();
    let said = desk.publish(&["--to", &to]).wrong();
    assert!(said.contains("was not written by briefbook"), "{said}");
    fs::remove_file(site.join("robots.txt")).unwrap();
    desk.publish(&["--to", &to]).well();
    assert_eq!(
        fs::read_to_string(site.join("shop/index.html")).unwrap(),
        "mine"
    );
}

#[test]
fn a_style_stays_for_one_release_longer() {
    let desk = Desk::new();
    let site = desk.folder.path().join("site");
    let to = site.display().to_string();
    let styles = || -> usize {
        let entries = fs::read_dir(&site).unwrap();
        entries
            .filter(|entry| {
                let name = entry.as_ref().unwrap().file_name();
                name.to_string_lossy().starts_with("own.")
            })
            .count()
    };
    for (colour, wanted) in [("red", 1), ("blue", 2), ("blue", 2), ("green", 2)] {
        desk.write(
            "themes/default/static/own.css",
            &format!("p{{color:{colour}}}"),
        );
        desk.publish(&["--to", &to]).well();
        assert_eq!(styles(), wanted, "{colour}");
    }
    desk.briefing("ferries", "Ferries sail.");
    desk.publish(&["--to", &to]).well();
    assert_eq!(styles(), 1);
}
