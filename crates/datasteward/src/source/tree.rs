//! The tree that every syntax is read into: JSON, YAML, XML, tables, RDF.
//!
//! A value is a [`Value`]: a handle of its tree. It knows where it stood in the document, so a finding can point there.
//! Its [`At`] survives the tree and is turned into a place by [`super::place`].

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use super::Bounds;
use super::problem::Problem;

/// Where a value stood: a handle that its record can turn into a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At(pub(super) u32);

impl At {
    /// The record as a whole.
    pub const RECORD: Self = Self(0);
}

/// The six kinds of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Kind {
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Span {
    pub(super) const NOTHING: Self = Self { start: 0, end: 0 };

    fn of(range: &Range<usize>) -> Self {
        let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            start: narrow(range.start),
            end: narrow(range.end),
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// The text stands in `decoded`, because the source has escapes.
    pub(super) decoded: bool,
    pub(super) key_decoded: bool,
    pub(super) has_key: bool,
    /// The value in the source, quotes included.
    pub(super) span: Span,
    /// The content of a string or number.
    pub(super) text: Span,
    pub(super) key: Span,
    /// Where the key starts in the source, at its quotation mark.
    pub(super) key_start: u32,
    pub(super) parent: u32,
    /// Place among the children of its parent.
    pub(super) ordinal: u32,
    /// The node after this one and all below it.
    pub(super) after: u32,
}

/// How a document is written: what its values looked like, and how a corrected one would have to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Syntax {
    Json,
    Yaml,
    Xml,
    /// Rows with a delimiter between cells.
    Table,
    /// Sheets of a workbook.
    Workbook,
    Turtle,
    RdfXml,
    /// A web page that holds JSON.
    Page,
}

/// One record, or one document, read.
#[derive(Debug)]
pub struct Tree<'s> {
    pub(super) syntax: Syntax,
    pub(super) source: Cow<'s, str>,
    /// Texts that the source does not hold letter for letter.
    pub(super) decoded: String,
    pub(super) nodes: Vec<Node>,
    pub(super) doubled: Vec<u32>,
    /// JSON that strings of this tree hold, by the node of the string, in order.
    pub(super) inner: Vec<(u32, Tree<'s>)>,
    /// The string of another tree that holds this one.
    pub(super) outer: Option<u32>,
    /// The nodes of a graph: objects with an identifier and more to say, in the order of their identifiers.
    pub(super) linked: Vec<u32>,
    /// Nodes that point to another under [`SERVES`], behind the value that points, in the order of identifiers.
    pub(super) serving: Vec<(u32, u32)>,
    /// Objects that only wrap another value, and that value, in order: see [`Tree::unwrap_references`].
    pub(super) wrapped: Vec<(u32, u32)>,
    /// Where the values stand in a workbook, which has no text to point into.
    pub(super) sheet: Option<Sheet>,
}

/// A sheet of a workbook: its name, and row and column of each node, from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    name: String,
    cells: Vec<(u32, u32)>,
}

impl Sheet {
    /// In the place of a row: what stands in the sheet as a whole. Sheets have at most 1,048,576 rows.
    pub(super) const WHOLE: u32 = u32::MAX;

    /// `/Fields/B7`; of the whole sheet `/Fields`.
    fn write_pointer(&self, index: u32, pointer: &mut String) {
        pointer.push('/');
        push_escaped(pointer, &self.name);
        let Some((row, column)) = self.cells.get(index as usize) else {
            return;
        };
        if *row == Self::WHOLE {
            return;
        }
        let mut letters = Vec::new();
        let mut rest = u64::from(*column) + 1;
        while rest > 0 {
            rest -= 1;
            letters.push(char::from(b'A' + (rest % 26) as u8));
            rest /= 26;
        }
        pointer.push('/');
        pointer.extend(letters.iter().rev());
        pointer.push_str(&(u64::from(*row) + 1).to_string());
    }
}

/// The key, under any prefix, by which a service names the datasets it gives.
const SERVES: &str = "servesDataset";

/// The key of JSON-LD under which a node of a graph has its identifier.
const NODE_ID: &str = "@id";

