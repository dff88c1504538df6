//! How long it takes to mend what was found: estimates, to order work by.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::render::is_open;
use crate::report::Finding;

/// Minutes for a rule that the table does not know.
const UNKNOWN: (usize, usize) = (10, 0);

/// Minutes once a dataset, and for each field that is wrong.
static TABLE: LazyLock<BTreeMap<&'static str, (usize, usize)>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/effort.tsv").lines();
    let lines = lines.filter(|line| !line.starts_with('#')).skip(1);
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        let rule = cells.next()?;
        let mut number = || cells.next()?.parse().ok();
        Some((rule, (number()?, number()?)))
    };
    lines.filter_map(row).collect()
});

/// Minutes for all that is to be mended; notes and what was acknowledged cost nothing.
pub(super) fn minutes(findings: &[&Finding]) -> usize {
    let open = findings.iter().filter(|finding| is_open(finding));
    open.map(|finding| {
        let (once, a_field) = *TABLE.get(&*finding.rule).unwrap_or(&UNKNOWN);
        let fields = finding.ratio.map_or(0, |ratio| ratio.bad);
        once.saturating_add(a_field.saturating_mul(fields))
    })
    .fold(0, usize::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::TABLE;
    use crate::rules;

    #[test]
    fn every_rule_has_an_estimate_and_every_estimate_a_rule() {
        for rule in rules::all() {
            assert!(TABLE.contains_key(rule.id), "{}", rule.id);
        }
        assert_eq!(TABLE.len(), rules::all().count());
    }
}
