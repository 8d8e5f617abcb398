//! Shortcodes of Hugo (`{{< … >}}`), tags of Liquid and Zola (`{% … %}`) and their values
//! (`{{ … }}`) become what a reader would have seen: a picture, a link, code, text. What can't is
//! told.

use std::sync::LazyLock;

use regex::{Captures, Regex};

static SHORTCODE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?s)\{\{[<%](?P<hugo>.*?)[>%]\}\}|\{%-?(?P<tag>.*?)-?%\}|\{\{-?(?P<value>[^{}]*?)-?\}\}",
    )
});

/// `name="value"`, `name=value`, `"value"`, `value`.
static ARGUMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?:(?P<name>[A-Za-z_][\w-]*)\s*[=:]\s*)?(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s,()"'=]+))"#,
    )
});

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| pattern(r#"https?://[^\s"'<>)]+"#));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is a constant that every test compiles")
}

/// What comes in a shortcode's place.
enum Shown {
    Text(String),
    /// Nothing a reader would miss.
    Nothing,
    Lost,
}

/// Rewrites every shortcode; what is lost is told in `review`.
pub fn rewrite(text: &str, review: &mut Vec<String>) -> String {
    let mut lost: Vec<String> = Vec::new();
    let text = SHORTCODE.replace_all(text, |found: &Captures<'_>| {
        let shown = if let Some(value) = found.name("value") {
            value_shown(value.as_str().trim())
        } else {
            let inside = found
                .name("hugo")
                .or(found.name("tag"))
                .map_or("", |inside| inside.as_str());
            tag_shown(inside.trim().trim_end_matches('/').trim())
        };
        match shown {
            Shown::Text(text) => text,
            Shown::Nothing => String::new(),
            Shown::Lost => {
                let whole = found[0].split_whitespace().collect::<Vec<_>>().join(" ");
                if !lost.contains(&whole) {
                    lost.push(whole);
                }
                String::new()
            }
        }
    });
    if !lost.is_empty() {
        review.push(format!("body: left out {}", lost.join(", ")));
    }
    text.into_owned()
}

struct Arguments(Vec<(Option<String>, String)>);

impl Arguments {
    fn read(text: &str) -> Self {
        Self(
            ARGUMENT
                .captures_iter(text)
                .map(|found| {
                    let value = found
                        .name("double")
                        .or(found.name("single"))
                        .or(found.name("bare"));
                    (
                        found.name("name").map(|name| name.as_str().to_lowercase()),
                        value.map_or(String::new(), |value| value.as_str().to_owned()),
                    )
                })
                .collect(),
        )
    }

    fn named(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|wanted| {
            self.0
                .iter()
                .find(|(name, _)| name.as_deref() == Some(*wanted))
                .map(|(_, value)| &**value)
        })
    }

    fn at(&self, index: usize) -> Option<&str> {
        self.0
            .iter()
            .filter(|(name, _)| name.is_none())
            .nth(index)
            .map(|(_, value)| &**value)
    }
}

fn tag_shown(inside: &str) -> Shown {
    let name_end = inside
        .find(|c: char| c.is_whitespace() || c == '(')
        .unwrap_or(inside.len());
    let (name, rest) = inside.split_at(name_end);
    if name.starts_with('/') || name.starts_with("end") {
        return match name.trim_start_matches('/').trim_start_matches("end") {
            "highlight" => Shown::Text("\n```\n".to_owned()),
            _ => Shown::Nothing,
        };
    }
    let arguments = Arguments::read(rest);
    let first = arguments.at(0);
    let id = || arguments.named(&["id"]).or(first);
    let link = |address: String| Shown::Text(format!("<{address}>"));
    match (name.to_lowercase().as_str(), id()) {
        ("ref" | "relref", Some(path)) => Shown::Text(path.to_owned()),
        ("post_url" | "link", Some(path)) => {
            let path = path.strip_suffix(".md").unwrap_or(path);
            Shown::Text(format!("{path}.md"))
        }
        ("highlight", Some(language)) => Shown::Text(format!("\n```{language}\n")),
        ("youtube", Some(id)) => link(format!("https://www.youtube.com/watch?v={id}")),
        ("vimeo", Some(id)) => link(format!("https://vimeo.com/{id}")),
        ("instagram", Some(id)) => link(format!("https://www.instagram.com/p/{id}/")),
        ("tweet" | "twitter" | "x", Some(id)) => {
            let user = arguments.named(&["user"]).unwrap_or("i");
            link(format!("https://x.com/{user}/status/{id}"))
        }
        ("gist", Some(user)) => match arguments.at(1) {
            Some(id) => link(format!("https://gist.github.com/{user}/{id}")),
            None => link(format!("https://gist.github.com/{user}")),
        },
        ("figure" | "image" | "img" | "picture" | "resize_image", _) => picture(&arguments),
        ("raw" | "verbatim" | "toc" | "highlight", _) => Shown::Nothing,
        _ => match ADDRESS.find(rest) {
            Some(address) => link(address.as_str().to_owned()),
            None => Shown::Lost,
        },
    }
}

