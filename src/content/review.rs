//! What import left open in an article's front matter, and how it is settled.

use std::ops::Range;

use toml::Spanned;

use super::split::split;

/// One open point, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPoint {
    /// From 1.
    pub line: usize,
    pub text: String,
}

#[derive(serde::Deserialize)]
struct Only {
    review: Option<Points>,
}

/// Every open point of a content file, in its order; none in a file that can't be read.
pub fn open_points(text: &str) -> Vec<OpenPoint> {
    let Some((front, review)) = field(text) else {
        return Vec::new();
    };
    review
        .into_inner()
        .into_iter()
        .map(|point| {
            let at = front.start + point.span().start;
            OpenPoint {
                line: text[..at].matches('\n').count() + 1,
                text: point.into_inner(),
            }
        })
        .collect()
}

/// The file without its `review` field, and every other byte as it was; `None` where there is
/// none.
pub fn settle(text: &str) -> Option<String> {
    let (front, review) = field(text)?;
    let value = review.span();
    let start = text[..front.start + value.start]
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let end = front.start + value.end;
    let end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    Some([&text[..start], &text[end..]].concat())
}

/// The points with their spans within the front matter.
type Points = Spanned<Vec<Spanned<String>>>;

fn field(text: &str) -> Option<(Range<usize>, Points)> {
    let front = split(text).ok()?.front;
    let only: Only = toml::from_str(&text[front.clone()]).ok()?;
    Some((front, only.review?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "+++\r\ntitle = \"Tides\"\nreview = [\n  \"date: a\",\n  \"title: b\",\n]\n\
                        publisher   =   'x'\n[provenance]\npart = 1\n+++\n\nText ends\twithout a line break";

    #[test]
    fn open_points_are_found_where_they_stand() {
        let points = open_points(FILE);
        let found: Vec<_> = points.iter().map(|p| (p.line, &*p.text)).collect();
        assert_eq!(found, [(4, "date: a"), (5, "title: b")]);
        assert!(open_points("+++\ntitle = \"x\"\n+++\n").is_empty());
        assert!(open_points("+++\nbroken\n+++\n").is_empty());
    }

    #[test]
    fn settling_takes_the_field_and_nothing_else() {
        let settled = settle(FILE).unwrap();
        assert_eq!(
            settled,
            "+++\r\ntitle = \"Tides\"\npublisher   =   'x'\n[provenance]\npart = 1\n+++\n\n\
             Text ends\twithout a line break"
        );
        assert_eq!(settle(&settled), None);
    }
}
