//! What a line is, beside text: it speaks about the article instead of telling it.

use super::caption::{self, Caption};
use super::line::Line;
use crate::import::date_text::dates::DayMonthOrder;
use crate::import::head_line::{self, HeadLine};

/// What a line is.
#[derive(Debug, Clone, PartialEq)]
pub enum Role {
    Text,
    Head(HeadLine),
    Caption(Caption),
}

/// Reads each line's role.
pub fn roles(lines: &[Line], order: DayMonthOrder) -> Vec<Role> {
    lines
        .iter()
        .map(|line| {
            if let Some(head) = head_line::read(&line.text, order) {
                Role::Head(head)
            } else if let Some(caption) = caption::read(&line.text) {
                Role::Caption(caption)
            } else {
                Role::Text
            }
        })
        .collect()
}
