//! The annotated pages, each block with what is known of it.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use briefbook::import::charset::decode;
use briefbook::import::draft::Setting;
use briefbook::import::html::block::{Block, blocks, key};
use briefbook::import::html::features::{add_context, rows};
use briefbook::import::html::forest::Forest;
use briefbook::import::html::landscape::Landscape;
use briefbook::import::html::metadata::{self, Metadata};
use briefbook::import::html::told::Told;
use briefbook::import::html::tree::Tree;
use serde_json::Value;

/// How much a label weighs that comes from annotators, from a whole reference, and from other
/// extractors that agree.
const ANNOTATED: f32 = 30.0;
const REFERENCE: f32 = 0.4;
const AGREED: f32 = 0.3;

/// An annotated page.
pub(crate) struct Page {
    pub id: String,
    pub tree: Tree,
    pub metadata: Metadata,
    pub blocks: Vec<Block>,
    pub rows: Vec<Vec<f32>>,
    /// By block: whether it belongs to the article, and how sure that is.
    pub labels: Vec<Option<(bool, f32)>>,
    /// Pieces of text that belong to the article and that do not.
    pub with: Vec<String>,
    pub without: Vec<String>,
    /// The wanted HTML of the article.
    pub expected: Option<String>,
}

/// Reads one set: `annotations.json` in `set`, pages in `pages`, texts of other extractors in
/// folders of `teachers`.
pub(crate) fn read(set: &Path, pages: &Path, teachers: &[String]) -> Vec<Page> {
    let text =
        fs::read_to_string(set.join("annotations.json")).expect("annotations.json of the set");
    let annotations: Value = serde_json::from_str(&text).expect("annotations are JSON");
    let listed: Vec<_> = annotations["pages"]
        .as_object()
        .into_iter()
        .flatten()
        .collect();
    listed
        .iter()
        .filter_map(|(id, annotation)| {
            let bytes = fs::read(pages.join(format!("{id}.html"))).ok()?;
            let told: Vec<Teacher> = teachers
                .iter()
                .filter_map(|folder| {
                    fs::read_to_string(Path::new(folder).join(format!("{id}.txt"))).ok()
                })
                .map(|text| Teacher::of(text.lines()))
                .collect();
            Some(page(id, &decode(&bytes, None).text, annotation, &told))
        })
        .collect()
}

fn page(id: &str, html: &str, annotation: &Value, told: &[Teacher]) -> Page {
    let tree = Tree::parse(html);
    let blocks = blocks(&tree);
    let metadata = metadata::read(&tree, &Setting::default());
    let rows: Vec<Vec<f32>> = rows(&Landscape::of(&tree, &blocks, Told::of(&metadata)))
        .into_iter()
        .map(|row| row.values)
        .collect();
    let pieces = |name: &str| -> Vec<String> {
        let listed = annotation[name].as_array().into_iter().flatten();
        listed.filter_map(Value::as_str).map(squeeze).collect()
    };
    let mut page = Page {
        id: id.to_owned(),
        labels: vec![None; blocks.len()],
        with: pieces("with"),
        without: pieces("without"),
        expected: annotation["expected_html"].as_str().map(str::to_owned),
        tree,
        metadata,
        blocks,
        rows,
    };
    page.label(told);
    page
}

impl Page {
    pub(crate) fn landscape(&self) -> Landscape<'_> {
        Landscape::of(&self.tree, &self.blocks, Told::of(&self.metadata))
    }

    /// Its rows with what a forest says about them.
    pub(crate) fn rows_in_context(&self, forest: &Forest) -> Vec<Vec<f32>> {
        let landscape = self.landscape();
        let mut rows = rows(&landscape);
        let chances: Vec<f32> = rows.iter().map(|row| forest.chance(&row.values)).collect();
        add_context(&landscape, &chances, &mut rows);
        rows.into_iter().map(|row| row.values).collect()
    }

    fn label(&mut self, told: &[Teacher]) {
        let keys: Vec<String> = self.blocks.iter().map(|block| key(&block.text)).collect();
        if let Some(expected) = &self.expected {
            let wanted = self::blocks(&Tree::parse(expected));
            let wanted = Teacher::of(wanted.iter().map(|block| block.text.as_str()));
            for (key, label) in keys.iter().zip(&mut self.labels) {
                *label = Some((wanted.tells(key), REFERENCE));
            }
            return;
        }
        if let [first, second] = told
            && (first.all.len() > 200 || second.all.len() > 200)
        {
            for (key, label) in keys.iter().zip(&mut self.labels) {
                let (a, b) = (first.tells(key), second.tells(key));
                if a == b {
                    *label = Some((a, AGREED));
                }
            }
        }
        for (pieces, belongs) in [(&self.with, true), (&self.without, false)] {
            for piece in pieces {
                let piece = key(piece);
                if piece.is_empty() {
                    continue;
                }
                let found: Vec<usize> = (0..keys.len())
                    .filter(|&at| {
                        keys[at].contains(&piece)
                            || keys[at].len() > 20 && piece.contains(&keys[at])
                    })
                    .collect();
                // What belongs to the article may stand in a teaser as well: only one is right.
                if belongs && found.len() > 3 {
                    continue;
                }
                for at in found {
                    let agreed = matches!(self.labels[at], Some((true, _)));
                    if !belongs || !agreed || self.labels[at].is_some() {
                        self.labels[at] = Some((belongs, ANNOTATED));
                    }
                }
            }
        }
    }
}

/// What another extractor found, by its lines, to be asked whether a block is in it.
struct Teacher {
    all: String,
    lines: HashSet<String>,
}

impl Teacher {
    fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let lines: Vec<String> = lines.map(key).collect();
        Self {
            all: lines.concat(),
            lines: lines.into_iter().collect(),
        }
    }

    fn tells(&self, key: &str) -> bool {
        if key.len() < 30 {
            !key.is_empty() && self.lines.contains(key)
        } else {
            self.all.contains(key)
        }
    }
}

/// White space collapsed.
pub(crate) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
