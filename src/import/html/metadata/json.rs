//! JSON as pages really write it: commented out, with trailing commas, raw line breaks and
//! unescaped quotes in strings, HTML entities for quotes, cut off at the end.
//!
//! [`read`] tries `serde_json` first and repairs only what that refuses.

use serde_json::{Map, Value};

/// Deeper nesting is refused: no honest page needs it.
const DEPTH: usize = 64;
/// Longer scripts are data, not a description of an article.
const LENGTH: usize = 1 << 20;

/// The values of a script, in their order; what can't be understood is left out.
pub(super) fn read(script: &str) -> Vec<Value> {
    let source = unwrapped(script);
    if source.is_empty() || source.len() > LENGTH {
        return Vec::new();
    }
    if let Ok(value) = serde_json::from_str(source) {
        return vec![value];
    }
    let decoded;
    let source = if !source.contains('"') && source.contains("&quot;") {
        decoded = source.replace("&quot;", "\"");
        &decoded
    } else {
        source
    };
    let mut reader = Reader {
        rest: source,
        depth: 0,
    };
    let mut values = Vec::new();
    loop {
        reader.skip_to(|c| c == '{' || c == '[');
        if reader.rest.is_empty() {
            return values;
        }
        if let Some(value) = reader.value() {
            values.push(value);
        }
    }
}

/// Without the comment and CDATA marks that once hid scripts from old browsers.
fn unwrapped(script: &str) -> &str {
    let mut source = script.trim();
    for mark in ["<!--", "//", "/*", "<![CDATA[", "*/"] {
        source = source.strip_prefix(mark).unwrap_or(source).trim_start();
    }
    for mark in ["-->", "*/", "]]>", "/*", "//", ";"] {
        source = source.strip_suffix(mark).unwrap_or(source).trim_end();
    }
    source
}

