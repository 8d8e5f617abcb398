//! What Markdown comes out of HTML, and that it reads back as the same text.

use briefbook::import::html::address::Base;
use briefbook::import::html::footnotes::Footnotes;
use briefbook::import::html::markdown::write::{Selection, markdown};
use briefbook::import::html::tree::Tree;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

fn written(html: &str) -> String {
    let tree = Tree::parse(html);
    let base = Base::of(&tree, Some("https://port.example/news/"));
    let footnotes = Footnotes::of(&tree, &base);
    let selection = Selection {
        tree: &tree,
        base: &base,
        footnotes: &footnotes,
        keeps: &|_| true,
        levels: [2, 2, 3, 4, 5, 6],
    };
    markdown(&selection, tree.root())
}

/// The text of rendered Markdown without white space.
fn read_back(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    let mut text = String::new();
    let mut picture = 0;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::Image { .. }) => picture += 1,
            Event::End(TagEnd::Image) => picture -= 1,
            Event::Text(part) | Event::Code(part) if picture == 0 => text.push_str(&part),
            Event::InlineHtml(tag) if tag.starts_with("<su") || tag.starts_with("</su") => {}
            Event::Html(tag) | Event::InlineHtml(tag) => text.push_str(&tag),
            Event::TaskListMarker(_) => text.push_str("[task]"),
            Event::FootnoteReference(name) => text.push_str(&name),
            _ => {}
        }
    }
    text.retain(|c| !c.is_whitespace());
    text
}

fn seen(html: &str) -> String {
    let tree = Tree::parse(html);
    let mut text = tree.text(tree.root());
    text.retain(|c| !c.is_whitespace());
    text
}

