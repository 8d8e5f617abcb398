//! RIS, the tagged format that every reference manager reads: two letters, two spaces, a value.

use super::reference::Reference;
use crate::content::front_matter::Kind;

/// Writes one record. Its lines end in LF, as a page shows them; every reference manager reads
/// that as well as the CR LF of the format's first programs.
pub fn ris(reference: &Reference<'_>) -> String {
    let mut record = String::with_capacity(512);
    let mut tag = |name: &str, value: &str| {
        record.push_str(name);
        record.push_str("  - ");
        // A value is one line: a line break would begin a tag of its own.
        record.extend(value.chars().map(|c| if c.is_control() { ' ' } else { c }));
        record.push('\n');
    };
    let kind = match reference.kind {
        Kind::Briefing => "ELEC",
        Kind::Source => "NEWS",
    };
    tag("TY", kind);
    tag("TI", reference.title);
    for name in &reference.authors {
        match &name.given {
            Some(given) => tag("AU", &format!("{}, {given}", name.family)),
            None => tag("AU", &name.family),
        }
    }
    tag("T2", reference.publication);
    if reference.publisher != reference.publication {
        tag("PB", reference.publisher);
    }
    if let Some(day) = reference.day {
        tag("PY", &day.year().to_string());
        tag("DA", &day.strftime("%Y/%m/%d").to_string());
    }
    tag("UR", &reference.url);
    tag("LA", reference.language);
    tag("ER", "");
    record
}
