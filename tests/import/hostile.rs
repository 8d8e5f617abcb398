//! Input that is out to do harm, or only broken: a message, in little time, and the rest goes on.

use std::io::Write as _;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::archive::{Archive, page};

/// Far more than any of this needs, even unoptimised and on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn every_trap_is_named_and_the_good_page_beside_it_imported() {
    let archive = Archive::new();
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    let blank = vec![b'a'; 1 << 20];
    for _ in 0..300 {
        bomb.write_all(&blank).unwrap();
    }
    archive.put("in/bomb.gz", bomb.finish().unwrap());
    archive.put("in/empty.txt", "");
    archive.put("in/nul.txt", vec![0; 5000]);
    archive.put(
        "in/script.html",
        "<html><script>let x = 'text';</script></html>",
    );
    archive.put("in/picture.html", b"\x89PNG\r\n\x1a\n\0\0\0");
    archive.put(
        "in/deep.html",
        format!("<html>{}<p>x", "<div>".repeat(50_000)),
    );
    archive.put("in/good.html", page("The good page", 1));
    let started = Instant::now();
    let said = archive.run(&["import", "in"]);
    assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
    assert!(!said.success);
    assert!(
        archive
            .files()
            .contains(&"sources/2021/the-good-page.md".to_owned())
    );
    for name in [
        "bomb.gz",
        "empty.txt",
        "nul.txt",
        "script.html",
        "picture.html",
    ] {
        assert!(
            said.error.contains(name),
            "{name} is not named in\n{}",
            said.error
        );
    }
}

#[test]
fn fifty_megabytes_in_one_line_are_borne() {
    let archive = Archive::new();
    let mut line = String::from("The tide came in. ");
    while line.len() < 50 << 20 {
        line.push_str("It came and went, and nobody wrote down when it did so, or why. ");
    }
    let started = Instant::now();
    let said = archive.import("line.txt", line);
    assert!(
        !said.success && said.error.contains("line.txt is not text"),
        "{}",
        said.error
    );
    assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
}

#[test]
fn no_name_leads_out_of_the_archive() {
    let archive = Archive::new();
    archive.import("page.html", page("../../../../tmp/stolen", 2));
    let feed = "<rss><channel><item><title>..\\..\\windows</title><link>https://a.example/../../x</link>\
                <description>The tide came in and went out, and the pier stood.</description></item></channel></rss>";
    archive.import("feed.xml", feed);
    let slug = "<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><item><title>x</title>\
                <content:encoded>The tide came in.</content:encoded><wp:post_name>../../../y</wp:post_name>\
                <wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>";
    archive.import("wp.xml", slug);
    assert_eq!(
        archive.files(),
        [
            "briefings/undated/y.md",
            "sources/2021/tmp-stolen.md",
            "sources/undated/windows.md"
        ]
    );
}

#[test]
fn a_stray_nul_byte_does_not_spoil_a_page() {
    let archive = Archive::new();
    let said = archive.import("page.html", page("The p\0ier", 3));
    assert!(said.success, "{}", said.error);
    assert!(
        archive
            .read("sources/2021/the-pier.md")
            .contains("title = \"The pier\"")
    );
}
