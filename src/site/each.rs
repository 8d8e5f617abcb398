//! A component that many pages show alike is rendered once.
//!
//! The card of an article stands in the lists of its terms, its week, its month, and beside what is
//! related to it: dozens of times in the same form. The filter `each` renders a component for
//! every value of a list, or for one value, and remembers what came of it; the function `once`
//! does so with a component that is given the same on many pages, such as their foot. So that this
//! can't be wrong, the component knows nothing of the page but its language and its way to the root.

use std::cell::RefCell;
use std::slice;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::HashMap;
use memchr::memmem;
use tera::value::Key;
use tera::{Context, Error, ErrorKind, Kwargs, Map, State, Tera, TeraResult, Value};

use super::calls::{Call, Calls};
use super::shard::ROOT;

/// The name of the filter.
const EACH: &str = "each";
/// The name of the function.
const ONCE: &str = "once";
/// So many calls of `once` are remembered at most: what each was given is held as well, and the
/// breadcrumbs of twenty thousand terms would take a hundred megabytes.
const CALLS: usize = 4096;
/// So many bytes of cards and the like are remembered at most. In a very large archive some of them are
/// rendered each time, so that memory doesn't grow without end.
const ROOM: usize = 256 << 20;
/// Bytes that each of them takes beside its HTML.
const BESIDE: usize = 96;
/// What was rendered lies on so many shelves, so that threads seldom wait for each other.
const SHELVES: usize = 16;

thread_local! {
    /// What went wrong within a component. Tera wraps what a filter says in the place where that
    /// was called; a theme editor wants to know the place in the component.
    static FAULT: RefCell<Option<Error>> = const { RefCell::new(None) };
}

/// The fault within a component that was the reason why the last page could not be rendered.
pub fn take_fault() -> Option<Error> {
    FAULT.take()
}

/// Makes the names known, so that templates can be compiled.
pub fn announce(engine: &mut Tera) {
    let refuse = |name: &str| -> TeraResult<String> {
        Err(Error::message(format!(
            "a component that is remembered can't use `{name}` itself: call what it shows there"
        )))
    };
    engine.register_filter(EACH, move |_: &Value, _: Kwargs, _: &State<'_>| {
        refuse(EACH)
    });
    engine.register_function(ONCE, move |_: Kwargs, _: &State<'_>| refuse(ONCE));
}

/// What is left of the room, for all engines of a site together.
pub struct Room(AtomicUsize);

impl Default for Room {
    fn default() -> Self {
        Self(AtomicUsize::new(ROOM))
    }
}

impl Room {
    /// Whether there was room for so many bytes.
    fn take(&self, bytes: usize) -> bool {
        let left = |left: usize| left.checked_sub(bytes);
        let taken = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, left);
        taken.is_ok()
    }
}

/// Gives both to an engine that is complete otherwise. So many values, at most, are remembered
/// on each shelf of a form, and so many calls: those that a template makes anew on every page would
/// take all room.
pub fn install(engine: &mut Tera, most: usize, room: Arc<Room>) {
    let shown = Arc::new(Shown {
        engine: engine.clone(),
        forms: Calls::new(most),
        alone: Calls::new(most.min(CALLS)),
        most,
        room,
    });
    let each = Arc::clone(&shown);
    engine.register_filter(
        EACH,
        move |values: &Value, arguments: Kwargs, state: &State<'_>| {
            let values = values.as_array().unwrap_or(slice::from_ref(values));
            each.each(values, arguments, state)
        },
    );
    engine.register_function(ONCE, move |arguments: Kwargs, state: &State<'_>| {
        shown.once(arguments, state)
    });
}

/// What was rendered.
struct Shown {
    engine: Tera,
    /// Of values, by the form they have.
    forms: Calls<Arc<Form>>,
    /// Of components that are called once.
    alone: Calls<Value>,
    most: usize,
    room: Arc<Room>,
}

/// What was rendered, by where its value lies. That is kept beside its HTML, so that no other can
/// come to lie there.
type Shelf = HashMap<usize, (Value, Arc<str>)>;

/// Writes HTML in which [`ROOT`] stands for the way to the root.
fn write_rooted(marked: &str, root: &str, html: &mut String) {
    let mut from = 0;
    for at in memmem::find_iter(marked.as_bytes(), ROOT) {
        html.push_str(&marked[from..at]);
        html.push_str(root);
        from = at + ROOT.len();
    }
    html.push_str(&marked[from..]);
}

/// A component with all that it is rendered with but the value.
struct Form {
    component: Component,
    between: String,
    shelves: [Mutex<Shelf>; SHELVES],
}

/// A component with what it is given, and what it finds by itself.
struct Component {
    name: String,
    arguments: Context,
    implicit: Context,
}

