//! Sites and notes of other programs.

use crate::archive::Archive;

#[test]
fn a_site_of_posts_and_notes_moves_in() {
    const GIF: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    let archive = Archive::new();
    archive.put(
        "old/_posts/2021-04-01-spring-tides.md",
        "---\nlayout: post\ntitle: \"Spring tides: a primer\"\ntags: [moon, tides]\n\
         redirect_from: /tides.html\n---\nSee [the other one]({% post_url 2021-05-02-low-water %}) and \
         ![the pier](/img/pier.gif).\n\n{% include map.html %}\n",
    );
    archive.put(
        "old/content/2021-05-02-low-water.md",
        "+++\ntitle = \"Low water\"\ndate = 2021-05-02\n[taxonomies]\ntags = [\"tides\"]\n[extra]\nstars = 3\n+++\n\
         Before it came [[Spring Tides|the spring]]. {{ youtube(id=\"abc\") }}\n",
    );
    archive.put(
        "old/notes/index.md",
        "{\n \"title\": \"Notes\",\n \"date\": \"2020-01-02T03:04:05Z\"\n}\n\nOf [[Nowhere]].\n",
    );
    archive.put("old/static/img/pier.gif", GIF);
    let said = archive.run(&["import", "old"]);
    assert!(said.out.contains("3 new"), "{}{}", said.out, said.error);

    let spring = archive.read("briefings/2021/spring-tides.md");
    for wanted in [
        "title = \"Spring tides: a primer\"",
        "date = 2021-04-01",
        "aliases = [\"/tides.html\"]",
        "layout = \"post\"",
        "[[low-water|the other one]]",
        "![the pier](spring-tides/pier-",
        "left out {% include map.html %}",
        "format = \"markdown\"",
    ] {
        assert!(spring.contains(wanted), "{wanted} is missing in\n{spring}");
    }
    let low = archive.read("briefings/2021/low-water.md");
    assert!(low.contains("[[spring-tides|the spring]]"), "{low}");
    assert!(
        low.contains("stars = 3") && low.contains("youtube.com/watch?v=abc"),
        "{low}"
    );
    let notes = archive.read("briefings/2020/notes.md");
    assert!(
        notes.contains("`[[Nowhere]]` leads to nothing here"),
        "{notes}"
    );
    let built = archive.builds();
    assert!(built.success, "{}", built.error);
}