impl Tree<'_> {
    /// How the document is written.
    #[must_use]
    pub fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// Notes the nodes of a graph, so that [`Value::resolved`] finds them by their identifiers. Of several that have
    /// the same one, the first of those that say most is kept.
    pub fn link(&mut self) {
        let value = |index| Value { tree: self, index };
        let ids = (0..self.nodes.len() as u32).filter(|&index| {
            let id = value(index);
            id.kind() == Kind::String && id.key() == Some(NODE_ID)
        });
        let mut found: Vec<(&str, std::cmp::Reverse<usize>, u32)> = ids
            .map(|index| {
                let node = value(self.node(index).parent);
                let id = value(index).as_str().unwrap_or_default();
                (id, std::cmp::Reverse(node.members().count()), node.index)
            })
            .filter(|(_, members, _)| members.0 > 1)
            .collect();
        found.sort_unstable();
        found.dedup_by_key(|(id, _, _)| *id);
        let linked = found.into_iter().map(|(_, _, index)| index).collect();
        let serving = self.servers();
        (self.linked, self.serving) = (linked, serving);
    }

    /// Sees through the parts of a `data.json` record that stand wrapped up with their identifiers, `{"identifier": "…",
    /// "data": …}`, as DKAN hands them out when it is asked to show its references. The record then has in their place
    /// what is wrapped, which stands where it stands.
    pub fn unwrap_references(&mut self) {
        // Hardly any document has them; looking for the word is cheaper than looking at every key.
        if memchr::memmem::find(self.source.as_bytes(), b"\"data\"").is_none() {
            return;
        }
        let value = |index| Value { tree: self, index };
        let found = (1..self.nodes.len() as u32).filter_map(|index| {
            let wrapper = value(self.node(index).parent);
            let is_data = value(index).key() == Some("data") && wrapper.index != 0;
            (is_data && wrapper.is_wrapper()).then_some((wrapper.index, index))
        });
        self.wrapped = found.collect();
    }

    fn servers(&self) -> Vec<(u32, u32)> {
        // Few documents have services; looking for the word is cheaper than looking at every key.
        if memchr::memmem::find(self.source.as_bytes(), SERVES.as_bytes()).is_none() {
            return Vec::new();
        }
        let value = |index| Value { tree: self, index };
        let keyed = (0..self.nodes.len() as u32).map(value);
        let mut found: Vec<(&str, (u32, u32))> = keyed
            .filter(|it| it.key().is_some_and(|key| key.ends_with(SERVES)))
            .flat_map(|list| {
                let node = self.node(list.index).parent;
                list.one_or_many().map(move |item| (item, node))
            })
            .filter_map(|(item, node)| {
                let id = item.get(NODE_ID).unwrap_or(item);
                Some((id.as_str()?, (id.index, node)))
            })
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, pair)| pair).collect()
    }

    /// The value as a whole.
    #[must_use]
    pub fn root(&self) -> Value<'_> {
        Value {
            tree: self,
            index: 0,
        }
    }

    /// The second and later uses of a key within one object.
    pub fn doubled_keys(&self) -> impl Iterator<Item = Value<'_>> {
        self.doubled
            .iter()
            .map(|&index| Value { tree: self, index })
    }

    /// The value behind a handle.
    #[must_use]
    pub fn value(&self, at: At) -> Value<'_> {
        Value {
            tree: self,
            index: at.0.min(self.nodes.len().saturating_sub(1) as u32),
        }
    }

    fn node(&self, index: u32) -> &Node {
        // Handles are made by this tree only, and a tree is never empty.
        &self.nodes[index as usize]
    }

    fn slice(&self, span: Span, decoded: bool) -> &str {
        let text = if decoded {
            &self.decoded
        } else {
            &*self.source
        };
        text.get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }
}

/// A value of a tree.
#[derive(Clone, Copy)]
pub struct Value<'t> {
    pub(super) tree: &'t Tree<'t>,
    pub(super) index: u32,
}

impl std::fmt::Debug for Value<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.raw())
    }
}

