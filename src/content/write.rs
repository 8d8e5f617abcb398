//! Content files as text: what import and `new` write.

use super::edit::{edited, with};
use super::front_matter::FrontMatter;
use crate::text::characters::{is_misplaced, misplaced};

/// An article as the text of its file, without characters that no text has.
pub fn to_text(front: &FrontMatter, body: &str) -> String {
    let written = |front: &FrontMatter| {
        toml::to_string(front).expect("front matter is plain data: TOML can hold it")
    };
    let mut toml = written(front);
    // As escapes they would come through.
    if toml.contains('\\')
        && let Some(clean) = clean(front)
    {
        toml = written(&clean);
    }
    let body = body.trim_matches('\n');
    let mut text = String::with_capacity(toml.len() + body.len() + 12);
    text.push_str("+++\n");
    text.push_str(&toml);
    text.push_str("+++\n");
    for (taxonomy, terms) in &front.added {
        if let Some(edit) = with(&text, taxonomy, terms) {
            text = edited(&text, vec![edit]);
        }
    }
    if !body.is_empty() {
        text.push('\n');
        text.push_str(body);
        text.push('\n');
    }
    if misplaced(&text).is_some() {
        text.retain(|c| !is_misplaced(c));
    }
    text
}

/// Front matter without characters that no text has; `None` where it has none.
fn clean(front: &FrontMatter) -> Option<FrontMatter> {
    let mut value = toml::Value::try_from(front).ok()?;
    (clean_value(&mut value) > 0).then_some(())?;
    let cleaned: FrontMatter = value.try_into().ok()?;
    Some(FrontMatter {
        added: front.added.clone(),
        ..cleaned
    })
}

/// How many bytes were taken out.
fn clean_value(value: &mut toml::Value) -> usize {
    match value {
        toml::Value::String(text) => {
            let before = text.len();
            text.retain(|c| !is_misplaced(c));
            before - text.len()
        }
        toml::Value::Array(items) => items.iter_mut().map(clean_value).sum(),
        toml::Value::Table(fields) => fields.iter_mut().map(|(_, field)| clean_value(field)).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::front_matter::{Image, Notice, Provenance};
    use crate::content::split::split;

    #[test]
    fn characters_that_no_text_has_are_left_out() {
        let front = FrontMatter {
            title: "A bell \u{7}in \"quotes\"\u{fffe}".to_owned(),
            extra: toml::toml! { paths = ["C:\\bin", "\u{1b}[31m"] },
            ..FrontMatter::default()
        };
        let text = to_text(&front, "One\u{1}\u{fdd0} line.");
        let parts = split(&text).unwrap();
        let read: FrontMatter = toml::from_str(&text[parts.front]).unwrap();
        assert_eq!(read.title, "A bell in \"quotes\"");
        assert_eq!(read.extra, toml::toml! { paths = ["C:\\bin", "[31m"] });
        assert_eq!(&text[parts.body], "\nOne line.\n");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let front = FrontMatter {
            title: "A \"quoted\" title\nwith a line break".to_owned(),
            review: vec!["the date is uncertain".to_owned()],
            corrections: vec![Notice {
                date: toml::from_str::<toml::Table>("d = 2021-04-01").unwrap()["d"]
                    .clone()
                    .try_into()
                    .unwrap(),
                note: "A name was misspelt.".to_owned(),
            }],
            image: Some(Box::new(Image {
                caption: Some("Talks".to_owned()),
                ..Image::default()
            })),
            provenance: Some(Box::new(Provenance {
                part: Some(2),
                ..Provenance::default()
            })),
            ..FrontMatter::default()
        };
        let text = to_text(&front, "\nBody.\n\n");
        let parts = split(&text).unwrap();
        let read: FrontMatter = toml::from_str(&text[parts.front]).unwrap();
        assert_eq!(read, front);
        assert_eq!(&text[parts.body], "\nBody.\n");
    }
}
