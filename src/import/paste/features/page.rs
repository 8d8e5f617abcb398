//! Where a line stands: its neighbours, the prose around it, its place on the page.

use std::collections::HashMap;

use super::group::Group;
use super::shape::{self, SHAPES, Shape, step};
use super::wording;
use crate::import::paste::line::Line;
use crate::import::paste::role::Role;
use crate::import::phrases::{self, Topic, Topics};

/// A page, measured once; every line's features come from here.
pub struct Page<'a> {
    lines: &'a [Line],
    roles: &'a [Role],
    seen: Vec<Seen>,
    /// Characters of prose before each line, and at the end all of them.
    prose: Vec<usize>,
    /// Where each text stands first and last.
    copies: HashMap<&'a str, (usize, usize)>,
    /// How many lines of prose use a word.
    words: HashMap<u64, u32>,
    longest: usize,
    paragraph_before: Vec<Option<usize>>,
    paragraph_behind: Vec<Option<usize>>,
    /// For each of [`HEADINGS`] and each line, the lines since.
    since: [Vec<Option<usize>>; HEADINGS.len()],
    /// Each line's block of paragraphs, and what each block holds.
    block: Vec<usize>,
    blocks: Vec<usize>,
    largest_block: usize,
}

/// What is measured of every line before looking at neighbours.
struct Seen {
    weight: usize,
    shape: Shape,
    topics: Topics,
    /// It is hardly more than a phrase of furniture.
    alone: bool,
}

/// Headings after which a page seldom returns to its article.
const HEADINGS: [(Topic, Group); 5] = [
    (Topic::Comments, Group::SinceComments),
    (Topic::Related, Group::SinceRelated),
    (Topic::Legal, Group::SinceLegal),
    (Topic::AuthorBox, Group::SinceAuthorBox),
    (Topic::Tags, Group::SinceTags),
];

/// Lines without prose that part two blocks of paragraphs.
const BLOCK_GAP: usize = 5;

impl<'a> Page<'a> {
    pub fn new(lines: &'a [Line], roles: &'a [Role]) -> Self {
        let mut words = HashMap::new();
        let seen: Vec<Seen> = lines
            .iter()
            .map(|line| {
                let lower = line.text.to_lowercase();
                let seen = see(line, &lower);
                if seen.shape.is_prose() {
                    for word in wording::content_words(&lower) {
                        *words.entry(hash(word)).or_insert(0) += 1;
                    }
                }
                seen
            })
            .collect();
        let mut copies: HashMap<&str, (usize, usize)> = HashMap::new();
        for (at, line) in lines.iter().enumerate() {
            copies.entry(line.text.as_str()).or_insert((at, at)).1 = at;
        }
        let mut prose = vec![0];
        let mut total = 0;
        for one in &seen {
            total += if one.shape.is_prose() { one.weight } else { 0 };
            prose.push(total);
        }
        let (block, blocks) = blocks(&seen);
        let largest_block = (0..blocks.len())
            .max_by_key(|&at| (blocks[at], std::cmp::Reverse(at)))
            .unwrap_or(0);
        let mut paragraph_behind = nearest(&seen, (0..lines.len()).rev());
        paragraph_behind.reverse();
        Self {
            lines,
            roles,
            prose,
            copies,
            words,
            longest: seen.iter().map(|one| one.weight).max().unwrap_or(0),
            paragraph_before: nearest(&seen, 0..lines.len()),
            paragraph_behind,
            since: HEADINGS.map(|(topic, _)| since(&seen, topic)),
            block,
            blocks,
            largest_block,
            seen,
        }
    }

    /// Puts the features of a line into `found`, in place of what was there.
    pub fn features(&self, at: usize, found: &mut Vec<u16>) {
        found.clear();
        found.push(Group::Bias.feature(0));
        let line = &self.lines[at];
        let seen = &self.seen[at];
        let lower = line.text.to_lowercase();
        shape::add(line, seen.weight, found);
        wording::add(&line.text, &lower, seen.weight, seen.topics, found);
        self.itself(at, &lower, found);
        self.neighbours(at, found);
        self.prose_around(at, found);
        self.place(at, found);
    }