impl Shown {
    fn each(&self, values: &[Value], arguments: Kwargs, state: &State<'_>) -> TeraResult<Value> {
        let (call, root) = Call::at_any_depth(arguments, state)?;
        let form = if let Some(form) = self.forms.get(&call) {
            form
        } else {
            let form = Arc::new(Form::new(&call)?);
            self.forms.keep(call, form)
        };
        let root = root.as_str().unwrap_or_default();
        let shown = values.iter().map(|value| self.render(&form, value));
        let shown: Vec<Arc<str>> = shown.collect::<TeraResult<_>>()?;
        let room = shown.iter().map(|shown| shown.len() + form.between.len());
        let mut html = String::with_capacity(room.sum());
        for (index, shown) in shown.iter().enumerate() {
            if index > 0 {
                html.push_str(&form.between);
            }
            write_rooted(shown, root, &mut html);
        }
        Ok(Value::safe_string(&html))
    }

    fn once(&self, arguments: Kwargs, state: &State<'_>) -> TeraResult<Value> {
        let call = Call::new(arguments, state)?;
        if let Some(html) = self.alone.get(&call) {
            return Ok(html);
        }
        let component = Component::new(&call, &["component"])?;
        let html = self.rendered(&component, &component.arguments)?;
        Ok(self.alone.keep(call, Value::safe_string(&html)))
    }

    fn render(&self, form: &Form, value: &Value) -> TeraResult<Arc<str>> {
        let Some(lies) = value.as_map().map(|map| std::ptr::from_ref(map).addr()) else {
            return self.render_anew(form, value);
        };
        // Addresses are multiples of the size of a word, at least.
        let shelf = &form.shelves[(lies >> 6) % SHELVES];
        let shelf = || shelf.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, html)) = shelf().get(&lies) {
            return Ok(Arc::clone(html));
        }
        let html = self.render_anew(form, value)?;
        let mut shelf = shelf();
        if shelf.len() < self.most && self.room.take(html.len() + BESIDE) {
            shelf.insert(lies, (value.clone(), Arc::clone(&html)));
        }
        Ok(html)
    }

    fn render_anew(&self, Form { component, .. }: &Form, value: &Value) -> TeraResult<Arc<str>> {
        let mut arguments = component.arguments.clone();
        arguments.insert_value(component.name.clone(), value.clone());
        self.rendered(component, &arguments).map(Arc::from)
    }

    fn rendered(&self, component: &Component, arguments: &Context) -> TeraResult<String> {
        let Component { name, implicit, .. } = component;
        let rendered = self
            .engine
            .render_component_with_implicits(name, arguments, implicit, None, true);
        rendered.map_err(|error| {
            let told = Error::message(error.to_string());
            if matches!(error.kind(), ErrorKind::RenderingError(_)) {
                FAULT.set(Some(error));
            }
            told
        })
    }
}

impl Form {
    fn new(call: &Call) -> TeraResult<Self> {
        let between = call.arguments.get::<&str>("between")?;
        Ok(Self {
            component: Component::new(call, &["component", "between"])?,
            between: between.unwrap_or("\n").to_owned(),
            shelves: Default::default(),
        })
    }
}

