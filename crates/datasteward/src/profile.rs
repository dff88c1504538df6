//! Profiles: what is asked of a dataset, and which schema it is held against.
//!
//! `la` is the City of Los Angeles' checklist and the default. All profiles keep the ten items; they differ in which
//! fields must be filled, and in the schema that the structure of a record must fit.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How much a field is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nobody asks.
    NotAsked,
    /// Its lack is a note.
    Recommended,
    /// Its lack is an error.
    Required,
}

/// A set of expectations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its name in options: `dcat-us-1.1`.
    pub id: &'static str,
    /// What it is, for people.
    pub about: &'static str,
    /// The formats whose records its schema describes, each with the name of the schema.
    schemas: &'static [(&'static str, &'static str)],
}

/// The profiles there are; the first is the default.
pub static PROFILES: [Profile; 12] = [
    Profile {
        id: "la",
        about: "the City of Los Angeles data standards checklist",
        schemas: &[],
    },
    Profile {
        id: "dcat-us-1.1",
        about: "a data.json of a city, county or state (DCAT-US 1.1)",
        schemas: &[("dcat-us-1.1", "dcat-us-1.1")],
    },
    Profile {
        id: "dcat-us-1.1-federal",
        about: "a data.json of a federal agency (DCAT-US 1.1)",
        schemas: &[("dcat-us-1.1", "dcat-us-1.1-federal")],
    },
    Profile {
        id: "dcat-us-3",
        about: "DCAT-US 3",
        schemas: &[("dcat-us-3", "dcat-us-3")],
    },
    Profile {
        id: "dcat-ap",
        about: "DCAT-AP, the European profile of DCAT",
        schemas: &[("dcat-ap", "dcat-ap")],
    },
    Profile {
        id: "google-dataset",
        about: "what Google Dataset Search asks of schema.org records",
        schemas: &[("schema-org", "google-dataset")],
    },
    Profile {
        id: "ckan",
        about: "a CKAN portal's packages",
        schemas: &[("ckan", "ckan")],
    },
    Profile {
        id: "data-package",
        about: "Data Package and Table Schema, versions 1 and 2",
        schemas: &[("data-package", "data-package")],
    },
    Profile {
        id: "croissant",
        about: "Croissant, metadata for machine learning",
        schemas: &[("croissant", "croissant")],
    },
    Profile {
        id: "csvw",
        about: "CSV on the Web, metadata of tables",
        schemas: &[("csvw", "csvw")],
    },
    Profile {
        id: "data-json-ar",
        about: "the national metadata profile of Argentina",
        schemas: &[("dcat-us-1.1", "data-json-ar")],
    },
    Profile {
        id: "strict",
        about: "everything a careful steward would fill in",
        schemas: &[("native", "strict")],
    },
];

/// The schema that describes what a format allows, whatever the profile asks: only kinds of values are taken from it.
const FORMATS: [(&str, &str); 9] = [
    ("native", "la"),
    ("dcat-us-1.1", "dcat-us-1.1"),
    ("dcat-us-3", "dcat-us-3"),
    ("dcat-ap", "dcat-ap"),
    ("schema-org", "google-dataset"),
    ("ckan", "ckan"),
    ("data-package", "data-package"),
    ("croissant", "croissant"),
    ("csvw", "csvw"),
];

/// The name of the schema that says what a format allows.
#[must_use]
pub fn schema_of_format(format: &str) -> Option<&'static str> {
    FORMATS
        .iter()
        .find_map(|(id, schema)| (*id == format).then_some(*schema))
}

impl Profile {
    /// The profile of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        PROFILES.iter().find(|profile| profile.id == name)
    }

    /// The name of the schema that a record in a format is held against.
    #[must_use]
    pub fn schema(&self, format: &str) -> Option<&'static str> {
        self.schemas
            .iter()
            .find_map(|(id, schema)| (*id == format).then_some(*schema))
    }

    /// How much it asks for a field.
    #[must_use]
    pub fn level(&self, field: Field) -> Level {
        TABLE
            .get(&(field, self.id))
            .copied()
            .unwrap_or(Level::NotAsked)
    }
}

macro_rules! fields {
    ($($name:ident => $word:literal, $about:literal;)*) => {
        /// A canonical field that profiles ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "the words of `about` say it")]
        pub enum Field {
            $($name,)*
        }

        impl Field {
            /// All of them, in the order in which a steward fills them in.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The name in options and in the table of profiles.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }

            /// The name in a sentence.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self {
                    $(Self::$name => $about,)*
                }
            }
        }
    };
}