    /// What the page says about the line itself.
    fn itself(&self, at: usize, lower: &str, found: &mut Vec<u16>) {
        let seen = &self.seen[at];
        let mut add = |group: Group, step: usize| found.push(group.feature(step));
        if let Some(role) = role_step(&self.roles[at]) {
            add(Group::Role, role);
        }
        if seen.alone {
            for topic in seen.topics.numbers() {
                add(Group::TopicAlone, topic);
            }
        }
        if let Some(&(first, last)) = self.copies.get(self.lines[at].text.as_str())
            && first != last
        {
            add(
                Group::Copied,
                usize::from(at != first) + usize::from(at != first && at != last),
            );
        }
        add(Group::Shared, self.shared(at, lower));
        add(
            Group::LengthToLongest,
            step(
                seen.weight * 100 / self.longest.max(1),
                &[5, 15, 30, 50, 80],
            ),
        );
    }

    fn neighbours(&self, at: usize, found: &mut Vec<u16>) {
        let mut add = |group: Group, step: usize| found.push(group.feature(step));
        let sides = [
            (at.checked_sub(1), Side::BEFORE),
            (Some(at + 1), Side::BEHIND),
        ];
        for (next, side) in sides {
            let Some((next, one)) = next.and_then(|next| Some((next, self.seen.get(next)?))) else {
                add(side.shape, SHAPES);
                continue;
            };
            add(side.shape, one.shape as usize);
            if one.alone {
                for topic in one.topics.numbers() {
                    add(side.topic, topic);
                }
            }
            if let Some(role) = role_step(&self.roles[next]) {
                add(side.role, role);
            }
            if self.lines[next].bullet {
                add(side.bullet, 0);
            }
        }
        let shape = |at: Option<usize>| {
            at.and_then(|at| self.seen.get(at))
                .map_or(SHAPES, |one| one.shape as usize)
        };
        add(Group::TwoBefore, shape(at.checked_sub(2)));
        add(Group::TwoBehind, shape(Some(at + 2)));
        if self.lines.get(at + 1).is_none_or(|next| next.gap) {
            add(Group::GapAfter, 0);
        }
        add(Group::Run, step(self.run(at), &[2, 3, 5, 10, 20]));
    }

    fn prose_around(&self, at: usize, found: &mut Vec<u16>) {
        let mut add = |group: Group, step: usize| found.push(group.feature(step));
        let prose = |from: usize, to: usize| {
            let to = to.min(self.lines.len());
            self.prose[to] - self.prose[from.min(to)]
        };
        let steps = &[1, 80, 200, 400, 800, 1600, 3200];
        for (group, from, to) in [
            (Group::ProseNear, at.saturating_sub(2), at + 3),
            (Group::ProseWide, at.saturating_sub(8), at + 9),
            (Group::ProseJustBefore, at.saturating_sub(4), at),
            (Group::ProseJustBehind, at + 1, at + 5),
        ] {
            add(group, step(prose(from, to), steps));
        }
        let far = |to: Option<usize>| to.map_or(6, |to| step(to.abs_diff(at), &[2, 3, 5, 9, 17]));
        add(Group::ParagraphBefore, far(self.paragraph_before[at]));
        add(Group::ParagraphBehind, far(self.paragraph_behind[at]));
    }

    fn place(&self, at: usize, found: &mut Vec<u16>) {
        let mut add = |group: Group, step: usize| found.push(group.feature(step));
        let all = self.prose[self.lines.len()];
        let percent = |part: usize| part * 100 / all.max(1);
        let shares = &[1, 10, 30, 50, 70, 90, 100];
        add(Group::ProseBefore, step(percent(self.prose[at]), shares));
        add(
            Group::ProseBehind,
            step(percent(all - self.prose[at + 1]), shares),
        );
        let amount = step(all, &[200, 800, 2000, 5000, 15_000]);
        add(
            Group::PageProse,
            amount * SHAPES + self.seen[at].shape as usize,
        );
        let own = self.block[at];
        add(
            Group::LargestBlock,
            match own.cmp(&self.largest_block) {
                std::cmp::Ordering::Equal => 0,
                std::cmp::Ordering::Less => 1,
                std::cmp::Ordering::Greater => 2,
            },
        );
        let held = self.blocks.get(own).copied().unwrap_or(0);
        add(Group::OwnBlock, step(percent(held), &[1, 10, 30, 60, 90]));
        for ((_, group), since) in HEADINGS.iter().zip(&self.since) {
            if let Some(lines) = since[at] {
                add(*group, step(lines, &[2, 5, 15, 50]));
            }
        }
    }

