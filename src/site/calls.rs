//! A call of a component whose outcome is remembered, and how that is found again.

use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::{PoisonError, RwLock};

use foldhash::HashMap;
use foldhash::fast::FixedState;
use tera::value::Key;
use tera::{Kwargs, State, TeraResult, Value};

use super::shard::ROOT;

/// All that a component is told which is remembered.
pub struct Call {
    /// As they stand in the template.
    pub arguments: Kwargs,
    /// The way to the root: the page's, or [`ROOT`].
    pub root: Value,
    /// The page's.
    pub language: Option<Value>,
    /// Of what tells most calls apart.
    hash: u64,
}

impl Call {
    pub fn new(arguments: Kwargs, state: &State<'_>) -> TeraResult<Self> {
        let root = state.get::<Value>("root")?.unwrap_or(Value::none());
        Self::with_root(root, arguments, state)
    }

    /// One whose outcome is the same on pages at every depth: [`ROOT`] stands in it for the way to the
    /// root, and that of the page comes with it.
    pub fn at_any_depth(arguments: Kwargs, state: &State<'_>) -> TeraResult<(Self, Value)> {
        let root = state.get::<Value>("root")?.unwrap_or(Value::none());
        let mark = root.as_str().map(|_| Value::from(ROOT));
        let call = Self::with_root(mark.unwrap_or(Value::none()), arguments, state)?;
        Ok((call, root))
    }

    fn with_root(root: Value, arguments: Kwargs, state: &State<'_>) -> TeraResult<Self> {
        let page = state.get::<Value>("page")?;
        let page = page.as_ref().and_then(Value::as_map);
        let language = page.and_then(|page| page.get(&Key::Str("language")));
        let mut hasher = FixedState::default().build_hasher();
        hash(&root, &mut hasher);
        for (_, value) in arguments.iter() {
            hash(value, &mut hasher);
        }
        Ok(Self {
            language: language.cloned(),
            root,
            hash: hasher.finish(),
            arguments,
        })
    }

    /// Whether both would be rendered alike: arguments in another order aren't known to be.
    fn is_same(&self, other: &Self) -> bool {
        let languages = [&self.language, &other.language].map(Option::as_slice);
        is_same(&self.root, &other.root)
            && are_same(languages[0].iter(), languages[1].iter(), is_same)
            && are_same(self.arguments.iter(), other.arguments.iter(), is_same_pair)
    }
}

/// What came of calls.
pub struct Calls<T> {
    known: RwLock<HashMap<u64, Vec<(Call, T)>>>,
    most: usize,
}

impl<T: Clone> Calls<T> {
    /// With room for so many hashes.
    pub fn new(most: usize) -> Self {
        Self {
            known: RwLock::default(),
            most,
        }
    }

    pub fn get(&self, call: &Call) -> Option<T> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let (_, found) = known
            .get(&call.hash)?
            .iter()
            .find(|(known, _)| known.is_same(call))?;
        Some(found.clone())
    }

    /// Keeps what came of it, if there is room.
    pub fn keep(&self, call: Call, made: T) -> T {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() < self.most || known.contains_key(&call.hash) {
            let alike = known.entry(call.hash).or_default();
            // Another thread may have made it at the same time.
            if let Some((_, made)) = alike.iter().find(|(known, _)| known.is_same(&call)) {
                return made.clone();
            }
            alike.push((call, made.clone()));
        }
        made
    }
}

/// Only texts and how they are nested: all else seldom tells two calls apart.
fn hash(value: &Value, hasher: &mut impl Hasher) {
    if let Some(text) = value.as_str() {
        text.hash(hasher);
    } else if let Some(values) = value.as_array() {
        for value in values {
            hash(value, hasher);
        }
    } else if let Some(map) = value.as_map() {
        for value in map.values() {
            hash(value, hasher);
        }
    }
}

/// Whether two values are rendered alike: 1 and 1.0 aren't, nor are text and HTML.
fn is_same(one: &Value, other: &Value) -> bool {
    if let (Some(one), Some(other)) = (one.as_map(), other.as_map()) {
        are_same(one.iter(), other.iter(), is_same_pair)
    } else if let (Some(one), Some(other)) = (one.as_array(), other.as_array()) {
        are_same(one.iter(), other.iter(), is_same)
    } else {
        one.kind() == other.kind() && one.is_safe() == other.is_safe() && one == other
    }
}

fn is_same_pair(one: (&Key<'_>, &Value), other: (&Key<'_>, &Value)) -> bool {
    one.0 == other.0 && is_same(one.1, other.1)
}

fn are_same<T: Copy>(
    mut one: impl Iterator<Item = T>,
    mut other: impl Iterator<Item = T>,
    is_same: impl Fn(T, T) -> bool,
) -> bool {
    loop {
        match (one.next(), other.next()) {
            (Some(one), Some(other)) if is_same(one, other) => {}
            (None, None) => return true,
            _ => return false,
        }
    }
}
