//! The three parts of a briefing, by whatever label a text gives them.

use serde::{Deserialize, Serialize};

/// A part of a briefing: What Happened, Implications, Context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Section {
    WhatHappened,
    Implications,
    Context,
}

impl Section {
    pub const ALL: [Self; 3] = [Self::WhatHappened, Self::Implications, Self::Context];

    /// The anchor of this part, the same in every briefing and every language.
    pub fn id(self) -> &'static str {
        match self {
            Self::WhatHappened => "what-happened",
            Self::Implications => "implications",
            Self::Context => "context",
        }
    }

    /// The part that a heading, a bold run-in or a plain run-in names: case, a colon at its end
    /// and singular or plural don't matter.
    pub fn from_label(label: &str) -> Option<Self> {
        let label = label
            .trim()
            .trim_end_matches([':', '：', '.', '—', '-'])
            .trim_end();
        if label.len() > 40 {
            return None;
        }
        let label = label.to_lowercase();
        LABELS
            .iter()
            .find(|(known, _)| *known == label)
            .map(|&(_, section)| section)
    }
}

/// Labels in lower case, in the languages briefings are written in.
const LABELS: [(&str, Section); 24] = [
    ("what happened", Section::WhatHappened),
    ("what’s happening", Section::WhatHappened),
    ("what's happening", Section::WhatHappened),
    ("what happened?", Section::WhatHappened),
    ("implication", Section::Implications),
    ("implications", Section::Implications),
    ("context", Section::Context),
    ("contexts", Section::Context),
    ("무슨 일이 있었나", Section::WhatHappened),
    ("무슨 일이 있었나?", Section::WhatHappened),
    ("무슨 일이", Section::WhatHappened),
    ("사건 개요", Section::WhatHappened),
    ("시사점", Section::Implications),
    ("함의", Section::Implications),
    ("배경", Section::Context),
    ("맥락", Section::Context),
    ("何が起きたか", Section::WhatHappened),
    ("何が起きたのか", Section::WhatHappened),
    ("示唆", Section::Implications),
    ("意味合い", Section::Implications),
    ("背景", Section::Context),
    ("事件经过", Section::WhatHappened),
    ("影响", Section::Implications),
    ("影響", Section::Implications),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_known_by_any_of_its_labels() {
        for (label, wanted) in [
            ("What Happened", Some(Section::WhatHappened)),
            ("IMPLICATION:", Some(Section::Implications)),
            ("Context：", Some(Section::Context)),
            ("시사점", Some(Section::Implications)),
            ("In this context", None),
        ] {
            assert_eq!(Section::from_label(label), wanted, "{label}");
        }
    }
}