impl<'t> Value<'t> {
    pub(super) fn node(self) -> &'t Node {
        self.tree.node(self.index)
    }

    /// The value behind a handle of the same tree.
    #[must_use]
    pub fn beside(self, at: At) -> Self {
        self.tree.value(at)
    }

    /// How its document is written.
    #[must_use]
    pub fn syntax(self) -> Syntax {
        self.tree.syntax
    }

    /// Everything below it, in the order written.
    pub fn below(self) -> impl Iterator<Item = Self> {
        (self.index + 1..self.node().after).map(move |index| Self {
            tree: self.tree,
            index,
        })
    }

    /// What kind of value it is.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.node().kind
    }

    /// The handle of its place.
    #[must_use]
    pub fn at(self) -> At {
        // A value inside a string stands where the string does.
        At(self.tree.outer.unwrap_or(self.index))
    }

    /// The JSON that a string holds, where [`Tree::open_strings`] has read it.
    #[must_use]
    pub fn inner(self) -> Option<Self> {
        let trees = &self.tree.inner;
        let found = trees.binary_search_by_key(&self.index, |(index, _)| *index);
        let (_, tree) = trees.get(found.ok()?)?;
        Some(Self { tree, index: 0 })
    }

    /// The node of the same graph that a value points to, by `{"@id": …}` or by the identifier alone; the value itself
    /// where there is none, or before [`Tree::link`].
    #[must_use]
    pub fn resolved(self) -> Self {
        let id = match self.kind() {
            _ if self.tree.linked.is_empty() => None,
            Kind::String => self.as_str(),
            Kind::Object if self.is_reference() => self.get(NODE_ID).and_then(Self::as_str),
            _ => None,
        };
        let node = |index| Self {
            tree: self.tree,
            index,
        };
        let id_of = |index: &u32| node(*index).get(NODE_ID).and_then(Self::as_str);
        let found = id.and_then(|id| {
            let order = |index: &u32| id_of(index).unwrap_or_default().cmp(id);
            let place = self.tree.linked.binary_search_by(order).ok()?;
            self.tree.linked.get(place)
        });
        found.map_or(self, |index| node(*index))
    }

    /// The nodes of the same graph that say that they serve this one.
    pub fn services(self) -> impl Iterator<Item = Self> {
        let tree = self.tree;
        let id = self.get(NODE_ID).and_then(Self::as_str).unwrap_or_default();
        let id_of = move |pair: &(u32, u32)| Self {
            tree,
            index: pair.0,
        };
        let from = tree
            .serving
            .partition_point(|pair| id_of(pair).as_str().unwrap_or_default() < id);
        let rest = tree.serving.get(from..).unwrap_or_default();
        rest.iter()
            .take_while(move |pair| !id.is_empty() && id_of(pair).as_str() == Some(id))
            .map(move |pair| Self {
                tree,
                index: pair.1,
            })
    }

    /// Whether it is an object that only points to a node: `{"@id": …}`, perhaps with its type.
    #[must_use]
    pub fn is_reference(self) -> bool {
        self.get(NODE_ID).is_some()
            && self
                .members()
                .all(|(key, _)| matches!(key, NODE_ID | "@type"))
    }

    /// Whether it is a part of a `data.json` record, wrapped up with its identifier.
    fn is_wrapper(self) -> bool {
        let above = |value: Self| Self {
            index: value.node().parent,
            ..value
        };
        let holder = above(self);
        let record = if holder.kind() == Kind::Array {
            above(holder)
        } else {
            holder
        };
        self.members().count() == 2
            && self.get("identifier").and_then(Self::as_str).is_some()
            && record.get("accessLevel").is_some()
    }

    /// What it wraps; itself where it wraps nothing.
    fn unwrapped(self) -> Self {
        let wrapped = &self.tree.wrapped;
        let found = wrapped.binary_search_by_key(&self.index, |(wrapper, _)| *wrapper);
        let inner = found.ok().and_then(|at| wrapped.get(at));
        inner.map_or(self, |(_, index)| Self {
            index: *index,
            ..self
        })
    }

    /// Whether a record has it in the place of what wraps it.
    fn is_unwrapped(self) -> bool {
        let wrapped = &self.tree.wrapped;
        let found = wrapped.binary_search_by_key(&self.index, |(_, data)| *data);
        found.is_ok()
    }

    /// Whether it stands inside JSON that is kept in a string.
    #[must_use]
    pub fn is_in_string(self) -> bool {
        self.tree.outer.is_some()
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(self) -> Option<&'t str> {
        let node = self.node();
        (node.kind == Kind::String).then(|| self.tree.slice(node.text, node.decoded))
    }

    /// The text of a string, or a number or truth value as it is written.
    #[must_use]
    pub fn as_text(self) -> Option<&'t str> {
        match self.kind() {
            Kind::String => self.as_str(),
            Kind::Number | Kind::True | Kind::False => Some(self.written()),
            _ => None,
        }
    }

    /// A number or truth value as a text; syntaxes other than JSON keep it apart from what is written.
    fn written(self) -> &'t str {
        let node = self.node();
        if self.tree.syntax == Syntax::Json {
            self.raw()
        } else {
            self.tree.slice(node.text, node.decoded)
        }
    }

    /// A number, or a string that holds one: portals write counts both ways.
    #[must_use]
    pub fn as_f64(self) -> Option<f64> {
        match self.kind() {
            Kind::Number => self.written().parse().ok(),
            Kind::String => self
                .as_str()?
                .trim()
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite()),
            _ => None,
        }
    }

    /// A truth value.
    #[must_use]
    pub fn as_bool(self) -> Option<bool> {
        match self.kind() {
            Kind::True => Some(true),
            Kind::False => Some(false),
            _ => None,
        }
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    /// Whether it is an object.
    #[must_use]
    pub fn is_object(self) -> bool {
        self.kind() == Kind::Object
    }

    /// The member of an object; of doubled keys the last one, as most readers have it.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Self> {
        let tree = self.tree;
        let has_key = |child: &Self| {
            let node = child.node();
            // Most keys are told apart by their lengths.
            node.has_key
                && (node.key.end - node.key.start) as usize == key.len()
                && tree.slice(node.key, node.key_decoded) == key
        };
        self.children().filter(has_key).last().map(Self::unwrapped)
    }

    /// The member under a path of keys.
    #[must_use]
    pub fn path(self, keys: &[&str]) -> Option<Self> {
        keys.iter().try_fold(self, |value, key| value.get(key))
    }

    /// The members of an object, in the order written; none for other kinds.
    pub fn members(self) -> impl Iterator<Item = (&'t str, Self)> {
        self.children()
            .filter_map(|child| child.key().map(|key| (key, child.unwrapped())))
    }

    /// The items of an array; none for other kinds.
    pub fn items(self) -> impl Iterator<Item = Self> {
        self.children()
            .filter(|child| !child.node().has_key)
            .map(Self::unwrapped)
    }

    /// The items of an array, or the value itself where one is given in place of a list; nothing for `null`.
    pub fn one_or_many(self) -> impl Iterator<Item = Self> {
        let alone = (!matches!(self.kind(), Kind::Array | Kind::Null)).then_some(self);
        let items = (self.kind() == Kind::Array).then(|| self.items());
        alone.into_iter().chain(items.into_iter().flatten())
    }

    /// Whether it is a list or an object that holds nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        matches!(self.kind(), Kind::Array | Kind::Object) && self.children().next().is_none()
    }

    fn children(self) -> impl Iterator<Item = Self> {
        let node = self.node();
        let end = if matches!(node.kind, Kind::Array | Kind::Object) {
            node.after
        } else {
            self.index + 1
        };
        let mut next = self.index + 1;
        std::iter::from_fn(move || {
            if next >= end {
                return None;
            }
            let child = Self {
                tree: self.tree,
                index: next,
            };
            next = child.node().after;
            Some(child)
        })
    }

    /// The key under which it stands in its object.
    #[must_use]
    pub fn key(self) -> Option<&'t str> {
        let node = self.node();
        node.has_key
            .then(|| self.tree.slice(node.key, node.key_decoded))
    }

    /// The key as it is written, with its quotation marks.
    #[must_use]
    pub fn written_key(self) -> Option<&'t str> {
        let (start, end) = (self.key_start(), self.span().0);
        let before = self.tree.source.get(start..end)?;
        let colon = before.rfind(':')?;
        Some(before.get(..colon)?.trim_end())
    }

    /// The key under which it stands, itself or by the list it is in; then the keys above that.
    pub fn keys_upwards(self) -> impl Iterator<Item = &'t str> {
        let mut value = self;
        std::iter::from_fn(move || {
            while value.index != 0 {
                let key = value.key().filter(|_| !value.is_unwrapped());
                value.index = value.node().parent;
                if key.is_some() {
                    return key;
                }
            }
            None
        })
    }

    /// The key of the object or list it stands in.
    #[must_use]
    pub fn nearest_key_above(self) -> Option<&'t str> {
        let mut above = self;
        while above.index != 0 {
            above.index = above.node().parent;
            if let Some(key) = above.key() {
                return Some(key);
            }
        }
        None
    }

    /// The value as written.
    #[must_use]
    pub fn raw(self) -> &'t str {
        self.tree.slice(self.node().span, false)
    }

    /// What is written before the value, from the start of its text.
    #[must_use]
    pub fn text_before(self) -> &'t str {
        self.tree.source.get(..self.span().0).unwrap_or_default()
    }

    /// What is written before its key; before the value itself where there is no key.
    #[must_use]
    pub fn text_before_key(self) -> &'t str {
        self.tree.source.get(..self.key_start()).unwrap_or_default()
    }

    /// What is written behind the value.
    #[must_use]
    pub fn text_behind(self) -> &'t str {
        self.tree.source.get(self.span().1..).unwrap_or_default()
    }

    /// Byte range of the value in the record.
    #[must_use]
    pub fn span(self) -> (usize, usize) {
        let span = self.node().span;
        (span.start as usize, span.end as usize)
    }

    /// Where its key starts, at the quotation mark; the value itself where there is no key.
    #[must_use]
    pub fn key_start(self) -> usize {
        let node = self.node();
        if node.has_key {
            node.key_start as usize
        } else {
            node.span.start as usize
        }
    }

    /// Writes the JSON Pointer of the value within its tree.
    pub fn write_pointer(self, pointer: &mut String) {
        self.write_pointer_below(At::RECORD, pointer);
    }

    /// Writes the JSON Pointer of the value from one of its ancestors on, and tells whether that was met: a value that
    /// stands elsewhere in the tree is pointed to from the root.
    pub fn write_pointer_below(self, ancestor: At, pointer: &mut String) -> bool {
        if let Some(sheet) = &self.tree.sheet {
            sheet.write_pointer(self.index, pointer);
            return false;
        }
        self.write_steps(ancestor, pointer)
    }

    /// One step after the other, those above it first; a tree is no deeper than its bounds allow.
    fn write_steps(self, ancestor: At, pointer: &mut String) -> bool {
        if self.index == 0 || self.index == ancestor.0 {
            return self.index == ancestor.0;
        }
        let node = self.node();
        let parent = Self {
            tree: self.tree,
            index: node.parent,
        };
        let is_below = parent.write_steps(ancestor, pointer);
        pointer.push('/');
        match self.key() {
            Some(key) => push_escaped(pointer, key),
            None => {
                // Writing to a text cannot fail.
                let _ = write!(pointer, "{}", node.ordinal);
            }
        }
        is_below
    }
}

