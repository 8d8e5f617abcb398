//! The parts of a person's name, as reference lists sort by them.

use super::organisations::is_organisation;
use super::script::has_east_asian;

/// A name taken apart; a house has only its name, as `family`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName {
    pub family: String,
    pub given: Option<String>,
}

/// Words that belong to the family name behind them: *van* Beethoven, *de la* Cruz.
const PARTICLES: &[&str] = &[
    "al", "bin", "da", "de", "del", "della", "der", "di", "dos", "du", "ibn", "la", "le", "ten",
    "ter", "van", "von",
];
/// Words that stand behind the family name and are no name.
const SUFFIXES: &[&str] = &["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"];

impl PersonName {
    /// Takes a printed name apart. What is no person's name stays whole.
    pub fn of(name: &str) -> Self {
        let of = |family: &[&str], given: &[&str]| Self {
            family: family.join(" "),
            given: (!given.is_empty()).then(|| given.join(" ")),
        };
        let words: Vec<&str> = name.split_whitespace().collect();
        if is_organisation(name) {
            return of(&words, &[]);
        }
        if let Some((family, given)) = name.split_once(',') {
            return of(&[family.trim()], &[given.trim()]);
        }
        match words[..] {
            [family, given] if has_east_asian(name) || is_romanised_given(given) => {
                of(&[family], &[given])
            }
            [_, _, ..] if words.len() <= 5 && !has_east_asian(name) => {
                let (given, family) = words.split_at(family_from(&words));
                of(family, given)
            }
            _ => of(&words, &[]),
        }
    }
}

/// Where the family name begins in a name of two words or more that ends with it.
fn family_from(words: &[&str]) -> usize {
    let mut at = words.len() - 1;
    if at > 1 && SUFFIXES.contains(&words[at].to_lowercase().as_str()) {
        at -= 1;
    }
    while at > 1 && PARTICLES.contains(&words[at - 1]) {
        at -= 1;
    }
    at
}

/// `Jae-in`, `Eui-yong`: a Korean or Chinese given name of two syllables; the family stands
/// before it. `Smith-Jones` is none: its second half begins with a capital.
fn is_romanised_given(word: &str) -> bool {
    word.split_once('-').is_some_and(|(first, second)| {
        first.starts_with(char::is_uppercase)
            && second.chars().count() > 1
            && second.chars().all(char::is_lowercase)
    })
}

#[cfg(test)]
mod tests {
    use super::PersonName;

    #[test]
    fn names_come_apart_where_reference_lists_cut_them() {
        for (name, family, given) in [
            ("Jane Doe", "Doe", Some("Jane")),
            ("Mary Ann Evans", "Evans", Some("Mary Ann")),
            ("Moon Jae-in", "Moon", Some("Jae-in")),
            ("Anna Smith-Jones", "Smith-Jones", Some("Anna")),
            ("Ludwig van Beethoven", "van Beethoven", Some("Ludwig")),
            ("Maria de la Cruz", "de la Cruz", Some("Maria")),
            ("John Roe Jr.", "Roe Jr.", Some("John")),
            ("Doe, Jane", "Doe", Some("Jane")),
            ("山田 太郎", "山田", Some("太郎")),
            ("홍길동", "홍길동", None),
            ("Pier News Agency", "Pier News Agency", None),
            ("Plato", "Plato", None),
        ] {
            let parts = PersonName::of(name);
            assert_eq!(
                (&*parts.family, parts.given.as_deref()),
                (family, given),
                "{name}"
            );
        }
    }
}
