//! What is measured of a page once, before its blocks are looked at one by one: how much text
//! every element holds and of what kind, and where the running text is densest.

use std::collections::{HashMap, HashSet};

use super::block::{Block, key};
use super::class_words::{Kinds, kinds};
use super::told::Told;
use super::tree::{NodeId, Tree};
use crate::import::paste::features::wording::{content_words, shares};
use crate::import::paste::line::ends_sentence;
use crate::import::phrases::{self, Topics};
use crate::text::script::is_east_asian;

/// What is seen of a block by itself.
#[derive(Debug)]
pub struct Seen {
    /// Characters, East Asian ones counted as what they say in other scripts.
    pub weight: usize,
    /// Percent of its characters that are in links.
    pub linked: usize,
    pub ends_sentence: bool,
    /// Running text: long, a sentence, few links.
    pub is_prose: bool,
    pub topics: Topics,
    /// Percent of its words that are little ones, and that have a capital.
    pub little: usize,
    pub capitals: usize,
    pub words: usize,
}

impl Seen {
    /// What stands beyond the ends of a page.
    pub fn nobody() -> Self {
        Self {
            weight: 0,
            linked: 0,
            ends_sentence: false,
            is_prose: false,
            topics: Topics::default(),
            little: 0,
            capitals: 0,
            words: 0,
        }
    }
}

/// Sums over the blocks of an element.
#[derive(Debug, Clone, Copy, Default)]
pub struct Measure {
    pub chars: usize,
    pub link_chars: usize,
    /// Characters of running text.
    pub prose: usize,
    /// Blocks of running text.
    pub paragraphs: usize,
    pub blocks: usize,
}

impl Measure {
    /// What has come since an earlier place; nothing if that place is later.
    fn since(self, earlier: Self) -> Self {
        Self {
            chars: self.chars.saturating_sub(earlier.chars),
            link_chars: self.link_chars.saturating_sub(earlier.link_chars),
            prose: self.prose.saturating_sub(earlier.prose),
            paragraphs: self.paragraphs.saturating_sub(earlier.paragraphs),
            blocks: self.blocks.saturating_sub(earlier.blocks),
        }
    }
}

/// The measures of a page.
pub struct Landscape<'a> {
    pub tree: &'a Tree,
    pub blocks: &'a [Block],
    pub seen: Vec<Seen>,
    /// Sums of all blocks before a node.
    before: Vec<Measure>,
    /// By node.
    pub kinds: Vec<Kinds>,
    /// By node: how well it would do as the article's container.
    pub scores: Vec<f32>,
    /// The element with the best score.
    pub best: NodeId,
    /// The smallest elements that hold half, three quarters and nearly all of the running text.
    pub cores: [NodeId; 3],
    /// How often a block's text stands on the page.
    pub copies: HashMap<&'a str, usize>,
    /// How many elements share a parent, a name and a class, by the first of them.
    pub alike: HashMap<(NodeId, &'a str, &'a str), usize>,
    /// What blocks of one element name and class have in common: how many there are, how many of
    /// them are running text, and their characters.
    pub families: HashMap<(&'a str, &'a str), (usize, usize, usize)>,
    /// The words of the running text where it is densest, and how many blocks use each.
    pub words: HashMap<String, u32>,
    /// By node: pictures before it.
    pub pictures: Vec<u32>,
    /// The page's titles, as letters and digits only.
    pub titles: Vec<String>,
    /// The block of the first main heading.
    pub heading: Option<usize>,
    /// What the page's data says of its text.
    pub told: Told,
}

impl<'a> Landscape<'a> {
    pub fn of(tree: &'a Tree, blocks: &'a [Block], told: Told) -> Self {
        let seen: Vec<Seen> = blocks.iter().map(see).collect();
        let before = sums(tree, blocks, &seen);
        let kinds = std::iter::once(tree.root())
            .chain(tree.descendants(tree.root()))
            .map(|node| kinds(tree, node))
            .collect();
        let mut landscape = Self {
            tree,
            blocks,
            seen,
            before,
            kinds,
            scores: Vec::new(),
            best: tree.root(),
            cores: [tree.root(); 3],
            copies: HashMap::new(),
            alike: HashMap::new(),
            families: HashMap::new(),
            words: HashMap::new(),
            pictures: pictures(tree),
            titles: titles(tree),
            heading: None,
            told,
        };
        landscape.score();
        landscape.cores = [50, 75, 95].map(|percent| landscape.core(percent));
        landscape.count();
        landscape
    }

    /// The sums over the blocks in an element.
    pub fn measure(&self, node: NodeId) -> Measure {
        self.before[self.tree.end(node)].since(self.before[node.index()])
    }

    /// The sums over the blocks before one.
    pub fn measure_before(&self, block: usize) -> Measure {
        self.before[self.blocks[block].nodes[0].index()]
    }

    /// The sums over the blocks of an element before and behind one of them; nothing where the
    /// block stands outside.
    pub fn around(&self, node: NodeId, block: usize) -> (Measure, Measure) {
        let start = self.before[node.index()];
        let end = self.before[self.tree.end(node)];
        let own = self.measure_before(block);
        let behind = self.before[(self.blocks[block].nodes[0].index() + 1).min(self.tree.size())];
        (own.since(start), end.since(behind))
    }

    /// The blocks that begin in an element.
    pub fn blocks_in(&self, node: NodeId) -> std::ops::Range<usize> {
        let (start, end) = (node.index(), self.tree.end(node));
        let before = |limit: usize| {
            self.blocks
                .partition_point(|block| block.nodes[0].index() < limit)
        };
        before(start)..before(end)
    }

