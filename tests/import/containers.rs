//! One file, many articles.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::archive::{Archive, html, page, story};

fn record(url: &str, status: u16, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status} OK\r\n{headers}\r\n");
    let length = head.len() + body.len();
    let mut record = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n\
         WARC-Date: 2021-05-06T07:08:09Z\r\nContent-Type: application/http;msgtype=response\r\n\
         Content-Length: {length}\r\n\r\n{head}"
    )
    .into_bytes();
    record.extend_from_slice(body);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
fn a_web_archive_of_two_hundred_pages_becomes_two_hundred_articles() {
    let archive = Archive::new();
    let mut crawl = Vec::new();
    for number in 0..200 {
        let url = format!("https://harbour.example/news/{number}");
        let body = page(&format!("Story number {number}"), number).into_bytes();
        // As servers send pages: plain, packed, in chunks.
        let (headers, body) = match number % 3 {
            0 => ("Content-Type: text/html; charset=utf-8\r\n", body),
            1 => (
                "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
                gzip(&body),
            ),
            _ => {
                let (one, two) = body.split_at(100);
                let mut chunked = format!("{:x}\r\n", one.len()).into_bytes();
                chunked.extend_from_slice(one);
                write!(chunked, "\r\n{:x}\r\n", two.len()).unwrap();
                chunked.extend_from_slice(two);
                chunked.extend_from_slice(b"\r\n0\r\n\r\n");
                (
                    "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n",
                    chunked,
                )
            }
        };
        // A member of its own for every record, as crawlers write them.
        crawl.extend(gzip(&record(&url, 200, headers, &body)));
        crawl.extend(gzip(&record(
            &format!("{url}.png"),
            200,
            "Content-Type: image/png\r\n",
            b"x",
        )));
        crawl.extend(gzip(&record(
            &format!("{url}/gone"),
            404,
            "Content-Type: text/html\r\n",
            b"<p>no",
        )));
    }
    let said = archive.import("crawl.warc.gz", crawl);
    assert!(said.success, "{}", said.error);
    assert!(
        said.out.contains("Imported 200 articles: 200 new"),
        "{}",
        said.out
    );
    let article = archive.read("sources/2021/story-number-7.md");
    for wanted in [
        "title = \"Story number 7\"",
        "date = 2021-04-01T09:30:00+09:00",
        "publisher = \"Harbour Times\"",
        "url = \"https://harbour.example/news/7\"",
        "retrieved = 2021-05-06T07:08:09Z",
        "format = \"warc\"",
        &story(7)[3],
    ] {
        assert!(
            article.contains(wanted),
            "{wanted} is missing in\n{article}"
        );
    }
}

#[test]
fn a_wordpress_export_of_five_hundred_posts_keeps_what_the_blog_knew() {
    let archive = Archive::new();
    let mut export = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Pier Notes</title>\
         <language>en-US</language><wp:author><wp:author_login>jd</wp:author_login>\
         <wp:author_display_name><![CDATA[Jane Doe]]></wp:author_display_name></wp:author>",
    );
    for number in 0..500 {
        let status = if number == 250 { "draft" } else { "publish" };
        write!(
            export,
            "<item><title>Note {number} &amp; more</title>\
             <link>https://pier.example/2019/05/note-{number}/</link><dc:creator>jd</dc:creator>\
             <content:encoded><![CDATA[{}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>\
             <wp:post_name>note-{number}</wp:post_name><wp:post_date>2019-05-04 09:00:00</wp:post_date>\
             <wp:post_date_gmt>2019-05-04 00:00:00</wp:post_date_gmt><wp:status>{status}</wp:status>\
             <wp:post_type>post</wp:post_type><category domain=\"category\" nicename=\"tides\">\
             <![CDATA[Tides]]></category><category domain=\"post_tag\" nicename=\"m\">Moon</category></item>",
            story(number).join("\n\n")
        )
        .unwrap();
    }
    export.push_str(
        "<item><title>About</title><link>https://pier.example/about/</link><content:encoded>We watch \
         the sea, and write down what it does.</content:encoded><wp:post_name>about</wp:post_name>\
         <wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item>\
         <item><title>map.png</title><wp:post_type>attachment</wp:post_type></item></channel></rss>",
    );
    let said = archive.import("export.xml", export);
    assert!(said.success, "{}", said.error);
    assert!(
        said.out.contains("Imported 501 articles: 501 new"),
        "{}",
        said.out
    );
    assert!(said.error.contains("1 × attachment"), "{}", said.error);
    let post = archive.read("briefings/2019/note-7.md");
    for wanted in [
        "title = \"Note 7 & more\"",
        "date = 2019-05-04T09:00:00+09:00",
        "authors = [\"Jane Doe\"]",
        "publisher = \"Pier Notes\"",
        "keywords = [",
        "\"Tides\"",
        "aliases = [\"/2019/05/note-7/\"]",
        "url = \"https://pier.example/2019/05/note-7/\"",
        "format = \"wordpress\"",
    ] {
        assert!(post.contains(wanted), "{wanted} is missing in\n{post}");
    }
    let body = story(7).join("\n\n");
    assert!(post.ends_with(&format!("\n{body}\n")), "{post}");
    assert!(
        archive
            .read("briefings/2019/note-250.md")
            .contains("draft = true")
    );
    assert!(archive.read("pages/about.md").contains("We watch"));
    let built = archive.builds();
    assert!(built.success, "{}", built.error);
}

