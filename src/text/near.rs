//! Two spellings of one name: "election" and "elections", "Xi Jinping" and "Xi Jin-ping".

use super::slug::slug;

/// What is left of a name without what spellings of one name differ in: accents, hyphens and
/// spaces, capitals, the plural, British and American endings. Equal forms are most likely one
/// name; `None` for a name without a letter or digit.
pub fn folded(name: &str) -> Option<String> {
    let slug = slug(name)?;
    let mut folded = String::with_capacity(slug.len());
    for word in slug.split('-') {
        folded.push_str(&singular(&american(word)));
    }
    Some(folded)
}

/// An English word in the singular, by its letters alone.
pub fn singular(word: &str) -> String {
    let plural = |stem: &str| !stem.ends_with(['s', 'u', 'i', 'o']);
    match word {
        _ if word.len() < 4 => word.to_owned(),
        _ if word.ends_with("ies") && word.len() > 4 => format!("{}y", &word[..word.len() - 3]),
        _ if ["sses", "shes", "ches", "xes"]
            .iter()
            .any(|end| word.ends_with(end)) =>
        {
            word[..word.len() - 2].to_owned()
        }
        _ if word.ends_with('s') && plural(&word[..word.len() - 1]) => {
            word[..word.len() - 1].to_owned()
        }
        _ => word.to_owned(),
    }
}

fn american(word: &str) -> String {
    let endings = [
        ("isation", "ization"),
        ("isations", "izations"),
        ("our", "or"),
        ("ours", "ors"),
        ("tre", "ter"),
        ("tres", "ters"),
        ("ence", "ense"),
    ];
    for (british, american) in endings {
        if let Some(stem) = word.strip_suffix(british)
            && stem.len() > 2
        {
            return format!("{stem}{american}");
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn spellings_of_one_name_fold_to_one_form() {
        for (one, other) in [
            ("election", "Elections"),
            ("Xi Jinping", "Xi Jin-ping"),
            ("policies", "policy"),
            ("Organisation", "Organizations"),
            ("Defence Cost Sharing", "defense-cost-sharing"),
            ("naval launches", "naval launch"),
        ] {
            assert_eq!(folded(one), folded(other), "{one}, {other}");
        }
    }

    #[test]
    fn different_names_stay_apart() {
        for (one, other) in [
            ("North Korea", "South Korea"),
            ("Kim Jong-un", "Kim Jong-nam"),
            (
                "United Nations Security Council",
                "National Security Council",
            ),
            ("Laos", "Lao"),
            ("2020 summit", "2021 summit"),
        ] {
            assert_ne!(folded(one), folded(other), "{one}, {other}");
        }
    }
}
