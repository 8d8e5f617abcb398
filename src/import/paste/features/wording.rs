//! A line's words: how many are little ones, whom it speaks to, which furniture it names.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::group::Group;
use super::shape::step;
use crate::import::phrases::Topics;
use crate::text::script::is_east_asian;

/// Adds what the words of a line say; `lower` is the line in lower case.
pub fn add(text: &str, lower: &str, weight: usize, topics: Topics, found: &mut Vec<u16>) {
    let mut add = |group: Group, step: usize| found.push(group.feature(step));
    let (little, capitals) = shares(text, lower);
    add(Group::LittleWords, step(little, &[1, 10, 20, 33, 45]));
    add(Group::Capitals, step(capitals, &[1, 15, 35, 60, 90]));
    let by_length = match weight {
        0..=39 => Group::TopicShort,
        40..=119 => Group::TopicMiddle,
        _ => Group::TopicLong,
    };
    for topic in topics.numbers() {
        add(by_length, topic);
    }
    let long = usize::from(weight >= 80);
    if is_first_person(lower) {
        add(Group::FirstPerson, long);
    }
    if is_second_person(lower) {
        add(Group::SecondPerson, long);
    }
    if text.contains(['?', '？']) {
        add(Group::Question, long);
    }
    if text.contains(['"', '“', '„', '«', '「', '”']) {
        add(Group::Quote, long);
    }
}

/// Percent of the words that are little ones, and that have a capital.
pub fn shares(text: &str, lower: &str) -> (usize, usize) {
    let (mut words, mut little, mut capitals) = (0, 0, 0);
    for word in text
        .split(' ')
        .filter(|word| word.starts_with(char::is_alphabetic))
    {
        words += 1;
        capitals += usize::from(word.starts_with(char::is_uppercase));
    }
    for word in lower.split(|c: char| !c.is_alphabetic()) {
        little += usize::from(STOP_WORDS.contains(word));
    }
    if is_east_asian(text) {
        // No spaces, or endings instead of little words: particles stand in for them.
        let particles = text
            .chars()
            .filter(|c| "的了在是和は、がをにでの은는이가을를에의".contains(*c))
            .count();
        return (particles * 300 / text.chars().count().max(1), 0);
    }
    let words = words.max(1);
    (little * 100 / words, capitals * 100 / words)
}

/// Whether a text, in lower case, has words such as "we" and "our".
pub fn is_first_person(lower: &str) -> bool {
    speaks(lower, &FIRST_PERSON)
}

/// Whether a text, in lower case, has words such as "you" and "your".
pub fn is_second_person(lower: &str) -> bool {
    speaks(lower, &SECOND_PERSON)
}

fn speaks(lower: &str, words: &LazyLock<HashSet<&'static str>>) -> bool {
    lower
        .split(|c: char| !c.is_alphabetic())
        .any(|word| words.contains(word))
}

/// The words that say something by themselves.
pub fn content_words(lower: &str) -> impl Iterator<Item = &str> {
    lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 3 && !STOP_WORDS.contains(word))
}

fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

static FIRST_PERSON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    set(
        "i me my mine we us our ours ich mich mir mein meine meinen wir uns unser unsere je moi mon ma mes nous notre nos yo mi nosotros nuestro nuestra ja mnie moje nasz nasze",
    )
});

static SECOND_PERSON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    set(
        "you your yours du dich dir dein deine euch ihr ihre ihren sie tu te votre vos vous usted ustedes tus ty twój wasz państwo",
    )
});

static STOP_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    set(
        "the of and to in a is that for it was on with as be by at from this have has had not are were but or an which their they his her its been who will would can could there when what all if so about into than more other some also after over such only \
         der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde wenn können diese dieser kann sei \
         le la les de des du et en un une est que qui dans pour par sur pas au plus ce ne se il elle avec son sa ses sont mais ou aux cette ont été être comme leur nous vous \
         el los las del y una por con para es lo se no su al más como pero sus ha este esta son fue entre cuando muy sin sobre también me hasta hay donde desde todo nos \
         w i na z do się nie to jest że o jak za po od przez dla oraz są który która które być tym ich już może przy \
         di il che è per non con si da una sono come anche più della nel alla dei gli \
         het een van en dat op te zijn voor met niet aan er om ook als dan maar bij nog naar uit \
         o a os as um uma não na no com mais dos das foi ao",
    )
});
