//! What nothing can be faster than: reads an archive's articles, parses their Markdown, renders
//! one small template for each and writes the pages. No links, no lists, no terms.
//!
//! ```text
//! cargo run --release --example limit -- ARCHIVE OUT
//! ```

use std::error::Error;
use std::fs;
use std::path::Path;

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use tera::{Context, Tera, Value};
use walkdir::WalkDir;

const TEMPLATE: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
                        <title>{{ title }}</title>\n</head>\n<body>\n<h1>{{ title }}</h1>\n\
                        {{ body }}\n</body>\n</html>\n";

fn page(engine: &Tera, from: &Path, to: &Path) -> Result<(), Box<dyn Error + Send + Sync>> {
    let text = fs::read_to_string(from)?;
    let mut parts = text.splitn(3, "+++\n");
    let (front, body) = (
        parts.nth(1).unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    let title = front
        .lines()
        .find_map(|line| line.strip_prefix("title = \""))
        .and_then(|rest| rest.strip_suffix('"'));
    let mut rendered = String::with_capacity(body.len() * 5 / 4);
    html::push_html(&mut rendered, Parser::new_ext(body, Options::all()));
    let mut context = Context::new();
    context.insert("title", title.unwrap_or_default());
    context.insert_value("body", Value::safe_string(&rendered));
    let mut bytes = Vec::with_capacity(16 * 1024);
    engine.render_to("page.html", &context, &mut bytes)?;
    fs::create_dir_all(to)?;
    fs::write(to.join("index.html"), bytes)?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(archive), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("usage: limit ARCHIVE OUT".into());
    };
    let mut engine = Tera::new();
    engine.add_raw_templates([("page.html", TEMPLATE)])?;
    let paths: Vec<_> = WalkDir::new(Path::new(&archive).join("content/briefings"))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|e| e == "md"))
        .map(walkdir::DirEntry::into_path)
        .collect();
    paths.par_iter().try_for_each(|path| {
        let name = path.file_stem().unwrap_or_default();
        page(&engine, path, &Path::new(&out).join(name))
    })
}
