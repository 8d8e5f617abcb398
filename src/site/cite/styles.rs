//! An article as style guides print it in a bibliography: Chicago (18th edition, 13–14), APA (7th,
//! 9–10), MLA (9th, 5).
//!
//! There are few shapes of article here: with or without authors, a date, a house behind what it
//! appeared in. They are written out, because a processor of the citation style language spends
//! more on interpreting its rules, for every article, than all the rest of the page costs. The
//! guides are American: dates and words are in English whatever an article's language.

use jiff::civil::Date;
use url::Url;

use super::super::view::article::StyledReference;
use super::reference::Reference;
use crate::content::front_matter::Kind;
use crate::text::person_name::PersonName;
use crate::text::script::has_east_asian;

/// The reference in each style.
pub fn styles(reference: &Reference<'_>) -> Vec<StyledReference> {
    let styled = |guide, text| StyledReference { guide, text };
    let address = Url::parse(&reference.url).ok();
    let address = address.as_ref().map(Url::as_str);
    vec![
        styled("Chicago", chicago(reference, address)),
        styled("APA", apa(reference, address)),
        styled("MLA", mla(reference, address)),
    ]
}

/// `Garden, Ada B. “Quiet Seas.” Sea Review, April 6, 2021. https://…`
fn chicago(reference: &Reference<'_>, address: Option<&str>) -> String {
    let house = house(reference);
    // Without an author, the house stands in its place, or else what the article appeared in.
    let (author, publication, house) = match &reference.authors[..] {
        [] => match house {
            Some(house) => (house.to_owned(), Some(reference.publication), None),
            None => (reference.publication.to_owned(), None, None),
        },
        names => (listed(names, 6, 3), Some(reference.publication), house),
    };
    let date = reference.day.map(american);
    let place = [
        publication.map(str::to_owned),
        house.map(str::to_owned),
        date,
    ];
    let place: Vec<String> = place.into_iter().flatten().collect();
    let mut parts = vec![ended(&author), quoted(reference.title)];
    if !place.is_empty() {
        parts.push(ended(&place.join(", ")));
    }
    parts.extend(address.map(|url| format!("{url}.")));
    parts.join(" ")
}

/// `Garden, A. B. (2021, April 6). Quiet seas. Sea Review. https://…`
///
/// The periodical alone is named, not the house behind it (9.29). Without an author, an article is
/// known by its title.
fn apa(reference: &Reference<'_>, address: Option<&str>) -> String {
    let date = match reference.day {
        Some(day) => format!("({}, {} {}).", day.year(), month(day), day.day()),
        None => "(n.d.).".to_owned(),
    };
    let title = ended(reference.title);
    let mut parts = if reference.authors.is_empty() {
        vec![title, date]
    } else {
        vec![ended(&apa_names(&reference.authors)), date, title]
    };
    parts.push(ended(reference.publication));
    parts.extend(address.map(str::to_owned));
    parts.join(" ")
}

/// `Garden, Ada B. “Quiet Seas.” Sea Review, 6 Apr. 2021, https://….`
fn mla(reference: &Reference<'_>, address: Option<&str>) -> String {
    let mut parts = Vec::with_capacity(3);
    if !reference.authors.is_empty() {
        parts.push(ended(&listed(&reference.authors, 2, 1)));
    }
    parts.push(quoted(reference.title));
    let place = [
        Some(reference.publication.to_owned()),
        house(reference).map(str::to_owned),
        reference
            .day
            .map(|day| format!("{} {} {}", day.day(), short_month(day), day.year())),
        address.map(str::to_owned),
    ];
    let place: Vec<String> = place.into_iter().flatten().collect();
    parts.push(ended(&place.join(", ")));
    parts.join(" ")
}

/// Who publishes a briefing, where what it appeared in doesn't say so already.
fn house<'a>(reference: &Reference<'a>) -> Option<&'a str> {
    (reference.kind == Kind::Briefing && reference.publisher != reference.publication)
        .then_some(reference.publisher)
}

