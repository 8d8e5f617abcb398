//! Content files as text: what import and `new` write.

use super::edit::{edited, with};
use super::front_matter::FrontMatter;

/// An article as the text of its file.
pub fn to_text(front: &FrontMatter, body: &str) -> String {
    let toml = toml::to_string(front).expect("front matter is plain data: TOML can hold it");
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
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::front_matter::{Image, Notice, Provenance};
    use crate::content::split::split;

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
            image: Some(Image {
                caption: Some("Talks".to_owned()),
                ..Image::default()
            }),
            provenance: Some(Provenance {
                part: Some(2),
                ..Provenance::default()
            }),
            ..FrontMatter::default()
        };
        let text = to_text(&front, "\nBody.\n\n");
        let parts = split(&text).unwrap();
        let read: FrontMatter = toml::from_str(&text[parts.front]).unwrap();
        assert_eq!(read, front);
        assert_eq!(&text[parts.body], "\nBody.\n");
    }
}