fn picture(arguments: &Arguments) -> Shown {
    let source = arguments
        .named(&["src", "url", "path", "link"])
        .or(arguments.at(0));
    let Some(source) = source else {
        return Shown::Lost;
    };
    let caption = arguments.named(&["caption", "title"]);
    let alt = arguments.named(&["alt"]).or(caption).unwrap_or_default();
    let alt = alt.replace(['[', ']', '\n'], " ");
    let source = source.replace(' ', "%20");
    Shown::Text(match caption {
        Some(caption) => format!("![{alt}]({source})\n\n*{caption}*\n"),
        None => format!("![{alt}]({source})"),
    })
}

/// A value that a template would have put in: the base of all addresses, or a constant.
fn value_shown(value: &str) -> Shown {
    let expression = value.split('|').next().unwrap_or_default().trim();
    let quoted = |sign: char| {
        expression
            .strip_prefix(sign)
            .and_then(|rest| rest.strip_suffix(sign))
    };
    if let Some(text) = quoted('"').or(quoted('\'')) {
        return Shown::Text(text.to_owned());
    }
    if matches!(
        expression,
        "site.baseurl" | "site.url" | "baseurl" | "config.base_url" | ""
    ) {
        return Shown::Nothing;
    }
    // Zola calls shortcodes like this: {{ youtube(id="x") }}.
    if expression.ends_with(')') {
        return tag_shown(expression);
    }
    Shown::Lost
}

#[cfg(test)]
mod tests {
    use super::rewrite;

    #[test]
    fn a_shortcode_becomes_what_a_reader_saw() {
        for (text, wanted) in [
            (
                "{{< figure src=\"map.png\" alt=\"A map\" caption=\"The pier\" >}}",
                "![A map](map.png)\n\n*The pier*\n",
            ),
            (
                "{{< youtube abc >}}",
                "<https://www.youtube.com/watch?v=abc>",
            ),
            (
                "{{ youtube(id=\"abc\") }}",
                "<https://www.youtube.com/watch?v=abc>",
            ),
            ("[x]({{< ref \"posts/tides.md\" >}})", "[x](posts/tides.md)"),
            (
                "[x]({% post_url 2021-04-01-tides %})",
                "[x](2021-04-01-tides.md)",
            ),
            ("![m]({{ site.baseurl }}/m.png)", "![m](/m.png)"),
            ("![m]({{ '/m.png' | relative_url }})", "![m](/m.png)"),
            (
                "{% highlight rust %}x{% endhighlight %}",
                "\n```rust\nx\n```\n",
            ),
            (
                "{{% mynote src=https://a.example/b %}}",
                "<https://a.example/b>",
            ),
            ("a { b } c", "a { b } c"),
        ] {
            let mut review = Vec::new();
            assert_eq!(rewrite(text, &mut review), wanted, "{text}");
            assert!(review.is_empty(), "{text}: {review:?}");
        }
    }

    #[test]
    fn what_is_lost_is_told_and_what_it_framed_stays() {
        let mut review = Vec::new();
        let text = "{{< notice warning >}}High water{{< /notice >}} {% include map.html %}{{ page.title }}";
        assert_eq!(rewrite(text, &mut review), "High water ");
        assert_eq!(
            review,
            ["body: left out {{< notice warning >}}, {% include map.html %}, {{ page.title }}"]
        );
    }
}