/// Names in a row, the first by its family name. From more than `most` on, `kept` of them stand
/// for all.
fn listed(names: &[PersonName], most: usize, kept: usize) -> String {
    let shown = if names.len() > most {
        &names[..kept]
    } else {
        names
    };
    let mut printed: Vec<String> = shown
        .iter()
        .enumerate()
        .map(|(index, name)| match &name.given {
            None => name.family.clone(),
            Some(given) if is_whole(name) => format!("{} {given}", name.family),
            Some(given) if index == 0 => format!("{}, {given}", name.family),
            Some(given) => format!("{given} {}", name.family),
        })
        .collect();
    if shown.len() < names.len() {
        return format!("{}, et al.", printed.join(", "));
    }
    let last = printed.pop().unwrap_or_default();
    if printed.is_empty() {
        last
    } else {
        format!("{}, and {last}", printed.join(", "))
    }
}

/// Every name by its family name and initials; of more than twenty the first nineteen and the
/// last.
fn apa_names(names: &[PersonName]) -> String {
    let printed: Vec<String> = names
        .iter()
        .map(|name| match &name.given {
            None => name.family.clone(),
            Some(given) if is_whole(name) => format!("{} {given}", name.family),
            Some(given) => format!("{}, {}", name.family, initials(given)),
        })
        .collect();
    match &printed[..] {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if first.len() < 20 => format!("{}, & {last}", first.join(", ")),
        [first @ .., last] => format!("{}, … {last}", first[..19].join(", ")),
    }
}

/// A name that is written in the order it is spoken in, and has no initials.
fn is_whole(name: &PersonName) -> bool {
    has_east_asian(&name.family)
}

/// `Jean-Paul Marie` is `J.-P. M.`; the small second half of `Min-jun` has none (APA, 9.8).
fn initials(given: &str) -> String {
    let of_word = |word: &str| {
        let parts = word.split('-').enumerate().filter_map(|(index, part)| {
            let first = part.chars().next()?;
            (index == 0 || first.is_uppercase()).then(|| format!("{}.", first.to_uppercase()))
        });
        parts.collect::<Vec<_>>().join("-")
    };
    let words: Vec<String> = given.split_whitespace().map(of_word).collect();
    words.join(" ")
}

/// The text with a full stop, unless it ends by itself.
fn ended(text: &str) -> String {
    let text = text.trim();
    if ends_itself(text) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// A title in quotation marks, its own within them simple ones; the full stop stands inside.
fn quoted(title: &str) -> String {
    let title = title.trim();
    let inner: String = title
        .chars()
        .map(|c| match c {
            '“' => '‘',
            '”' => '’',
            '"' => '\'',
            c => c,
        })
        .collect();
    match title.chars().next_back() {
        _ if ends_itself(title) => format!("“{inner}”"),
        Some('”' | '"') => {
            let mark = inner.chars().next_back().map_or(0, char::len_utf8);
            let (text, mark) = inner.split_at(inner.len() - mark);
            format!("“{text}.{mark}”")
        }
        _ => format!("“{inner}.”"),
    }
}

fn ends_itself(text: &str) -> bool {
    let last = text.trim_end_matches(['”', '’', '"', '\'']);
    last.ends_with(['.', '?', '!', '…', '。', '？', '！'])
}

/// `April 6, 2021`
fn american(day: Date) -> String {
    format!("{} {}, {}", month(day), day.day(), day.year())
}

fn month(day: Date) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS[month_index(day)]
}

/// As MLA shortens them.
fn short_month(day: Date) -> &'static str {
    const MONTHS: [&str; 12] = [
        "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.",
        "Dec.",
    ];
    MONTHS[month_index(day)]
}