    /// How many of its words the page's prose uses too.
    fn shared(&self, at: usize, lower: &str) -> usize {
        let own = u32::from(self.seen[at].shape.is_prose());
        let (mut words, mut shared) = (0, 0);
        for word in wording::content_words(lower).take(60) {
            words += 1;
            shared += usize::from(self.words.get(&hash(word)).is_some_and(|&n| n > own));
        }
        if words == 0 {
            return 6;
        }
        step(shared * 100 / words, &[1, 20, 40, 60, 80])
    }

    fn run(&self, at: usize) -> usize {
        let shape = self.seen[at].shape;
        let same = |other: &&Seen| other.shape == shape;
        let before = self.seen[..at].iter().rev().take(20).take_while(same);
        let behind = self.seen[at + 1..].iter().take(20).take_while(same);
        before.count() + behind.count() + 1
    }
}

/// What a neighbour is seen by, before and behind.
struct Side {
    shape: Group,
    topic: Group,
    role: Group,
    bullet: Group,
}

impl Side {
    const BEFORE: Self = Self {
        shape: Group::Before,
        topic: Group::TopicBefore,
        role: Group::RoleBefore,
        bullet: Group::BulletBefore,
    };
    const BEHIND: Self = Self {
        shape: Group::Behind,
        topic: Group::TopicBehind,
        role: Group::RoleBehind,
        bullet: Group::BulletBehind,
    };
}

fn see(line: &Line, lower: &str) -> Seen {
    let weight = shape::weight(line);
    let topics = phrases::topics(lower);
    Seen {
        weight,
        shape: shape::shape(line, weight),
        topics,
        alone: !topics.is_empty() && weight < 40 && lower.split(' ').count() <= 4,
    }
}

fn role_step(role: &Role) -> Option<usize> {
    match role {
        Role::Text => None,
        Role::Head(head) if head.byline.is_some() => Some(0),
        Role::Head(_) => Some(1),
        Role::Caption(_) => Some(2),
    }
}

/// For each line of a walk over the page, the last line of prose before it.
fn nearest(seen: &[Seen], walk: impl Iterator<Item = usize>) -> Vec<Option<usize>> {
    let mut last = None;
    walk.map(|at| {
        let before = last;
        if seen[at].shape.is_prose() {
            last = Some(at);
        }
        before
    })
    .collect()
}

/// Lines since a heading of this topic stood alone.
fn since(seen: &[Seen], topic: Topic) -> Vec<Option<usize>> {
    let mut lines: Option<usize> = None;
    seen.iter()
        .map(|one| {
            let here = lines;
            lines = if one.alone && one.topics.contains(topic) {
                Some(0)
            } else {
                lines.map(|lines| lines + 1)
            };
            here
        })
        .collect()
}

/// Parts the page into blocks of paragraphs that stand close together: each line's block, and the
/// characters of prose in each.
fn blocks(seen: &[Seen]) -> (Vec<usize>, Vec<usize>) {
    let mut block = Vec::with_capacity(seen.len());
    let mut blocks = vec![0];
    let mut without = 0;
    for one in seen {
        if one.shape.is_prose() {
            without = 0;
        } else {
            without += 1;
            if without == BLOCK_GAP && blocks.last() != Some(&0) {
                blocks.push(0);
            }
        }
        let last = blocks.len() - 1;
        if one.shape.is_prose() {
            blocks[last] += one.weight;
        }
        block.push(last);
    }
    (block, blocks)
}

/// Words are only counted, so that a number may stand for one.
fn hash(word: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}