fields! {
    Title => "title", "title";
    Description => "description", "description";
    Identifier => "identifier", "identifier";
    Keywords => "keywords", "keywords";
    Category => "category", "category";
    Department => "department", "department or publisher";
    Contact => "contact", "contact";
    License => "license", "license";
    AccessLevel => "access-level", "access level";
    RefreshRate => "refresh-rate", "refresh rate";
    LastChange => "last-change", "date of the last change";
    Issued => "issued", "date of the first publication";
    TimeCovered => "time-covered", "time covered";
    PlaceCovered => "place-covered", "place covered";
    RowLabel => "row-label", "what one row is";
    Source => "source", "source";
    LandingPage => "landing-page", "web page of the dataset";
    Language => "language", "language";
    Version => "version", "version";
}

impl Field {
    /// The field of a name.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.word() == word)
    }
}

static TABLE: LazyLock<BTreeMap<(Field, &'static str), Level>> = LazyLock::new(|| {
    let mut lines = include_str!("../data/profiles.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let profiles: Vec<&'static str> = lines
        .next()
        .unwrap_or_default()
        .split('\t')
        .skip(1)
        .collect();
    let mut table = BTreeMap::new();
    for line in lines {
        let mut cells = line.split('\t');
        let Some(field) = cells.next().and_then(Field::named) else {
            continue;
        };
        for (profile, cell) in profiles.iter().zip(cells) {
            let level = match cell {
                "R" => Level::Required,
                "r" => Level::Recommended,
                _ => Level::NotAsked,
            };
            table.insert((field, *profile), level);
        }
    }
    table
});

/// What one run asks for: a profile's fields, and what the steward changed.
#[derive(Clone, Debug)]
pub struct Asks {
    profile: &'static Profile,
    own: BTreeMap<Field, Level>,
    /// What both come to, by the number of the field: it is asked for every rule of every record.
    levels: [Level; Field::ALL.len()],
}

impl Default for Asks {
    fn default() -> Self {
        Self::of(&PROFILES[0], BTreeMap::new())
    }
}

impl Asks {
    fn of(profile: &'static Profile, own: BTreeMap<Field, Level>) -> Self {
        let mut levels = [Level::NotAsked; Field::ALL.len()];
        for (level, field) in levels.iter_mut().zip(Field::ALL) {
            let own = own.get(field).copied();
            *level = own.unwrap_or_else(|| profile.level(*field));
        }
        Self {
            profile,
            own,
            levels,
        }
    }

    /// The profile.
    #[must_use]
    pub fn profile(&self) -> &'static Profile {
        self.profile
    }

    /// Takes another profile; the steward's own changes stay.
    pub(crate) fn set_profile(&mut self, profile: &'static Profile) {
        *self = Self::of(profile, std::mem::take(&mut self.own));
    }

    /// Changes how much a field is asked for.
    pub(crate) fn set(&mut self, field: Field, level: Level) {
        self.own.insert(field, level);
        *self = Self::of(self.profile, std::mem::take(&mut self.own));
    }

    /// How much a field is asked for.
    #[must_use]
    pub fn level(&self, field: Field) -> Level {
        let level = self.levels.get(field as usize).copied();
        level.unwrap_or(Level::NotAsked)
    }

    /// Whether the steward asks for a field in their own options.
    #[must_use]
    pub fn is_own(&self, field: Field) -> bool {
        self.own.contains_key(&field)
    }
}

#[cfg(test)]
mod tests {
    use super::{FORMATS, Field, Level, PROFILES, Profile, TABLE};

    #[test]
    fn the_table_speaks_of_every_field_in_every_profile() {
        for field in Field::ALL {
            for profile in &PROFILES {
                assert!(
                    TABLE.contains_key(&(*field, profile.id)),
                    "{field:?} {}",
                    profile.id
                );
            }
        }
    }

    #[test]
    fn a_federal_agency_must_name_a_contact_and_a_city_should() {
        let level = |profile| Profile::named(profile).map(|it| it.level(Field::Contact));
        assert_eq!(level("dcat-us-1.1-federal"), Some(Level::Required));
        assert_eq!(level("la"), Some(Level::Recommended));
    }

    #[test]
    fn every_schema_named_is_there() {
        let named = PROFILES.iter().flat_map(|profile| profile.schemas);
        for (_, schema) in named.chain(&FORMATS) {
            assert!(crate::schema::builtin(schema).is_some(), "{schema}");
        }
    }
}