/// Each with a name, HTML, and the Markdown it becomes.
const CASES: &[(&str, &str, &str)] = &[
    (
        "paragraphs",
        "<p>One.</p>\n<p>Two\n  lines.",
        "One.\n\nTwo lines.\n",
    ),
    (
        "heading",
        "<h2>Ice <b>age</b> #</h2><p>x",
        "## Ice **age** \\#\n\nx\n",
    ),
    (
        "break",
        "<p>One<br>two<br><br>three",
        "One\\\ntwo\n\nthree\n",
    ),
    (
        "space leaves a mark",
        "<p>an<b> icy </b>harbour",
        "an **icy** harbour\n",
    ),
    (
        "punctuation leaves a mark",
        "<p>so<b>“icy”</b>it was",
        "so“**icy**”it was\n",
    ),
    (
        "marks that touch are one",
        "<p><b>ice</b><b>breaker</b>",
        "**icebreaker**\n",
    ),
    (
        "marks over blocks",
        "<b><p>one</p><p>two</p></b>",
        "**one**\n\n**two**\n",
    ),
    (
        "nested marks",
        "<p><b>bold <i>both</i></b>",
        "**bold *both***\n",
    ),
    (
        "link",
        "<p>see<a href='/ice'> the ice</a>.",
        "see [the ice](https://port.example/ice).\n",
    ),
    (
        "link around a heading",
        "<a href=/x><h2>Ice</h2></a>",
        "## [Ice](https://port.example/x)\n",
    ),
    (
        "script link",
        "<p><a href='javascript:x()'>press</a>",
        "press\n",
    ),
    ("code", "<p>call <code>a `b`</code>", "call `` a `b` ``\n"),
    (
        "code block",
        "<pre><code class=language-rust>fn a() {\n    ```\n}</code></pre>",
        "````rust\nfn a() {\n    ```\n}\n````\n",
    ),
    (
        "list",
        "<ul><li>one<li>two<ul><li>three</ul></ul>",
        "- one\n- two\n  - three\n",
    ),
    (
        "numbers",
        "<ol start=9><li>nine<li>ten<p>more</ol>",
        "9. nine\n10. ten\n\n    more\n",
    ),
    (
        "loose list",
        "<ul><li><p>one</p><p>more</p><li><p>two</p></ul><p>end",
        "- one\n\n  more\n\n- two\n\nend\n",
    ),
    (
        "lists in a row",
        "<ul><li>a</ul><ul><li>b</ul>",
        "- a\n\n* b\n",
    ),
    (
        "text between items",
        "<ol><li>one</li>more<li>two</li></ol>",
        "1. one\n\nmore\n\n2. two\n",
    ),
    (
        "a list in a list that begins with another number",
        "<ul><li>one<ol start=3><li>two</ol></ul>",
        "- one\n\n  3. two\n",
    ),
    (
        "quote",
        "<blockquote><p>one<p>two</blockquote>",
        "> one\n>\n> two\n",
    ),
    (
        "terms",
        "<dl><dt>Ice<dd>Frozen water</dl>",
        "Ice\n: Frozen water\n",
    ),
    (
        "table",
        "<table><caption>Days</caption><tr><th>Year<th>Days<tr><td>1924<td>3|4</table>",
        "Days\n\n| Year | Days |\n| --- | --- |\n| 1924 | 3\\|4 |\n",
    ),
    (
        "table that arranges",
        "<table><tr><td><p>one</p><table><tr><td>a<td>b<tr><td>c<td>d</table></table>",
        "one\n\n| a | b |\n| --- | --- |\n| c | d |\n",
    ),
    (
        "figure",
        "<figure><img src=/ship.jpg alt='A ship'><figcaption>The ship</figcaption></figure>",
        "![A ship](https://port.example/ship.jpg)\n\n*The ship*\n",
    ),
    (
        "figure with a credit",
        "<figure><picture><source srcset='/l.jpg 2x'><img alt=Ship></picture><figcaption>The ship <span>Photo: A. Holm</span></figcaption></figure>",
        "![Ship](https://port.example/l.jpg)\n\n*The ship Photo: A. Holm*\n",
    ),
    (
        "player",
        "<p>Watch<iframe src='https://www.youtube.com/embed/x1' title='Ice \"now\"'></iframe>it.",
        "Watch\n\n[▶](https://www.youtube.com/watch?v=x1 \"YouTube: Ice \\\"now\\\"\")\n\nit.\n",
    ),
    (
        "embedded post",
        "<blockquote class=twitter-tweet><p>It froze.</p>— Port (@port) <a href='https://x.com/port/status/1'>9 January</a></blockquote>",
        "> It froze.\n>\n> — Port (@port) [9 January](https://x.com/port/status/1)\n",
    ),
    (
        "footnotes",
        "<p>Ice<sup id=r1><a href='#n1'>1</a></sup> and snow!<sup>[<a id=r2 href='#n2'>2</a>]</sup> (both)\
         <ol><li id=n1>Frozen. <a href='#r1'>↩</a><li id=n2><p>Also.</p><p>Soft. <a href='#r2'>↩</a></p></ol>",
        "Ice[^1] and snow\\![^2] (both)\n\n[^1]: Frozen.\n\n[^2]: Also.\n\n    Soft.\n",
    ),
    (
        "footnotes of a word processor",
        "<p>Ice<a href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a>.<p><a href='#_ftnref1' name='_ftn1'>[1]</a> Frozen.",
        "Ice[^1].\n\n[^1]: Frozen.\n",
    ),
    (
        "bibliography",
        "<p>Ice<sup id=r1><a href='#n1'>[1]</a></sup>, snow<sup id=r2><a href='#n1'>[1]</a></sup>\
         <ol><li id=n1><a href='#r1'>a</a> <a href='#r2'>b</a> Frozen.</ol>",
        "Ice[<sup>\\[1\\]</sup>](https://port.example/news/#n1), snow[<sup>\\[1\\]</sup>](https://port.example/news/#n1)\n\n\
         1. [a](https://port.example/news/#r1) [b](https://port.example/news/#r2) Frozen.\n",
    ),
    (
        "code with a language",
        "<div class='highlight-python'><pre>x = 1\n</pre></div><pre><code class='language-rust'>let <a href=/x>x</a>;</code></pre>",
        "```python\nx = 1\n```\n\n```rust\nlet x;\n```\n",
    ),
    (
        "preformatted text with links",
        "<pre>To: Anna\n\nThe harbour of the town froze overnight for the first time\nin <a href=/y>forty years</a>.\n</pre>",
        "To: Anna\n\nThe harbour of the town froze overnight for the first time in [forty years](https://port.example/y).\n",
    ),
    (
        "raised",
        "<p>H<sub>2</sub>O, m<sup>2</sup>",
        "H<sub>2</sub>O, m<sup>2</sup>\n",
    ),
    (
        "rule",
        "<hr><p>one<hr><hr><p>two<hr>",
        "one\n\n---\n\ntwo\n",
    ),
    (
        "plain brackets",
        "<p>he [sic] said […] &lt;b&gt; R&D 1 * 2 a_b",
        "he [sic] said […] \\<b> R&D 1 * 2 a_b\n",
    ),
    (
        "what could be a mail address in angle brackets",
        "<p>&lt;#@a&gt; 1 &lt; 2 @ 3",
        "\\<#@a> 1 < 2 @ 3\n",
    ),
    (
        "emphasis that begins between two signs, in strong text",
        "<p><b><i>1.</i> {<i>#a</i></b>",
        "***1.* {#*a***\n",
    ),
    (
        "strong text at both ends of emphasis",
        "<p><i><b>1.</b> a<b>A</b></i>",
        "_**1.** a**A**_\n",
    ),
    (
        "struck and emphasised before a letter",
        "<p><b><i><del>da</del></i>A</b>",
        "**~~da~~A**\n",
    ),
    (
        "strong text over the end of a link",
        "<p><a href=/x>1. <b>1.</b></a><b> 1.</b>",
        "[1. 1.](https://port.example/x) 1.\n",
    ),
    (
        "line that looks like a list",
        "<p>1. April<br>- x<br># y<br>: z",
        "1\\. April\\\n\\- x\\\n\\# y\\\n\\: z\n",
    ),
];