/// Appends one step of a JSON Pointer (RFC 6901).
pub fn push_escaped(pointer: &mut String, key: &str) {
    if !key.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        return pointer.push_str(key);
    }
    for character in key.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// A key and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Key<'k> {
    /// The key, decoded.
    pub text: &'k str,
    /// Where it starts in the document.
    pub start: usize,
}

/// Fills a tree from a syntax other than JSON: values in document order, lists and objects opened and closed.
#[derive(Debug)]
pub struct Builder<'s> {
    tree: Tree<'s>,
    /// The lists and objects that are open, with the children each has so far.
    open: Vec<(u32, u32)>,
    depth: usize,
}

impl<'s> Builder<'s> {
    /// A tree over the text of a document; spans given later are byte ranges of this text.
    #[must_use]
    pub fn new(syntax: Syntax, source: &'s str, bounds: &Bounds) -> Self {
        Self {
            tree: Tree {
                syntax,
                source: Cow::Borrowed(source),
                decoded: String::new(),
                nodes: Vec::new(),
                doubled: Vec::new(),
                inner: Vec::new(),
                outer: None,
                linked: Vec::new(),
                serving: Vec::new(),
                wrapped: Vec::new(),
                sheet: None,
            },
            open: Vec::new(),
            depth: bounds.depth,
        }
    }

