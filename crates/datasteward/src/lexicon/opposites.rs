//! Names and descriptions that mean opposite things: `OCC_DOW`, "Day of the month of the occurrence".

use std::rc::Rc;
use std::sync::LazyLock;

use super::abbreviations;
use super::fold::without_accents;
use super::memo::Memo;
use super::plain::Tokens;

/// One meaning of a set of which a field can have only one.
struct Meaning {
    set: &'static str,
    label: &'static str,
    /// Each of these says it; a group wants all its words.
    said_by: Vec<Vec<&'static str>>,
    /// Words of a description that leave a doubt, though they do not say it outright.
    hinted_by: Vec<&'static str>,
}

static MEANINGS: LazyLock<Vec<Meaning>> = LazyLock::new(|| {
    include_str!("../../data/opposites.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some(Meaning {
                set: cells.next()?,
                label: cells.next()?,
                said_by: cells
                    .next()?
                    .split('|')
                    .map(|group| group.split('+').collect())
                    .collect(),
                hinted_by: cells.next()?.split('|').collect(),
            })
        })
        .collect()
});

/// So many words of a description say what a field is; what follows speaks of its neighbours as well.
const OPENING: usize = 9;

/// What a name and the opening of its description say where the two exclude each other.
///
/// Silent where either says both (`Start and end of the lease`), or where the description only may mean the other.
///
/// ```
/// use datasteward::lexicon::opposites::contradiction;
/// assert_eq!(
///     contradiction("OCC_DOW", "Day of the month of the occurrence"),
///     Some(("day of week", "day of month"))
/// );
/// assert_eq!(contradiction("OCC_DOW", "Day of the week"), None);
/// assert_eq!(contradiction("Start Date", "Start of the lease; see also its end"), None);
/// ```
#[must_use]
pub fn contradiction(name: &str, description: &str) -> Option<(&'static str, &'static str)> {
    thread_local!(static KNOWN: Memo<Rc<[&'static Meaning]>> = const { Memo::new() });
    let meant = KNOWN.with(|known| known.get(name, meant_by));
    let mut opening = None;
    for meaning in meant.iter() {
        let said = opening.get_or_insert_with(|| words_of_opening(description));
        if meaning.is_said(said) || meaning.is_hinted(said) {
            continue;
        }
        let mut found = meaning.rivals().filter(|other| other.is_said(said));
        if let (Some(other), None) = (found.next(), found.next()) {
            return Some((meaning.label, other.label));
        }
    }
    None
}

/// What a name means for sure: not one thing and its opposite.
fn meant_by(name: &str) -> Rc<[&'static Meaning]> {
    let named = words_of_name(name);
    let meant = MEANINGS.iter().filter(|meaning| meaning.is_said(&named));
    meant
        .filter(|meaning| !meaning.rivals().any(|other| other.is_said(&named)))
        .collect()
}

impl Meaning {
    fn rivals(&self) -> impl Iterator<Item = &'static Self> {
        MEANINGS
            .iter()
            .filter(|other| other.set == self.set && other.label != self.label)
    }

    fn is_said(&self, words: &[String]) -> bool {
        self.said_by
            .iter()
            .any(|group| group.iter().all(|word| words.iter().any(|it| it == word)))
    }

    fn is_hinted(&self, words: &[String]) -> bool {
        self.hinted_by
            .iter()
            .any(|word| words.iter().any(|it| it == word))
    }
}

/// The words of a name; an abbreviation with one reading by the words that it stands for.
fn words_of_name(name: &str) -> Vec<String> {
    let tokens = Tokens::of(name);
    let mut words = Vec::new();
    for token in tokens.words() {
        words.push(without_accents(token).into_owned());
        if let Some([reading]) = abbreviations::english(token).map(|entry| &*entry.readings) {
            words.extend(reading.words.split(' ').map(str::to_lowercase));
        }
    }
    words
}

fn words_of_opening(description: &str) -> Vec<String> {
    super::fold::words(description)
        .take(OPENING)
        .map(|word| without_accents(&word).into_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::contradiction;

    #[test]
    fn finds_descriptions_of_another_field() {
        for (name, description, found) in [
            (
                "Latitude",
                "Longitude of the site",
                ("latitude", "longitude"),
            ),
            (
                "MAX_TEMP",
                "Lowest temperature of the day",
                ("maximum", "minimum"),
            ),
            (
                "Birth Date",
                "Date on which the person died",
                ("birth", "death"),
            ),
            (
                "Fecha de inicio",
                "Fecha de fin del contrato",
                ("start", "end"),
            ),
        ] {
            assert_eq!(contradiction(name, description), Some(found), "{name}");
        }
    }

    #[test]
    fn is_silent_where_a_doubt_remains() {
        for (name, description) in [
            (
                "Start Date",
                "Date on which the lease began, before the end of the old one",
            ),
            ("Latitude", "Latitude and longitude of the site"),
            ("End", "Last day, counted from the start"),
            ("Min Max", "Largest value"),
            ("Street", "South or north"),
            ("", ""),
        ] {
            assert_eq!(contradiction(name, description), None, "{name}");
        }
    }

    #[test]
    fn long_texts_are_read_at_their_beginning_only() {
        let long = format!(
            "Name of the site and of the people who live there {}",
            "end ".repeat(200_000)
        );
        assert_eq!(contradiction("Start", &long), None);
    }
}
