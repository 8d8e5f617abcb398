//! The language a text is written in.

use whatlang::Lang;

/// Less than this many bytes say too little.
const ENOUGH: usize = 200;

/// The language of a piece of prose as its ISO 639-1 code; `None` if there is too little of it or
/// it could be another.
pub fn of(prose: &str) -> Option<&'static str> {
    if prose.len() < ENOUGH {
        return None;
    }
    let info = whatlang::detect(prose)?;
    (info.is_reliable() && info.confidence() > 0.9).then(|| code(info.lang()))
}

fn code(language: Lang) -> &'static str {
    match language {
        Lang::Eng => "en",
        Lang::Deu => "de",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Ita => "it",
        Lang::Por => "pt",
        Lang::Nld => "nl",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Bul => "bg",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Bel => "be",
        Lang::Srp => "sr",
        Lang::Hrv => "hr",
        Lang::Slv => "sl",
        Lang::Mkd => "mk",
        Lang::Ell => "el",
        Lang::Tur => "tr",
        Lang::Aze => "az",
        Lang::Heb => "he",
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Urd => "ur",
        Lang::Hin => "hi",
        Lang::Ben => "bn",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Mar => "mr",
        Lang::Guj => "gu",
        Lang::Pan => "pa",
        Lang::Mal => "ml",
        Lang::Kan => "kn",
        Lang::Tha => "th",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Kor => "ko",
        Lang::Jpn => "ja",
        Lang::Cmn => "zh",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "nb",
        Lang::Fin => "fi",
        Lang::Est => "et",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Cat => "ca",
        Lang::Cym => "cy",
        Lang::Kat => "ka",
        Lang::Hye => "hy",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Epo => "eo",
        Lang::Mya => "my",
        Lang::Khm => "km",
        Lang::Sin => "si",
        Lang::Nep => "ne",
        Lang::Amh => "am",
        Lang::Yid => "yi",
        Lang::Uzb => "uz",
        Lang::Tuk => "tk",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Aka => "ak",
        Lang::Jav => "jv",
        Lang::Ori => "or",
        Lang::Tgl => "tl",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_shows_its_language_and_a_few_words_do_not() {
        let german =
            "Der Hafen ist seit Montag zugefroren, und die Schiffe liegen fest. ".repeat(4);
        let korean = "항만이 월요일부터 얼어붙어 배들이 움직이지 못하고 있다. ".repeat(6);
        assert_eq!(of(&german), Some("de"));
        assert_eq!(of(&korean), Some("ko"));
        assert_eq!(of("Der Hafen"), None);
    }
}
