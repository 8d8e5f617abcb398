//! Opens the archive, and again after each change; the last good edition stays until the next
//! one is ready.

use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::board::{Board, State};
use super::edition::{Copy, Edition, Kept};
use super::watch::{Change, Watch};
use crate::archive::linked::Archive;
use crate::diagnostic::{Findings, plain_text};
use crate::site::theme::Theme;

/// The edition that is out, once there is one.
pub type Current = RwLock<Option<Edition>>;

/// How the newsroom gets its material.
pub struct Sources<'a> {
    /// Reads and links the archive.
    pub archive: &'a dyn Fn(&mut Findings) -> Option<Copy>,
    /// Whether the files of the articles still look as they did when they were last read.
    pub is_current: &'a dyn Fn() -> bool,
    /// Reads the theme of an archive that is open already.
    pub theme: &'a dyn Fn(&Archive, &mut Findings) -> Theme,
    /// Hears what was found, each time the site was made again, and how long that took.
    pub tell: &'a dyn Fn(&Findings, Duration),
}

/// Makes editions, one after the other.
pub struct Newsroom<'a> {
    sources: Sources<'a>,
    board: Board,
    current: Arc<Current>,
    kept: Arc<Kept>,
    /// What the edition that is out, or the last one that could be read, was made from.
    copy: Option<Copy>,
    /// Of the archive itself, without its theme.
    archive_errors: String,
    /// Tells this server's editions from those of one that ran before.
    started: u128,
    number: usize,
}

impl<'a> Newsroom<'a> {
    pub fn new(sources: Sources<'a>, board: Board, current: Arc<Current>) -> Self {
        let now = SystemTime::now();
        let started = now
            .duration_since(UNIX_EPOCH)
            .map_or(0, |time| time.as_millis());
        Self {
            sources,
            board,
            current,
            kept: Arc::new(Mutex::default()),
            copy: None,
            archive_errors: String::new(),
            started,
            number: 0,
        }
    }

    /// Makes the first edition, then one for each change, until there can be no more changes.
    pub fn work(mut self, mut watch: Option<Watch>) {
        self.remake(Change::Archive);
        if let Some(watch) = &mut watch {
            let mut findings = Findings::default();
            watch.articles(&mut findings);
            if !findings.is_empty() {
                (self.sources.tell)(&findings, Duration::ZERO);
            }
            // Nobody has told of what was written meanwhile.
            if !(self.sources.is_current)() {
                self.remake(Change::Archive);
            }
        }
        while let Some(watch) = &mut watch {
            let mut findings = Findings::default();
            let Some(change) = watch.next(&mut findings) else {
                break;
            };
            if !findings.is_empty() {
                (self.sources.tell)(&findings, Duration::ZERO);
            }
            self.remake(change);
        }
    }

    fn remake(&mut self, change: Change) {
        let begun = Instant::now();
        let mut findings = Findings::default();
        let known = self.copy.take();
        let made = if let (Change::Theme, Some(copy)) = (change, &known) {
            let theme = (self.sources.theme)(&copy.archive, &mut findings);
            Some(Copy {
                theme: Arc::new(theme),
                ..copy.clone()
            })
        } else {
            let made = (self.sources.archive)(&mut findings);
            self.archive_errors = plain_text(&findings);
            made
        };
        let first = self.is_first();
        if let Some(copy) = made {
            let before = known.filter(|_| change == Change::Theme);
            let edition = Edition::start(copy.clone(), Arc::clone(&self.kept), &mut findings);
            // A broken article would be missing: the edition that has it stays.
            if let Some(edition) = edition
                && (findings.errors() == 0 || first)
            {
                let only_styles = before
                    .as_ref()
                    .is_some_and(|before| copy.theme.differs_in_styles_only(&before.theme));
                if !only_styles {
                    self.number += 1;
                }
                *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(edition);
            }
            self.copy = Some(copy);
        } else {
            self.copy = known;
        }
        self.put_up(&findings, change);
        (self.sources.tell)(&findings, begun.elapsed());
    }

    fn is_first(&self) -> bool {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        current.is_none()
    }

    fn put_up(&self, findings: &Findings, change: Change) {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        let mut errors = plain_text(findings);
        // What is wrong with the archive is still wrong when only the theme was read again.
        if change == Change::Theme {
            errors.insert_str(0, &self.archive_errors);
        }
        self.board.put(State {
            edition: current.as_ref().map_or(String::new(), |_| {
                format!("{}-{}", self.started, self.number)
            }),
            styles: current
                .as_ref()
                .map_or_else(Default::default, |edition| edition.styles.clone()),
            errors,
        });
    }
}
