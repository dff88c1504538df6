//! A form above a table: a row for each fact, with its label in one cell and the answer in another.

use super::Row;

/// One fact: its row and column, its label, what is answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) label: String,
    pub(super) text: String,
}

/// So many labels that are known make a form; fewer may be a line of notes.
const LABELS: usize = 4;

/// How far behind the labels the answers may stand: the same label for people, and whether it is asked for, come between.
const BETWEEN: u32 = 4;

/// The facts of a form; nothing where the rows are none.
pub(super) fn read(rows: &[Row], is_label: &dyn Fn(&str) -> bool) -> Vec<Fact> {
    let labels = |column: u32| {
        let cells = rows.iter().filter_map(move |row| cell(row, column));
        cells.filter(|text| is_label(text)).count()
    };
    let Some(first) = (0..BETWEEN).find(|column| labels(*column) >= LABELS) else {
        return Vec::new();
    };
    let facts = || {
        rows.iter()
            .filter(|row| cell(row, first).is_some_and(is_label))
    };
    let is_answer = |column: &u32| {
        let cells: Vec<&str> = facts().filter_map(|row| cell(row, *column)).collect();
        let labels = cells.iter().filter(|text| is_label(text)).count();
        let mut words = cells.clone();
        words.sort_unstable();
        words.dedup();
        // "required" and "optional" answer nothing, and stand there again and again.
        let is_mark = cells.len() >= LABELS && words.len() * 2 <= cells.len();
        // A column that is empty is one for answers that were not given; a mark here and there is another thing.
        let is_stray = !cells.is_empty() && cells.len() * 3 < facts().count();
        labels * 3 < cells.len().max(1) && !is_mark && !is_stray
    };
    let Some(answers) = (first + 1..=first + BETWEEN).find(is_answer) else {
        return Vec::new();
    };
    let mut found: Vec<Fact> = Vec::new();
    for row in rows {
        let mut before = (first..answers).filter_map(|column| cell(row, column));
        let label = before.find(|text| is_label(text));
        if let (Some(label), Some(text)) = (label, cell(row, answers))
            && found.iter().all(|fact| fact.label != label)
        {
            found.push(Fact {
                row: row.0,
                column: answers,
                label: label.to_owned(),
                text: text.to_owned(),
            });
        }
    }
    found
}

/// What a row says in a column.
fn cell((_, cells): &Row, column: u32) -> Option<&str> {
    let (_, text) = cells.iter().find(|(at, _)| *at == column)?;
    Some(text.trim())
}

#[cfg(test)]
mod tests {
    use super::{Row, read};

    const WORDS: [&str; 6] = ["title", "about", "license", "period", "Name", "Terms"];

    fn facts(rows: &[[&str; 4]]) -> Vec<(String, String)> {
        let rows: Vec<Row> = (0..)
            .zip(rows)
            .map(|(number, cells)| {
                let cells = (0..).zip(cells).filter(|(_, text)| !text.is_empty());
                let cells = cells.map(|(column, text)| (column, (*text).to_owned()));
                (number, cells.collect())
            })
            .collect();
        let found = read(&rows, &|word| WORDS.contains(&word));
        found
            .into_iter()
            .map(|fact| (fact.label, fact.text))
            .collect()
    }

    fn answered(label: &str, text: &str) -> (String, String) {
        (label.to_owned(), text.to_owned())
    }

    #[test]
    fn reads_answers_behind_labels_and_marks() {
        let rows = [
            ["title", "Name", "required", "Benches"],
            ["about", "What it is", "required", "Where to sit."],
            ["zone", "", "optional", "2020"],
            ["license", "Terms", "optional", ""],
            ["period", "Time", "optional", "2021"],
        ];
        assert_eq!(
            facts(&rows),
            [
                answered("title", "Benches"),
                answered("about", "Where to sit."),
                answered("period", "2021"),
            ]
        );
        let stray = rows.map(|[label, name, mark, text]| {
            [
                label,
                name,
                if label == "license" { mark } else { "" },
                text,
            ]
        });
        assert_eq!(facts(&stray).len(), 3);
        let two = rows.map(|[label, _, _, text]| [label, text, "", ""]);
        assert_eq!(facts(&two).len(), 3);
    }

    #[test]
    fn an_empty_form_and_a_few_notes_say_nothing() {
        let empty = ["title", "about", "license", "period"];
        let help = empty.map(|label| [label, "", "", label]);
        assert!(facts(&help).is_empty());
        assert!(
            facts(&[
                ["title", "Benches", "", ""],
                ["about", "Where to sit.", "", ""]
            ])
            .is_empty()
        );
    }
}
