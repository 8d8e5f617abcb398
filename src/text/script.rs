//! Scripts whose text says more in fewer characters, and is written without capitals.

/// Whether most letters are Han, kana or Hangul.
pub fn is_east_asian(text: &str) -> bool {
    let (mut east, mut letters) = (0, 0);
    for c in text.chars().take(400).filter(|c| c.is_alphabetic()) {
        letters += 1;
        east += usize::from(is_east_asian_letter(c));
    }
    east * 2 > letters
}

/// Whether any letter is Han, kana or Hangul.
pub fn has_east_asian(text: &str) -> bool {
    text.chars().any(is_east_asian_letter)
}

pub fn is_east_asian_letter(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3005}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
}
