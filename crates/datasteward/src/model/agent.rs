//! People and bodies, and the sources they stand for.

use super::{Slot, Text};

/// What kind of agent it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AgentKind {
    /// An organization or a part of one.
    Organization,
    /// A person.
    Person,
    /// Cannot be told.
    #[default]
    Unknown,
}

/// Someone who publishes, makes or owns a dataset.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agent<'t> {
    /// The name as written.
    pub name: &'t str,
    /// What kind of agent.
    pub kind: AgentKind,
    /// The body it belongs to.
    pub parent: Option<&'t str>,
    /// A page or identifier.
    pub url: Option<&'t str>,
}

/// Who answers questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Contact<'t> {
    /// The name of a team or a role.
    pub name: Slot<&'t str>,
    /// The address, as written: perhaps with `mailto:`.
    pub email: Slot<&'t str>,
    /// A page.
    pub url: Slot<&'t str>,
}

/// Who or what produced the data (checklist item T7).
#[derive(Clone, Debug, PartialEq)]
pub struct Origin<'t> {
    /// The office, system, sensor or survey.
    pub name: Slot<Text<'t>>,
    /// Where it can be seen.
    pub url: Slot<&'t str>,
    /// When the data was taken from there.
    pub retrieved: Slot<super::Day<'t>>,
    /// Anything else that is said.
    pub note: Slot<Text<'t>>,
}