#[test]
fn a_feed_becomes_an_article_an_entry() {
    let archive = Archive::new();
    let mut feed = String::from(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Harbour Times - Ports</title>",
    );
    for number in 0..3 {
        let text = html(number);
        write!(
            feed,
            "<item><title>Entry {number}</title><link>https://harbour.example/{number}</link>\
             <pubDate>Thu, 01 Apr 2021 18:30:00 +0900</pubDate><content:encoded><![CDATA[{text}]]>\
             </content:encoded></item>"
        )
        .unwrap();
    }
    feed.push_str("</channel></rss>");
    let said = archive.import("feed", &feed);
    assert!(said.out.contains("3 new"), "{}{}", said.out, said.error);
    let entry = archive.read("sources/2021/entry-2.md");
    assert!(entry.contains("publisher = \"Harbour Times\"") && entry.contains("format = \"feed\""));

    // The feed again, a day later: two entries are known, one is new.
    let next = feed
        .replace("Entry 0", "Entry 9")
        .replace("harbour.example/0", "harbour.example/9")
        .replace(&story(0)[0], &story(9)[0])
        .replace(&story(0)[1], &story(9)[1])
        .replace(&story(0)[2], &story(9)[2])
        .replace(&story(0)[3], &story(9)[3]);
    let said = archive.import("feed", next);
    assert!(
        said.out.contains("1 new, 0 refreshed, 2 unchanged"),
        "{}",
        said.out
    );
}

#[test]
fn newsletters_in_a_mailbox_become_articles() {
    let archive = Archive::new();
    let mut mailbox = String::new();
    for number in 0..3 {
        let text = html(number);
        write!(
            mailbox,
            "From letter@pier.example Thu Apr  1 18:30:00 2021\r\n\
             From: \"The Pier Letter\" <letter@pier.example>\r\nTo: you@example.org\r\n\
             Subject: Letter {number}: the season\r\nDate: Thu, 01 Apr 2021 18:30:00 +0900\r\n\
             MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
             <html><body>{text}</body></html>\r\n\r\n"
        )
        .unwrap();
    }
    let said = archive.import("letters.mbox", mailbox);
    assert!(said.out.contains("3 new"), "{}{}", said.out, said.error);
    let letter = archive.read("sources/2021/letter-1-the-season.md");
    for wanted in [
        "title = \"Letter 1: the season\"",
        "publisher = \"The Pier Letter\"",
        "date = 2021-04-01T18:30:00+09:00",
        "format = \"mail\"",
        &story(1)[2],
    ] {
        assert!(letter.contains(wanted), "{wanted} is missing in\n{letter}");
    }
}

#[test]
fn the_pictures_of_a_saved_page_come_along() {
    const GIF: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    let archive = Archive::new();
    let html = page("The map", 4).replace(
        "<article>",
        "<article><figure><img src=\"./map_files/pier.gif\" alt=\"The pier\"></figure>",
    );
    archive.put("saved/map.html", html);
    archive.put("saved/map_files/pier.gif", GIF);
    archive.put("saved/map_files/frame.html", page("An advertisement", 5));
    let said = archive.run(&["import", "saved"]);
    assert!(
        said.out.contains("Imported 1 article: 1 new"),
        "{}{}",
        said.out,
        said.error
    );
    let article = archive.read("sources/2021/the-map.md");
    let picture = archive
        .files()
        .into_iter()
        .find(|name| name.ends_with(".gif"))
        .expect("the picture is beside its article");
    let link = picture.strip_prefix("sources/2021/").unwrap();
    assert!(link.starts_with("the-map/pier-"), "{link}");
    assert!(
        article.contains(&format!("![The pier]({link})")),
        "{article}"
    );
    let built = archive.builds();
    assert!(built.success, "{}", built.error);
}

#[test]
fn programs_are_told_in_lines_of_json() {
    let archive = Archive::new();
    let lines = format!(
        "{{\"url\": \"https://a.example/1\", \"title\": \"One\", \"text\": {:?}}}\n{{broken\n",
        story(1).join("\n")
    );
    archive.put("pages.jsonl", lines);
    let said = archive.run(&[
        "import",
        "--json",
        "pages.jsonl",
        "--set",
        "publisher=Harbour Times",
    ]);
    assert!(!said.success, "a line was broken");
    let objects: Vec<serde_json::Value> = said
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let [article, error, summary] = &objects[..] else {
        panic!("{}", said.out);
    };
    assert_eq!(article["event"], "article");
    assert_eq!(article["state"], "new");
    assert_eq!(article["path"], "sources/undated/one.md");
    assert_eq!(error["event"], "error");
    assert!(error["message"].as_str().unwrap().contains("line 2"));
    assert_eq!(summary["new"], 1);
    assert_eq!(summary["failed"], 1);
    assert!(
        archive
            .read("sources/undated/one.md")
            .contains("publisher = \"Harbour Times\"")
    );
}
