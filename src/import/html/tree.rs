//! A parsed page as a flat, read-only tree: the one home of the HTML parser.
//!
//! Nodes stand in document order in one vector, and each knows where its subtree ends. A walk
//! over descendants is a walk over a slice, and no walk recurses, so that a page nested a
//! thousand deep costs no stack.

use std::borrow::Cow;

use dom_query::{Document, NodeData};
use tendril::StrTendril;

use super::bounds::bounded;

/// Index of a node in its [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

impl NodeId {
    /// Its place in document order, for tables with an entry a node.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A page, parsed as a browser would.
#[derive(Debug)]
pub struct Tree {
    nodes: Vec<Node>,
    is_cut: bool,
}

#[derive(Debug)]
struct Node {
    data: Data,
    parent: u32,
    /// One past the last descendant.
    end: u32,
}

#[derive(Debug)]
enum Data {
    Root,
    Element {
        name: Box<str>,
        attributes: Vec<(Box<str>, StrTendril)>,
    },
    Text(StrTendril),
}

impl Tree {
    /// Parses a whole page (a fragment gets the `html`, `head` and `body` a browser would add).
    pub fn parse(html: &str) -> Self {
        let bounded = bounded(html);
        let is_cut = matches!(bounded, Cow::Owned(_));
        let document = Document::from(&*bounded);
        let source = &document.tree;
        let mut nodes = vec![Node {
            data: Data::Root,
            parent: 0,
            end: 0,
        }];
        // Every open node waits on this stack until its children have been laid out behind it.
        let mut open = vec![(0u32, source.root().first_child())];
        while let Some((parent, next)) = open.last_mut() {
            let Some(node) = next.take() else {
                nodes[*parent as usize].end =
                    u32::try_from(nodes.len()).expect("a page has fewer than 2^32 nodes");
                open.pop();
                continue;
            };
            *next = node.next_sibling();
            let parent = *parent;
            let data = node.query_or(None, |inner| match &inner.data {
                NodeData::Element(element) => Some(Data::Element {
                    name: Box::from(&*element.name.local),
                    attributes: element
                        .attrs
                        .iter()
                        .map(|attribute| {
                            let name: &str = &attribute.name.local;
                            (Box::from(name), StrTendril::from(&*attribute.value))
                        })
                        .collect(),
                }),
                NodeData::Text { contents } => Some(Data::Text(StrTendril::from(&**contents))),
                _ => None,
            });
            if let Some(data) = data {
                let id = u32::try_from(nodes.len()).expect("a page has fewer than 2^32 nodes");
                nodes.push(Node {
                    data,
                    parent,
                    end: id + 1,
                });
                open.push((id, node.first_child()));
            }
        }
        Self { nodes, is_cut }
    }

    /// Whether tags were left out because the page has more of them than is bearable.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The node at an index, see [`NodeId::index`].
    pub fn at(&self, index: usize) -> Option<NodeId> {
        let id = u32::try_from(index).ok()?;
        (index < self.nodes.len()).then_some(NodeId(id))
    }

    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// How many nodes the page has.
    pub fn size(&self) -> usize {
        self.nodes.len()
    }

    /// The place after the last descendant.
    pub fn end(&self, id: NodeId) -> usize {
        self.node(id).end as usize
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The lower-case name of an element; a text node has none.
    pub fn name(&self, id: NodeId) -> Option<&str> {
        match &self.node(id).data {
            Data::Element { name, .. } => Some(name),
            Data::Root | Data::Text(_) => None,
        }
    }

    /// The characters of a text node itself.
    pub fn own_text(&self, id: NodeId) -> Option<&str> {
        match &self.node(id).data {
            Data::Text(text) => Some(text),
            Data::Root | Data::Element { .. } => None,
        }
    }

    pub fn attribute(&self, id: NodeId, wanted: &str) -> Option<&str> {
        match &self.node(id).data {
            Data::Element { attributes, .. } => attributes
                .iter()
                .find(|(name, _)| **name == *wanted)
                .map(|(_, value)| &**value),
            Data::Root | Data::Text(_) => None,
        }
    }

    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        (id.0 != 0).then(|| NodeId(self.node(id).parent))
    }

    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), |&id| self.parent(id))
    }

    /// Every node below `id`, in document order.
    pub fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        (id.0 + 1..self.node(id).end).map(NodeId)
    }

    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.node(id).end;
        let within = move |at: u32| (at < end).then_some(at);
        std::iter::successors(within(id.0 + 1), move |&at| {
            within(self.nodes[at as usize].end)
        })
        .map(NodeId)
    }

    /// Whether `inner` stands somewhere below `outer`.
    pub fn contains(&self, outer: NodeId, inner: NodeId) -> bool {
        outer < inner && inner.0 < self.node(outer).end
    }

    /// Every element of that name in the page, in document order.
    pub fn elements<'a>(&'a self, wanted: &'a str) -> impl Iterator<Item = NodeId> + 'a {
        self.descendants(self.root())
            .filter(move |&id| self.name(id) == Some(wanted))
    }

    /// All text below `id`, as it stands in the source.
    pub fn text(&self, id: NodeId) -> String {
        std::iter::once(id)
            .chain(self.descendants(id))
            .filter_map(|id| self.own_text(id))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_a_flat_tree_in_document_order() {
        let tree = Tree::parse("<p class=a>one <b>two</b></p><!-- no --><p>three");
        let body = tree.elements("body").next().unwrap();
        let names: Vec<_> = tree
            .descendants(body)
            .map(|id| tree.name(id).or(tree.own_text(id)).unwrap())
            .collect();
        assert_eq!(names, ["p", "one ", "b", "two", "p", "three"]);
        let first = tree.children(body).next().unwrap();
        assert_eq!(tree.attribute(first, "class"), Some("a"));
        assert_eq!(tree.text(body), "one twothree");
        assert_eq!(tree.children(body).count(), 2);
        let bold = tree.elements("b").next().unwrap();
        assert_eq!(tree.ancestors(bold).count(), 4);
        assert!(tree.contains(first, bold) && !tree.contains(bold, first));
    }

    #[test]
    fn a_page_nested_very_deep_costs_no_stack() {
        let tree = Tree::parse(&"<div>".repeat(2_000));
        assert!(tree.elements("div").count() > 100);
    }
}
