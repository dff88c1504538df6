//! A report cut to its gravest findings, for readers that take only so many.

use crate::report::Report;

/// The report with at most `limit` findings, the gravest; their order stays, and the figures stay those of the whole.
#[must_use]
pub fn gravest(mut report: Report, limit: usize) -> Report {
    if report.findings.len() <= limit {
        return report;
    }
    let mut order: Vec<usize> = (0..report.findings.len()).collect();
    // Stable: among equals the first stay.
    order.sort_by_key(|index| {
        let finding = report.findings.get(*index);
        // What is acknowledged comes last, however grave it is.
        std::cmp::Reverse(finding.map(|it| (it.acknowledged.is_none(), it.severity)))
    });
    let mut kept = vec![false; order.len()];
    for index in order.into_iter().take(limit) {
        if let Some(mark) = kept.get_mut(index) {
            *mark = true;
        }
    }
    let mut marks = kept.into_iter();
    report.findings.retain(|_| marks.next().unwrap_or(false));
    report
}

#[cfg(test)]
mod tests {
    use super::gravest;
    use crate::report::Severity;
    use crate::{Options, Source, check};

    #[test]
    fn keeps_the_gravest_in_their_order() {
        let record = br#"{"datasteward": "1", "id": "a", "title": "Trees", "description": "null"}"#;
        let report = check(&[Source::new("a.json", record)], &Options::default());
        let errors = report.summary.findings.error;
        assert!(errors > 0 && errors < report.findings.len());
        let cut = gravest(report.clone(), errors);
        assert!(
            cut.findings
                .iter()
                .all(|finding| finding.severity == Severity::Error)
        );
        assert_eq!(cut.summary, report.summary);
        let mut whole = report.findings.iter();
        assert!(
            cut.findings
                .iter()
                .all(|finding| whole.any(|other| other == finding))
        );
        assert_eq!(gravest(report.clone(), report.findings.len()), report);
    }
}