/// Reads what is left of a source, forgiving.
struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn step(&mut self) {
        let mut chars = self.rest.chars();
        chars.next();
        self.rest = chars.as_str();
    }

    fn skip_to(&mut self, wanted: impl Fn(char) -> bool) {
        self.rest = self.rest.find(wanted).map_or("", |at| &self.rest[at..]);
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn value(&mut self) -> Option<Value> {
        self.skip_space();
        match self.peek()? {
            '{' => self.nested(Self::object),
            '[' => self.nested(Self::array),
            '"' => Some(Value::String(self.string())),
            _ => self.word(),
        }
    }

    fn nested(&mut self, read: impl Fn(&mut Self) -> Value) -> Option<Value> {
        self.step();
        if self.depth == DEPTH {
            self.rest = "";
            return None;
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        Some(value)
    }

    fn object(&mut self) -> Value {
        let mut object = Map::new();
        loop {
            self.skip_to(|c| c == '"' || c == '}');
            match self.peek() {
                Some('"') => {
                    let key = self.string();
                    self.skip_space();
                    if self.peek() != Some(':') {
                        continue;
                    }
                    self.step();
                    if let Some(value) = self.value() {
                        object.insert(key, value);
                    }
                }
                Some(_) => {
                    self.step();
                    return Value::Object(object);
                }
                None => return Value::Object(object),
            }
        }
    }

    fn array(&mut self) -> Value {
        let mut items = Vec::new();
        loop {
            self.rest = self
                .rest
                .trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            match self.peek() {
                Some(']') => {
                    self.step();
                    return Value::Array(items);
                }
                // A brace closes what this array stands in.
                None | Some('}') => return Value::Array(items),
                Some(_) => {
                    if let Some(item) = self.value() {
                        items.push(item);
                    }
                }
            }
        }
    }

    /// A string ends at the quote after which JSON goes on; other quotes are part of it.
    fn string(&mut self) -> String {
        self.step();
        let mut text = String::new();
        while let Some(c) = self.peek() {
            self.step();
            match c {
                '"' if self.ends_string() => break,
                '\\' => self.escape(&mut text),
                c if c.is_control() => text.push(' '),
                c => text.push(c),
            }
        }
        text
    }

    fn ends_string(&self) -> bool {
        let rest = self.rest.trim_start();
        match rest.chars().next() {
            None | Some(':' | '}' | ']') => true,
            // In prose a comma is followed by a word, in JSON by a quote, a value or an end.
            Some(',') => {
                rest[1..]
                    .trim_start()
                    .starts_with([',', '"', '{', '[', '}', ']', 't', 'f', 'n', '-'])
                    || rest[1..]
                        .trim_start()
                        .starts_with(|c: char| c.is_ascii_digit())
                    || rest.len() == 1
            }
            // A missing comma between two lines.
            Some('"') => self.rest.starts_with(['\n', '\r']),
            Some(_) => false,
        }
    }

    fn escape(&mut self, text: &mut String) {
        let Some(c) = self.peek() else { return };
        self.step();
        match c {
            'n' | 'r' | 't' | 'b' | 'f' => text.push(' '),
            'u' => match self.code_unit() {
                Some(high @ 0xd800..=0xdbff) => {
                    let low = self.rest.strip_prefix("\\u").and_then(|rest| {
                        u32::from_str_radix(rest.get(..4)?, 16)
                            .ok()
                            .filter(|low| (0xdc00..=0xdfff).contains(low))
                    });
                    if let Some(low) = low {
                        self.rest = &self.rest[6..];
                        let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                        text.extend(char::from_u32(code));
                    }
                }
                Some(code) => text.extend(char::from_u32(code)),
                None => text.push('u'),
            },
            other => text.push(other),
        }
    }

    fn code_unit(&mut self) -> Option<u32> {
        let digits = self.rest.get(..4)?;
        let code = u32::from_str_radix(digits, 16).ok()?;
        self.rest = &self.rest[4..];
        Some(code)
    }

    /// A number, `true`, or anything else up to the next sign of structure.
    fn word(&mut self) -> Option<Value> {
        let end = self
            .rest
            .find([',', '}', ']', '\n'])
            .unwrap_or(self.rest.len());
        let word = self.rest[..end].trim();
        let value = serde_json::from_str(word).ok().or_else(|| {
            let bare = word.trim_matches('\'');
            (!bare.is_empty()).then(|| Value::String(bare.to_owned()))
        });
        self.rest = &self.rest[end..];
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn broken_json_is_read_as_it_was_meant() {
        for (case, script) in [
            ("sound", r#"{"a": "x", "b": ["y"]}"#),
            ("trailing commas", r#"{"a": "x", "b": ["y",],}"#),
            (
                "a comment around it",
                "<!-- {\"a\": \"x\", \"b\": [\"y\"]} -->",
            ),
            (
                "CDATA",
                "//<![CDATA[\n{\"a\": \"x\", \"b\": [\"y\"]}\n//]]>",
            ),
            ("a semicolon", r#"{"a": "x", "b": ["y"]};"#),
            (
                "entities",
                "{&quot;a&quot;: &quot;x&quot;, &quot;b&quot;: [&quot;y&quot;]}",
            ),
            ("cut off", r#"{"a": "x", "b": ["y""#),
            ("a comma missing", "{\"a\": \"x\"\n\"b\": [\"y\"]}"),
            ("two commas", r#"{"a": "x",, "b": ["y"]}"#),
        ] {
            assert_eq!(read(script), [json!({"a": "x", "b": ["y"]})], "{case}");
        }
    }

    #[test]
    fn strings_keep_their_quotes_breaks_and_escapes() {
        assert_eq!(
            read(
                "{\"a\": \"the \"ice\" breaker\", \"b\": \"one\ntwo\", \"c\": \"it\\'s \\u00e9 \\ud83d\\ude00\"}"
            ),
            [json!({"a": "the \"ice\" breaker", "b": "one two", "c": "it's é 😀"})]
        );
    }

    #[test]
    fn several_values_stand_in_one_script() {
        assert_eq!(
            read(r#"{"a": 1} {"a": 2}"#),
            [json!({"a": 1}), json!({"a": 2})]
        );
    }

    #[test]
    fn nonsense_ends() {
        assert_eq!(read(""), Vec::<Value>::new());
        assert_eq!(read("window.x = 1"), Vec::<Value>::new());
        read(&"[".repeat(100_000));
        read(&"{\"a\":".repeat(100_000));
        read(&"\"".repeat(10_000));
    }
}