    /// Values to come stand in a sheet of a workbook.
    #[cfg(feature = "xlsx")]
    pub(super) fn in_sheet(&mut self, name: &str) {
        self.tree.sheet = Some(Sheet {
            name: name.to_owned(),
            cells: Vec::new(),
        });
    }

    /// The value that was added last stands in this row and column of the sheet, both from 0.
    #[cfg(feature = "xlsx")]
    pub(super) fn cell(&mut self, row: u32, column: u32) {
        let nodes = self.tree.nodes.len();
        if let Some(sheet) = &mut self.tree.sheet {
            // Values between stand where this one does.
            sheet.cells.resize(nodes, (row, column));
        }
    }

    /// Opens a list or an object ([`Kind::Array`], [`Kind::Object`]) that starts at an offset.
    ///
    /// # Errors
    /// [`Problem::TooDeep`] where nesting goes beyond the bound.
    pub fn open(&mut self, kind: Kind, key: Option<Key<'_>>, start: usize) -> Result<(), Problem> {
        if self.open.len() >= self.depth {
            return Err(Problem::TooDeep);
        }
        let index = self.push(kind, key, &(start..start), (Span::NOTHING, false));
        self.open.push((index, 0));
        Ok(())
    }

    /// Closes what was opened last; it ends at an offset.
    pub fn close(&mut self, end: usize) {
        let after = self.tree.nodes.len() as u32;
        if let Some((index, _)) = self.open.pop()
            && let Some(node) = self.tree.nodes.get_mut(index as usize)
        {
            node.after = after;
            node.span.end = u32::try_from(end).unwrap_or(u32::MAX).max(node.span.start);
        }
    }

