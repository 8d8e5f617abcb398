//! Code in Markdown, which nothing is looked for in.

/// Rewrites everything of `text` outside fenced blocks and code spans, a stretch at a time.
pub fn outside(text: &str, mut rewrite: impl FnMut(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut stretch = String::new();
    let mut fence: Option<(char, usize)> = None;
    for line in text.split_inclusive('\n') {
        let mark = fence_mark(line);
        match (fence, mark) {
            (None, Some(mark)) => {
                spans(&std::mem::take(&mut stretch), &mut rewrite, &mut out);
                fence = Some(mark);
                out.push_str(line);
            }
            (Some((sign, length)), mark) => {
                out.push_str(line);
                let closes = mark.is_some_and(|(s, l)| s == sign && l >= length);
                if closes && line.trim().chars().all(|c| c == sign) {
                    fence = None;
                }
            }
            (None, None) => stretch.push_str(line),
        }
    }
    spans(&stretch, &mut rewrite, &mut out);
    out
}

/// The sign and the length of a fence, which may be indented by three spaces.
fn fence_mark(line: &str) -> Option<(char, usize)> {
    let text = line.trim_start_matches(' ');
    let sign = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = text.chars().take_while(|c| *c == sign).count();
    // A code span may begin a line too: its info string would have a backtick in it.
    let is_fence = length >= 3 && !(sign == '`' && text[length..].contains('`'));
    (is_fence && line.len() - text.len() <= 3).then_some((sign, length))
}

fn spans(text: &str, rewrite: &mut impl FnMut(&str) -> String, out: &mut String) {
    let mut rest = text;
    let mut plain_until = 0;
    while let Some(start) = rest[plain_until..].find('`').map(|at| at + plain_until) {
        let ticks = rest[start..].bytes().take_while(|b| *b == b'`').count();
        match closing(&rest[start + ticks..], ticks) {
            Some(end) => {
                let end = start + ticks + end;
                out.push_str(&rewrite(&rest[..start]));
                out.push_str(&rest[start..end]);
                rest = &rest[end..];
                plain_until = 0;
            }
            None => plain_until = start + ticks,
        }
    }
    if !rest.is_empty() {
        out.push_str(&rewrite(rest));
    }
}

/// Where a span opened by so many backticks ends; a paragraph's end ends the search.
fn closing(text: &str, ticks: usize) -> Option<usize> {
    let text = text.split("\n\n").next().unwrap_or(text);
    let mut at = 0;
    while let Some(found) = text[at..].find('`') {
        let start = at + found;
        let length = text[start..].bytes().take_while(|b| *b == b'`').count();
        if length == ticks {
            return Some(start + length);
        }
        at = start + length;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::outside;

    #[test]
    fn code_is_left_alone() {
        for (text, wanted) in [
            ("a `a` a", "b `a` b"),
            ("a\n```\na\n```\na", "b\n```\na\n```\nb"),
            ("~~~\na\n```\na\n~~~\na", "~~~\na\n```\na\n~~~\nb"),
            ("``a ` a`` a", "``a ` a`` b"),
            ("a ` a", "b ` b"),
            ("```\na", "```\na"),
        ] {
            assert_eq!(outside(text, |s| s.replace('a', "b")), wanted, "{text}");
        }
    }
}