#[test]
fn html_becomes_markdown() {
    for (case, html, wanted) in CASES {
        assert_eq!(written(html), *wanted, "{case}");
    }
}

#[test]
fn deep_and_long_pages_stay_small() {
    let tables = "<table><tr><td>x".repeat(9);
    assert!(written(&tables).len() < 400);
    for (case, part) in [
        ("quotes", "<blockquote>x"),
        ("lists", "<ul><li>x"),
        ("marks", "<b>x<i>"),
        ("links", "<a href=/x>x"),
        ("spans", "<span>x"),
    ] {
        let html = part.repeat(3_000);
        let out = written(&html);
        assert!(out.len() < 100 * html.len(), "{case}: {}", out.len());
    }
}

/// Pieces of pages that Markdown could misread, alone or side by side.
fn page() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        "[ -~]{0,12}",
        "[a-c*_~`\\[\\]()!#|>:.\\- \\\\]{1,10}",
        "[가나다中文。“”„«»…–]{1,6}",
        Just(" ".to_owned()),
        Just("1. ".to_owned()),
        Just("---".to_owned()),
    ]
    .prop_map(|text| text.replace('&', "&amp;").replace('<', "&lt;"));
    text.prop_recursive(4, 40, 6, |inner| {
        let names = prop::sample::select(vec![
            "p",
            "b",
            "i",
            "em",
            "strong",
            "del",
            "code",
            "a href=/x",
            "ul",
            "ol",
            "li",
            "blockquote",
            "h2",
            "h3",
            "pre",
            "div",
            "span",
            "sup",
            "sub",
            "dl",
            "dt",
            "dd",
            "table",
            "tr",
            "td",
            "br",
            "hr",
            "figure",
            "figcaption",
        ]);
        (names, prop::collection::vec(inner, 0..6)).prop_map(|(tag, inner)| {
            let name = tag.split(' ').next().unwrap_or_default();
            format!("<{tag}>{}</{name}>", inner.concat())
        })
    })
}

proptest! {
    // The same pages in every run. Of 300,000 others all read back as their text.
    #![proptest_config(ProptestConfig {
        cases: 5_000,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2021),
        ..ProptestConfig::default()
    })]
    #[test]
    fn markdown_reads_back_as_the_text_of_the_page(html in page()) {
        let markdown = written(&html);
        prop_assert_eq!(read_back(&markdown), seen(&html), "{}", markdown);
    }
}