    /// Adds a text, a number, a truth value or nothing: where it stands, and what it says.
    pub fn scalar(&mut self, kind: Kind, key: Option<Key<'_>>, span: Range<usize>, text: &str) {
        let text = self.keep(text, &span);
        self.push(kind, key, &span, text);
    }

    /// How many lists and objects are open.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// The tree; what is still open is closed. Nothing at all is `null`.
    #[must_use]
    pub fn finish(mut self) -> Tree<'s> {
        let end = self.tree.source.len();
        while !self.open.is_empty() {
            self.close(end);
        }
        if self.tree.nodes.is_empty() {
            self.scalar(Kind::Null, None, 0..0, "");
        }
        self.tree
    }

    /// Where a text is kept: in the source if it stands there letter for letter.
    fn keep(&mut self, text: &str, near: &Range<usize>) -> (Span, bool) {
        let start = near.start..near.start.saturating_add(text.len());
        let inside = near.start.saturating_add(1)..near.start.saturating_add(1 + text.len());
        for place in [start, inside] {
            if self.tree.source.get(place.clone()) == Some(text) {
                return (Span::of(&place), false);
            }
        }
        let from = self.tree.decoded.len();
        self.tree.decoded.push_str(text);
        (Span::of(&(from..self.tree.decoded.len())), true)
    }

    fn push(
        &mut self,
        kind: Kind,
        key: Option<Key<'_>>,
        span: &Range<usize>,
        (text, decoded): (Span, bool),
    ) -> u32 {
        let kept = key.map(|key| self.keep(key.text, &(key.start..key.start)));
        let index = self.tree.nodes.len() as u32;
        let (parent, ordinal) = match self.open.last_mut() {
            Some((parent, children)) => {
                *children += 1;
                (*parent, *children - 1)
            }
            None => (0, 0),
        };
        self.tree.nodes.push(Node {
            kind,
            decoded,
            key_decoded: kept.is_some_and(|(_, decoded)| decoded),
            has_key: key.is_some(),
            span: Span::of(span),
            text,
            key: kept.map_or(Span::NOTHING, |(span, _)| span),
            key_start: key.map_or(0, |key| Span::of(&(key.start..key.start)).start),
            parent,
            ordinal,
            after: index + 1,
        });
        index
    }
}

#[cfg(test)]
mod tests {
    use super::{Builder, Key, Kind, Syntax, Value};
    use crate::source::Bounds;

    #[test]
    fn builds_what_json_would_have_been() {
        let text = "title: Trees\nrows:\n  - 'a''b'\n";
        let key = |text, start| Some(Key { text, start });
        let mut tree = Builder::new(Syntax::Yaml, text, &Bounds::default());
        tree.open(Kind::Object, None, 0).expect("not deep");
        tree.scalar(Kind::String, key("title", 0), 7..12, "Trees");
        tree.open(Kind::Array, key("rows", 13), 21)
            .expect("not deep");
        tree.scalar(Kind::String, None, 23..29, "a'b");
        let tree = tree.finish();
        let rows = tree.root().get("rows").expect("there");
        let item = rows.items().next().expect("there");
        assert_eq!(
            tree.root().get("title").and_then(Value::as_str),
            Some("Trees")
        );
        assert_eq!((item.as_str(), item.raw()), (Some("a'b"), "'a''b'"));
        let mut pointer = String::new();
        item.write_pointer(&mut pointer);
        assert_eq!(pointer, "/rows/0");
    }

    #[test]
    fn refuses_nesting_without_end() {
        let mut tree = Builder::new(Syntax::Xml, "", &Bounds::default());
        let refused = (0..1000).find_map(|_| tree.open(Kind::Array, None, 0).err());
        assert!(refused.is_some());
        assert_eq!(tree.finish().root().kind(), Kind::Array);
    }
}
