//! The course of a catalogue as a table: a row a run for the whole, and one for each department.

use crate::render::csv::Table;
use crate::report::Counts;
use crate::rule::{Area, Item};

use super::History;

impl History {
    /// The course as a table; the department is empty in the rows of the whole catalogue.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut table = Table::default();
        for name in [
            "day",
            "department",
            "datasets",
            "errors",
            "warnings",
            "notes",
            "mean",
        ] {
            table.plain(name);
        }
        for area in Area::ALL {
            table.plain(area.as_str().to_ascii_lowercase());
        }
        for item in Item::TEN {
            table.plain(format_args!("{}_in_order", item.code()));
            table.plain(format_args!("{}_to_mend", item.code()));
        }
        table.end();
        for run in &self.runs {
            table.text(&run.as_of).text("").plain(run.datasets);
            counts(&mut table, run.findings);
            table.plain("");
            for area in Area::ALL {
                table.optional(run.area(area));
            }
            for item in Item::TEN {
                let counts = run.items.get(item.code());
                table.optional(counts.map(|it| it.pass));
                table.optional(counts.map(|it| it.fail));
            }
            table.end();
            for (name, department) in &run.departments {
                table.text(&run.as_of).text(name).plain(department.datasets);
                counts(&mut table, department.findings);
                table.optional(run.department(name));
                for _ in 0..Area::ALL.len() + 2 * Item::TEN.len() {
                    table.plain("");
                }
                table.end();
            }
        }
        table.finish()
    }
}

fn counts(table: &mut Table, counts: Counts) {
    table
        .plain(counts.error)
        .plain(counts.warning)
        .plain(counts.info);
}
