//! Terms, taxonomies and newsletter issues.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use super::card::{Card, Counted, Link, Quoted};
use super::period::PeriodLink;
use crate::site::address::Address;
use crate::site::shared::Shared;

/// `taxonomy` in `taxonomy.html`: the A-Z index.
#[derive(Debug, Serialize)]
pub struct TaxonomyView<'a> {
    /// `topics`, `people` …
    pub name: &'a str,
    /// Of terms.
    pub count: usize,
    /// In alphabetical order, script by script.
    pub groups: Vec<LetterGroup>,
    /// Absent where there is too little to compare.
    pub matrix: Option<Matrix>,
}

/// When the most used terms of a taxonomy were written about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matrix {
    /// Years, oldest first; months where the archive has only one year.
    pub columns: Vec<PeriodLink>,
    /// Most used first.
    pub rows: Vec<MatrixRow>,
}

/// One term of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatrixRow {
    /// With all its articles counted.
    pub term: Counted,
    /// One a column.
    pub cells: Vec<ShadedCount>,
}

/// Terms under one initial.
#[derive(Debug, Serialize)]
pub struct LetterGroup {
    /// The initial.
    pub letter: String,
    /// In alphabetical order.
    pub terms: Vec<TermCard>,
}

/// A term as the index shows it.
#[derive(Debug, Clone, Serialize)]
pub struct TermCard {
    /// Relative to the root.
    pub address: Address,
    /// The name readers see.
    pub title: String,
    /// Of articles under it.
    pub count: usize,
    /// One sentence, from its file.
    pub description: Option<String>,
    /// Other names, as its file gives them.
    pub names: Vec<String>,
}

/// `term` in `term.html`.
#[derive(Debug, Serialize)]
pub struct TermView<'a> {
    /// `topics`, `people` …
    pub taxonomy: &'a str,
    /// The name readers see.
    pub title: &'a str,
    /// Other names, as its file gives them.
    pub names: &'a [String],
    /// One sentence, from its file.
    pub description: Option<&'a str>,
    /// Label to outside address.
    pub links: BTreeMap<String, String>,
    /// The wider term.
    pub parent: Option<&'a Shared<Link>>,
    /// Narrower terms, with how many articles each has.
    pub children: Vec<Counted>,
    /// All articles under this term.
    pub count: usize,
    /// Newest first; the counts of every year, with the page of that year where there is one.
    pub years: Vec<YearCount>,
    /// The newest articles; the others are on the pages of their years.
    pub articles: Vec<&'a Shared<Card>>,
    /// Terms that share articles with this one; each with the number of those, greatest first.
    pub related: Vec<Counted>,
    /// Articles under this term that still lack a date, where the others are on pages of years.
    pub undated: Vec<&'a Shared<Card>>,
    /// The issues of a series, newest first.
    pub issues: Vec<IssueLink>,
    /// How many articles name this term without being filed under it.
    pub mention_count: usize,
    /// The newest of them; the others are on the pages of their years.
    pub mentions: Vec<Quoted<'a>>,
    /// Articles, terms and pages that link here.
    pub backlinks: Vec<Quoted<'a>>,
    /// `[extra]` of its file.
    pub extra: Map<String, Value>,
}

/// How much was written about a term in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YearCount {
    /// The year.
    pub year: i16,
    /// Of articles in it.
    pub count: usize,
    /// Where this year has a page of its own.
    pub address: Option<Address>,
    /// From January on.
    pub months: [ShadedCount; 12],
}

/// A number in a table that is read at a glance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ShadedCount {
    /// Of articles.
    pub count: usize,
    /// 0 (nothing) to 4 (as much as the busiest of the table), for shading.
    pub level: u8,
}

/// `term_year` in `term_year.html`: one year of a term, or one month.
#[derive(Debug, Serialize)]
pub struct TermYearView<'a> {
    /// The term.
    pub term: &'a Shared<Link>,
    /// `topics`, `people` …
    pub taxonomy: &'a str,
    /// The year.
    pub year: i16,
    /// 1 to 12, on the page of a month.
    pub month: Option<i8>,
    /// Of articles in this year or month.
    pub count: usize,
    /// The months of a year with very many articles, newest first: the articles are there.
    pub months: Vec<PeriodLink>,
    /// Newest first.
    pub articles: Vec<&'a Shared<Card>>,
    /// Articles that name the term without being filed under it, newest first.
    pub mentions: Vec<Quoted<'a>>,
    /// The year or month before that has a page.
    pub previous: Option<PeriodLink>,
    /// The year or month after that has a page.
    pub next: Option<PeriodLink>,
}

/// An issue in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IssueLink {
    /// Relative to the root.
    pub address: Address,
    /// The name of the series.
    pub series: String,
    /// Of the issue: `2021-15`.
    pub name: String,
    /// Day of its newest article.
    pub day: Option<String>,
    /// Of articles in it.
    pub count: usize,
}

/// `issue` in `issue.html`: a newsletter issue as a whole.
#[derive(Debug, Serialize)]
pub struct IssueView<'a> {
    /// Relative to the root.
    pub address: Address,
    /// The series, with its page.
    pub series: &'a Shared<Link>,
    /// Of the issue: `2021-15`.
    pub name: String,
    /// Day of its newest article.
    pub day: Option<String>,
    /// Newest first.
    pub articles: Vec<&'a Shared<Card>>,
    /// The issue before.
    pub previous: Option<IssueLink>,
    /// The issue after.
    pub next: Option<IssueLink>,
}
