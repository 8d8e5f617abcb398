//! A component that many pages show alike is rendered once.
//!
//! The card of an article stands in the lists of its terms, its week, its month, and beside what is
//! related to it: dozens of times in the same form. The filter `each` renders a component for
//! every value of a list, and remembers what came of it. So that this can't be wrong, the component
//! knows nothing of the page but its language and its way to the root.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tera::value::Key;
use tera::{Context, Error, ErrorKind, Kwargs, Map, State, Tera, TeraResult, Value};

/// The name of the filter.
const NAME: &str = "each";
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

/// Makes the name known, so that templates can be compiled.
pub fn announce(engine: &mut Tera) {
    let refuse = |_: &Value, _: Kwargs, _: &State<'_>| -> TeraResult<String> {
        Err(Error::message(
            "a component that `each` renders can't use `each` itself: write a loop there",
        ))
    };
    engine.register_filter(NAME, refuse);
}

/// Gives the filter to an engine that is complete otherwise. So many values, at most, are remembered
/// on each shelf of a form: those that a template makes anew on every page would take all room.
pub fn install(engine: &mut Tera, most: usize) {
    let forms = Forms {
        engine: engine.clone(),
        known: RwLock::default(),
        most,
    };
    engine.register_filter(
        NAME,
        move |values: &[Value], arguments: Kwargs, state: &State<'_>| {
            forms.each(values, &arguments, state)
        },
    );
}

/// What was rendered, by the form it has.
struct Forms {
    engine: Tera,
    known: RwLock<HashMap<String, Arc<Form>>>,
    most: usize,
}

/// What was rendered, by where its value lies. That is kept beside its HTML, so that no other can
/// come to lie there.
type Shelf = HashMap<usize, (Value, Arc<str>)>;

/// A component with all that it is rendered with but the value.
struct Form {
    component: String,
    between: String,
    arguments: Context,
    /// What it finds by itself.
    implicit: Context,
    shelves: [Mutex<Shelf>; SHELVES],
}

impl Forms {
    fn each(&self, values: &[Value], arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
        let form = self.form(arguments, state)?;
        let mut html = String::with_capacity(values.len() * 512);
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                html.push_str(&form.between);
            }
            html.push_str(&self.render(&form, value)?);
        }
        Ok(Value::safe_string(&html))
    }

    /// The form that is wanted on a page.
    fn form(&self, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Arc<Form>> {
        let root = state.get::<Value>("root")?.unwrap_or(Value::none());
        let page = state.get::<Value>("page")?;
        let language = page
            .as_ref()
            .and_then(|page| page.as_map()?.get(&Key::Str("language")));
        let mut name = format!("{root} {}", language.unwrap_or(&Value::none()));
        for (key, value) in arguments.iter() {
            // Their lengths keep apart what is written one after the other.
            let text = simple(key, value)?;
            let _ = write!(
                name,
                " {}={}:{text}",
                key.as_str().unwrap_or_default(),
                text.len()
            );
        }
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(form) = known.get(&name) {
            return Ok(Arc::clone(form));
        }
        drop(known);
        let language = language.cloned();
        let form = Arc::new(Form::new(arguments, root, language)?);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(known.entry(name).or_insert(form)))
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
        if shelf.len() < self.most {
            shelf.insert(lies, (value.clone(), Arc::clone(&html)));
        }
        Ok(html)
    }

    fn render_anew(&self, form: &Form, value: &Value) -> TeraResult<Arc<str>> {
        let mut arguments = form.arguments.clone();
        arguments.insert_value(form.component.clone(), value.clone());
        let (component, implicit) = (&form.component, &form.implicit);
        let rendered = self
            .engine
            .render_component_with_implicits(component, &arguments, implicit, None, true);
        rendered.map(Arc::from).map_err(|error| {
            let told = Error::message(error.to_string());
            if matches!(error.kind(), ErrorKind::RenderingError(_)) {
                FAULT.set(Some(error));
            }
            told
        })
    }
}

impl Form {
    fn new(arguments: &Kwargs, root: Value, language: Option<Value>) -> TeraResult<Self> {
        let mut given = Context::new();
        for (key, value) in arguments.iter() {
            match key.as_str() {
                Some("component" | "between") | None => {}
                Some(name) => given.insert_value(name.to_owned(), value.clone()),
            }
        }
        let page: Map = language
            .map(|it| (Key::Str("language"), it))
            .into_iter()
            .collect();
        let mut implicit = Context::new();
        implicit.insert_value("root", root);
        implicit.insert_value("page", Value::from(page));
        Ok(Self {
            component: arguments.must_get::<&str>("component")?.to_owned(),
            between: arguments.get::<&str>("between")?.unwrap_or("\n").to_owned(),
            arguments: given,
            implicit,
            shelves: Default::default(),
        })
    }
}

/// An argument as a text that no other has.
fn simple(key: &Key<'_>, value: &Value) -> TeraResult<String> {
    if value.as_map().is_some() || value.as_array().is_some() || value.as_bytes().is_some() {
        let key = key.as_str().unwrap_or_default();
        return Err(Error::message(format!(
            "`each` hands on texts, numbers, true and false, and `{key}` is none of these"
        )));
    }
    let kind = match value.as_str() {
        Some(_) if value.is_safe() => "safe ",
        Some(_) => "text ",
        None => "",
    };
    Ok(format!("{kind}{value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two pages in one folder and one in another, each with the same list.
    fn render(component: &str, value: &Value) -> Vec<Result<String, String>> {
        let page = r#"{{ values | each(component="card", between=" ", mark=mark) }}"#;
        let mut engine = Tera::new();
        announce(&mut engine);
        engine
            .add_raw_templates([("card.html", component), ("page.html", page)])
            .expect("sound templates");
        install(&mut engine, 8);
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
}
