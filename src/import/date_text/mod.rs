//! Dates as people print them, in short texts: bylines, datelines, the line under a title.
//!
//! 1. [`tokens`]: a text cut into numbers, words and signs
//! 2. [`calendar_words`]: the months and weekdays of many languages
//! 3. [`day`]: the shapes a day is printed in
//! 4. [`clock`]: the time and the zone beside it
//! 5. [`dates`]: every date of a text, and what it says as a date of publication

pub mod calendar_words;
mod clock;
pub mod dates;
mod day;
mod tokens;