    pub fn whole(&self) -> Measure {
        self.measure(self.tree.root())
    }

    /// Every paragraph speaks for the elements around it, the nearer the more (Readability's idea).
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    fn score(&mut self) {
        self.scores = vec![0.0; self.tree.size()];
        for (block, seen) in self.blocks.iter().zip(&self.seen) {
            if seen.weight < 25 || seen.linked > 60 {
                continue;
            }
            let commas = block.text.matches([',', '，', '、', '。']).take(20).count();
            let score = 1.0 + commas as f32 + (seen.weight as f32 / 100.0).min(3.0);
            let outer = std::iter::once(block.element).chain(self.tree.ancestors(block.element));
            for (at, node) in outer.skip(1).take(4).enumerate() {
                self.scores[node.index()] += score / [1.0, 2.0, 6.0, 9.0][at];
            }
        }
        let mut best = (0.0, self.tree.root());
        for node in self.tree.descendants(self.tree.root()) {
            let Measure {
                chars, link_chars, ..
            } = self.measure(node);
            let score = self.scores[node.index()] * (1.0 - link_chars as f32 / chars.max(1) as f32);
            if score > best.0 {
                best = (score, node);
            }
        }
        self.best = best.1;
    }

    fn core(&self, percent: usize) -> NodeId {
        let whole = self.whole().prose;
        let mut core = self.tree.root();
        while let Some(inner) = self
            .tree
            .children(core)
            .find(|&child| self.measure(child).prose * 100 >= whole * percent)
        {
            if whole == 0 {
                break;
            }
            core = inner;
        }
        core
    }

    fn count(&mut self) {
        for (at, block) in self.blocks.iter().enumerate() {
            *self.copies.entry(block.text.as_str()).or_insert(0) += 1;
            let family = self.families.entry(family(self.tree, block)).or_default();
            family.0 += 1;
            family.1 += usize::from(self.seen[at].is_prose);
            family.2 += block.chars;
            if self.seen[at].is_prose && self.tree.contains(self.cores[1], block.nodes[0]) {
                let lower = block.text.to_lowercase();
                let words: HashSet<&str> = content_words(&lower).collect();
                for word in words {
                    *self.words.entry(word.to_owned()).or_insert(0) += 1;
                }
            }
            if self.heading.is_none() && self.tree.name(block.element) == Some("h1") {
                self.heading = Some(at);
            }
        }
        for node in self.tree.descendants(self.tree.root()) {
            if let (Some(parent), Some(name)) = (self.tree.parent(node), self.tree.name(node)) {
                let class = self.tree.attribute(node, "class").unwrap_or_default();
                *self.alike.entry((parent, name, class)).or_insert(0) += 1;
            }
        }
    }

    /// How many siblings of an element look like it.
    pub fn alike(&self, node: NodeId) -> usize {
        let class = self.tree.attribute(node, "class").unwrap_or_default();
        self.tree
            .parent(node)
            .zip(self.tree.name(node))
            .and_then(|(parent, name)| self.alike.get(&(parent, name, class)))
            .copied()
            .unwrap_or(0)
    }
}

/// The name and the class of a block's element.
pub fn family<'a>(tree: &'a Tree, block: &Block) -> (&'a str, &'a str) {
    (
        tree.name(block.element).unwrap_or_default(),
        tree.attribute(block.element, "class").unwrap_or_default(),
    )
}

fn pictures(tree: &Tree) -> Vec<u32> {
    let mut count = 0;
    (0..tree.size())
        .map(|at| {
            let before = count;
            let name = tree.at(at).and_then(|node| tree.name(node));
            count += u32::from(matches!(name, Some("img" | "video" | "picture" | "iframe")));
            before
        })
        .collect()
}

fn see(block: &Block) -> Seen {
    let lower = block.text.to_lowercase();
    let weight = if is_east_asian(&block.text) {
        block.chars * 5 / 2
    } else {
        block.chars
    };
    let linked = block.link_chars * 100 / block.chars.max(1);
    let ends_sentence = ends_sentence(&block.text);
    let (little, capitals) = shares(&block.text, &lower);
    Seen {
        weight,
        linked,
        ends_sentence,
        is_prose: linked < 50 && (weight >= 80 && ends_sentence || weight >= 150),
        topics: phrases::topics(&lower),
        little,
        capitals,
        words: block.text.split(' ').count(),
    }
}

fn sums(tree: &Tree, blocks: &[Block], seen: &[Seen]) -> Vec<Measure> {
    let mut before = Vec::with_capacity(tree.size() + 1);
    let mut sum = Measure::default();
    let mut next = blocks.iter().zip(seen).peekable();
    for index in 0..tree.size() {
        before.push(sum);
        // A block counts where its text begins.
        if let Some((block, seen)) = next.next_if(|(block, _)| block.nodes[0].index() == index) {
            sum.chars += block.chars;
            sum.link_chars += block.link_chars;
            sum.blocks += 1;
            if seen.is_prose {
                sum.prose += seen.weight;
                sum.paragraphs += 1;
            }
        }
    }
    before.push(sum);
    before
}

fn titles(tree: &Tree) -> Vec<String> {
    let declared = tree
        .elements("meta")
        .filter(|&meta| {
            ["property", "name"].iter().any(|attribute| {
                matches!(
                    tree.attribute(meta, attribute),
                    Some("og:title" | "twitter:title")
                )
            })
        })
        .filter_map(|meta| tree.attribute(meta, "content"))
        .map(key);
    let head = tree.elements("title").map(|title| key(&tree.text(title)));
    declared
        .chain(head)
        .filter(|title| title.len() >= 6)
        .take(4)
        .collect()
}