/// A month of the calendar is 1 to 12.
fn month_index(day: Date) -> usize {
    usize::from(day.month().unsigned_abs()) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference<'a>(title: &'a str, authors: &[&str]) -> Reference<'a> {
        Reference {
            key: "quiet".to_owned(),
            kind: Kind::Briefing,
            title,
            authors: authors.iter().map(|name| PersonName::of(name)).collect(),
            publication: "Sea Review",
            publisher: "Sea Review",
            day: Some(Date::constant(2021, 9, 6)),
            url: "https://sea.example/quiet/".to_owned(),
            language: "en",
        }
    }

    fn printed(reference: &Reference<'_>) -> [String; 3] {
        let texts = styles(reference).into_iter().map(|style| style.text);
        let texts: Vec<String> = texts.collect();
        texts.try_into().expect("three styles")
    }

    #[test]
    fn an_article_with_an_author_and_a_date() {
        assert_eq!(
            printed(&reference("Quiet Seas", &["Ada B. Garden"])),
            [
                "Garden, Ada B. “Quiet Seas.” Sea Review, September 6, 2021. https://sea.example/quiet/.",
                "Garden, A. B. (2021, September 6). Quiet Seas. Sea Review. https://sea.example/quiet/",
                "Garden, Ada B. “Quiet Seas.” Sea Review, 6 Sept. 2021, https://sea.example/quiet/.",
            ]
        );
    }

    #[test]
    fn an_article_of_nobody_is_its_houses_or_stands_by_its_title() {
        let alone = Reference {
            day: None,
            ..reference("Quiet Seas", &[])
        };
        assert_eq!(
            printed(&alone),
            [
                "Sea Review. “Quiet Seas.” https://sea.example/quiet/.",
                "Quiet Seas. (n.d.). Sea Review. https://sea.example/quiet/",
                "“Quiet Seas.” Sea Review, https://sea.example/quiet/.",
            ]
        );
        let housed = Reference {
            publication: "Sea Weekly",
            ..reference("Quiet Seas", &[])
        };
        assert_eq!(
            printed(&housed),
            [
                "Sea Review. “Quiet Seas.” Sea Weekly, September 6, 2021. https://sea.example/quiet/.",
                "Quiet Seas. (2021, September 6). Sea Weekly. https://sea.example/quiet/",
                "“Quiet Seas.” Sea Weekly, Sea Review, 6 Sept. 2021, https://sea.example/quiet/.",
            ]
        );
    }

    #[test]
    fn a_title_that_ends_by_itself_gets_no_second_full_stop() {
        let [chicago, apa, mla] = printed(&reference("Who pays?", &["Ada Garden"]));
        assert!(chicago.contains("“Who pays?” Sea Review"), "{chicago}");
        assert!(apa.contains("Who pays? Sea Review."), "{apa}");
        assert!(mla.contains("“Who pays?” Sea Review"), "{mla}");
    }

    #[test]
    fn quotation_marks_within_a_title_become_simple_ones() {
        assert_eq!(quoted("The “quiet” seas"), "“The ‘quiet’ seas.”");
        assert_eq!(quoted("“Quiet seas”"), "“‘Quiet seas.’”");
        assert_eq!(quoted("A “who?”"), "“A ‘who?’”");
    }

    #[test]
    fn many_authors_are_shortened_as_each_guide_wants_it() {
        let three = reference("Seas", &["Ada Garden", "Min-jun Kim", "The Harbor Desk"]);
        let [chicago, apa, mla] = printed(&three);
        assert!(
            chicago.starts_with("Garden, Ada, Min-jun Kim, and The Harbor Desk. “"),
            "{chicago}"
        );
        assert!(
            apa.starts_with("Garden, A., Kim, M., & The Harbor Desk. ("),
            "{apa}"
        );
        assert!(mla.starts_with("Garden, Ada, et al. “"), "{mla}");
        let seven = reference("Seas", &["Ada Garden"; 7]);
        let [first, ..] = printed(&seven);
        assert!(
            first.starts_with("Garden, Ada, Ada Garden, Ada Garden, et al. “"),
            "{first}"
        );
        let [_, many, _] = printed(&reference("Seas", &["Ada Garden"; 21]));
        assert_eq!(many.matches("Garden, A.").count(), 20);
        assert!(many.contains(", … Garden, A. ("), "{many}");
    }

    #[test]
    fn given_names_become_initials() {
        assert_eq!(initials("Jean-Paul Marie"), "J.-P. M.");
        assert_eq!(initials("Min-jun"), "M.");
    }
}