impl Component {
    /// Some arguments are not the component's.
    fn new(call: &Call, except: &[&str]) -> TeraResult<Self> {
        let mut arguments = Context::new();
        for (key, value) in call.arguments.iter() {
            if let Some(name) = key.as_str().filter(|name| !except.contains(name)) {
                arguments.insert_value(name.to_owned(), value.clone());
            }
        }
        let language = call.language.iter();
        let page: Map = language
            .map(|it| (Key::Str("language"), it.clone()))
            .collect();
        let mut implicit = Context::new();
        implicit.insert_value("root", call.root.clone());
        implicit.insert_value("page", Value::from(page));
        Ok(Self {
            name: call.arguments.must_get::<&str>("component")?.to_owned(),
            arguments,
            implicit,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two pages in one folder and one in another, each with the same list.
    fn render(component: &str, value: &Value) -> Vec<Result<String, String>> {
        render_in(Room::default(), component, value)
    }

    fn render_in(room: Room, component: &str, value: &Value) -> Vec<Result<String, String>> {
        let page = r#"{{ values | each(component="card", between=" ", mark=mark) }}"#;
        let mut engine = Tera::new();
        announce(&mut engine);
        engine
            .add_raw_templates([("card.html", component), ("page.html", page)])
            .expect("sound templates");
        install(&mut engine, 8, Arc::new(room));
        let pages = [("a", "../", "!"), ("b", "../", "!"), ("c", "../../", "?")];
        pages
            .into_iter()
            .map(|(title, root, mark)| {
                let mut context = Context::new();
                context.insert("root", root);
                context.insert("mark", mark);
                context.insert(
                    "page",
                    &serde_json::json!({ "title": title, "language": "en" }),
                );
                context.insert_value("values", value.clone());
                let rendered = engine.render("page.html", &context);
                rendered.map_err(|error| take_fault().unwrap_or(error).to_string())
            })
            .collect()
    }

    #[test]
    fn a_card_is_the_same_on_every_page_of_one_form_and_right_in_each_form() {
        let card = "{% component card(card: map, @root, @page, mark: string = \"\") %}\
                    <a href=\"{{ root }}\" lang=\"{{ page.language }}\">{{ card.title }}{{ mark }}</a>\
                    {% endcomponent card %}";
        let values = serde_json::json!([{ "title": "A & B" }, { "title": "C" }]);
        let pages = render(card, &Value::from_serializable(&values));
        let first = "<a href=\"../\" lang=\"en\">A &amp; B!</a> <a href=\"../\" lang=\"en\">C!</a>";
        assert_eq!(pages[0].as_deref(), Ok(first));
        assert_eq!(pages[1].as_deref(), Ok(first));
        let other = first.replace("../", "../../").replace('!', "?");
        assert_eq!(pages[2].as_deref(), Ok(other.as_str()));
    }

    #[test]
    fn what_there_is_no_room_for_is_rendered_each_time() {
        let card = "{% component card(card: map, mark: string = \"\") %}\
                    {{ card.title }}{{ mark }}{% endcomponent card %}";
        let values = Value::from_serializable(&serde_json::json!([{ "title": "A" }]));
        let wanted = render(card, &values);
        assert_eq!(wanted[0].as_deref(), Ok("A!"));
        for bytes in [0, BESIDE + 1] {
            let room = Room(AtomicUsize::new(bytes));
            assert_eq!(render_in(room, card, &values), wanted);
        }
    }

    #[test]
    fn a_value_alone_is_shown_as_a_list_of_it() {
        let card = "{% component card(card: map, mark: string = \"\") %}\
                    {{ card.title }}{{ mark }}{% endcomponent card %}";
        let value = serde_json::json!({ "title": "A" });
        let pages = render(card, &Value::from_serializable(&value));
        assert_eq!(pages[0].as_deref(), Ok("A!"));
    }

    #[test]
    fn a_card_can_not_depend_on_what_is_not_known_of_the_page() {
        let card = "{% component card(card: map, @page, mark: string = \"\") %}\
                    {{ page.title }}{% endcomponent card %}";
        let values = serde_json::json!([{ "title": "A" }]);
        for page in render(card, &Value::from_serializable(&values)) {
            let told = page.expect_err("a card that would be wrong on the next page");
            assert!(
                told.contains("card.html") && told.contains("title"),
                "{told}"
            );
        }
    }

    #[test]
    fn what_a_component_is_given_on_many_pages_is_made_once() {
        let component = "{% component foot(@root, links: array, mark: string = \"\") %}\
                         {{ root }}{% for link in links %} {{ link.title }}{{ mark }}{% endfor %}\
                         {% endcomponent foot %}";
        let page = r#"{{ once(component="foot", links=links) }}|{{ once(component="foot", links=links, mark=mark) }}"#;
        let mut engine = Tera::new();
        announce(&mut engine);
        engine
            .add_raw_templates([("foot.html", component), ("page.html", page)])
            .expect("sound templates");
        install(&mut engine, 8, Arc::default());
        let rendered = |root: &str, title: &str, mark: Value| {
            let mut context = Context::new();
            context.insert("root", root);
            context.insert("links", &serde_json::json!([{ "title": title }]));
            context.insert_value("mark", mark);
            engine.render("page.html", &context).expect("a page")
        };
        let [html, text] = [Value::safe_string("<b>"), Value::from("<b>")];
        // Those that are told the same, and those that are not.
        for _ in 0..2 {
            assert_eq!(rendered("../", "A", html.clone()), "../ A|../ A<b>");
            assert_eq!(rendered("../", "A", text.clone()), "../ A|../ A&lt;b&gt;");
            assert_eq!(rendered("", "A", html.clone()), " A| A<b>");
            assert_eq!(rendered("../", "B", html.clone()), "../ B|../ B<b>");
        }
    }

    #[test]
    fn a_component_that_is_made_once_knows_nothing_else_of_the_page() {
        let mut engine = Tera::new();
        announce(&mut engine);
        let component = "{% component foot(@page) %}{{ page.title }}{% endcomponent foot %}";
        let page = r#"{{ once(component="foot") }}"#;
        engine
            .add_raw_templates([("foot.html", component), ("page.html", page)])
            .expect("sound templates");
        install(&mut engine, 8, Arc::default());
        let mut context = Context::new();
        let meta = serde_json::json!({ "title": "A", "language": "en" });
        context.insert("page", &meta);
        let told = engine.render("page.html", &context);
        told.expect_err("a foot that would be wrong on the next page");
        let told = take_fault()
            .expect("the place in the component")
            .to_string();
        assert!(
            told.contains("foot.html") && told.contains("title"),
            "{told}"
        );
    }
}
