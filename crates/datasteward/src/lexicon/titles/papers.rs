//! Titles that call their matter a text to read: an agenda, a plan, a report.

use crate::lexicon::fold;

/// A text that tells of work done, and may hold figures.
const REPORTS: [&str; 17] = [
    "report",
    "reports",
    "study",
    "audit",
    "evaluation",
    "review",
    "rapport",
    "rapports",
    "évaluation",
    "evaluación",
    "informe",
    "informes",
    "memoria",
    "relatório",
    "relatórios",
    "bericht",
    "berichte",
];

/// A text that is decided, said or followed.
const PAPERS: [&str; 28] = [
    "agenda",
    "agendas",
    "minutes",
    "plan",
    "plans",
    "strategy",
    "framework",
    "proposal",
    "guide",
    "guidelines",
    "guideline",
    "manual",
    "handbook",
    "brochure",
    "newsletter",
    "memorandum",
    "memo",
    "letter",
    "presentation",
    "ordinance",
    "resolution",
    "stratégie",
    "procès-verbal",
    "acta",
    "actas",
    "ata",
    "plano",
    "protokoll",
];

/// Words of data: what is called by them is meant to be worked with, in whatever form it is offered.
const DATA: [&str; 16] = [
    "data",
    "dataset",
    "database",
    "table",
    "tables",
    "statistics",
    "indicator",
    "indicators",
    "datos",
    "données",
    "dados",
    "daten",
    "tablas",
    "tableau",
    "tabelle",
    "tabellen",
];

fn names_data(title: &str) -> bool {
    fold::words(title).any(|word| DATA.contains(&&*word))
}

/// Whether a title calls its matter a report.
#[must_use]
pub fn names_a_report(title: &str) -> bool {
    fold::words(title).any(|word| {
        REPORTS.contains(&&*word) || word.ends_with("bericht") || word.ends_with("berichte")
    })
}

/// Whether a title calls its matter a text to read.
#[must_use]
pub fn names_a_document(title: &str) -> bool {
    let is_paper = |word: std::borrow::Cow<'_, str>| PAPERS.contains(&&*word);
    !names_data(title) && (names_a_report(title) || fold::words(title).any(is_paper))
}

#[cfg(test)]
mod tests {
    use super::{names_a_document, names_a_report};

    #[test]
    fn knows_texts_by_their_names() {
        assert!(names_a_report("Évaluation du programme"));
        assert!(names_a_report("Lärmaktionsbericht 2020"));
        assert!(names_a_document("Plan de gestion"));
        assert!(!names_a_report("Meeting agenda, 3 May 2019"));
        assert!(!names_a_document("Planting sites"));
        assert!(!names_a_document("Reported crimes"));
        assert!(!names_a_document("Data tables of the annual report"));
    }
}
